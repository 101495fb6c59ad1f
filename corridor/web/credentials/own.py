"""My certificates: each with its state, all its forms to take along, what I show of it and to whom, and what I ask to be put right."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.foundations import clock
from corridor.foundations.attempts import TooManyAttempts
from corridor.foundations.documents.receiving import Upload
from corridor.foundations.vocabularies.languages import choose
from corridor.journeys.correct_certificate import ask_correction
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import ShowingDraft
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.queries import FormName
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .documents import for_the_holder
from .holding import SESSION, for_holders
from .own_forms import CorrectionForm, ShowForm

FORM_WORDS = {
    FormName.PDF: gettext_lazy("Certificate on paper (PDF)"),
    FormName.JSON: gettext_lazy("Signed file (Open Badges, JSON)"),
    FormName.JWT: gettext_lazy("Signed token (JWT)"),
    FormName.SD_JWT: gettext_lazy("Token of which parts can be shown (SD-JWT)"),
    FormName.SUPPLEMENT: gettext_lazy("Supplement on paper (PDF)"),
    FormName.CLR: gettext_lazy("Learner record (CLR)"),
    FormName.ELMO: gettext_lazy("For universities (ELMO)"),
    FormName.PROOF: gettext_lazy("Proof of its day"),
}
# How a link that is open shows the certificate in this moment, by what became of that.
SHOWN_AS = {
    "issued": ("running", pgettext_lazy("state", "Shown")),
    "expired": ("expired", pgettext_lazy("state", "Shown as expired")),
    "suspended": ("suspended", pgettext_lazy("state", "Shown as suspended")),
    "revoked": ("revoked", pgettext_lazy("state", "Shown as revoked")),
    "replaced": ("replaced", pgettext_lazy("state", "Shown as replaced")),
}


@for_holders
@require_safe
def own_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    rows = [(each, _title(each)) for each in queries.own_credentials(by=by)]
    return render(request, "credentials/own.html", {"rows": rows, "link": request.holder_link})


@for_holders
@require_safe
def own_certificate(request: HttpRequest, reference: str) -> HttpResponse:
    by, at = request.actor, clock.now()
    found = queries.get_own(reference=reference, by=by)
    showings = queries.own_showings(credential=found, by=by)
    state, word = SHOWN_AS[_became(found, on=clock.today())]
    shown = {
        "credential": found, "title": _title(found), "link": request.holder_link,
        "is_in_force": queries.is_in_force(credential=found, by=by),
        "forms": [(each, FORM_WORDS[each]) for each in queries.forms_of(credential=found, by=by) if _is_there(found, each, by)],
        "showings": [
            {
                "showing": each, "is_open": each.is_open(at=at), "address": queries.address_of_showing(showing=each, by=by),
                "state": state, "word": word,
                "parts": [part.get_part_display() for part in each.parts.all()],
            }
            for each in showings
        ],
        "corrections": queries.own_corrections(credential=found, by=by),
        "wallets": queries.taken_into_wallets(credential=found, by=by),
        "profile": _profile(found),
        "changes": [
            {"day": each.effective_on, "status": each.to_status, "reason": str(dict(Why.choices).get(each.reason, ""))}
            for each in reversed(found.changes.all())
        ],
    }  # fmt: skip
    return render(request, "credentials/own_certificate.html", shown)


@for_holders
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """A new link to what is shown."""
    found = queries.get_own(reference=reference, by=request.actor)
    form, status = ShowForm(posted(request)), form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        draft = ShowingDraft(given["purpose"], frozenset(given["parts"]), int(given["days"]), given["looking"])
        try:
            actions.show_certificate(credential=found, draft=draft, at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The link is made. Copy its address, and give it to whom it is for."))
            return redirect("my-certificate", found.reference)
    is_in_force = queries.is_in_force(credential=found, by=request.actor)
    shown = {"credential": found, "form": form, "is_in_force": is_in_force}
    return render(request, "credentials/show.html", shown, status=status)


@for_holders
@require_POST
def end_showing(request: HttpRequest, key: UUID) -> HttpResponse:
    showing = queries.get_showing(key=key, by=request.actor)
    actions.end_showing(showing=showing, at=clock.now(), by=request.actor)
    messages.success(request, _("The link shows nothing any more."))
    return redirect("my-certificate", showing.credential.reference)


@for_holders
@require_safe
def file(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    found = queries.get_own(reference=reference, by=request.actor)
    if form not in set(FormName):
        raise NotFound(N_("There is no such form of a certificate."))
    name = FormName(form)
    content = queries.form_of(credential=found, form=name, at=clock.now(), by=request.actor)
    return _saved(content, queries.FORM_TYPES[name], f"{found.reference}-{name}")


@for_holders
@require_safe
def all_files(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_own(reference=reference, by=request.actor)
    packed = queries.all_forms(credential=found, at=clock.now(), by=request.actor)
    return _saved(packed.content, "application/zip", f"{found.reference}.zip")


@for_holders
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask to put something right in it; who answers is told, and the answer may be a new certificate."""
    found = queries.get_own(reference=reference, by=request.actor)
    form, status = CorrectionForm(posted(request), posted_files(request)), form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        upload = None
        if given["file"]:
            upload = Upload(given["file"].name, given["file"].read(), title=given["file"].name, kind="evidence")
        try:
            made = ask_correction(
                credential=found, should_be=given["should_be"], words=given["words"], evidence=upload, link=request.holder_link,
                on=clock.today(), at=clock.now(), by=request.actor,
            )  # fmt: skip
        except TooManyAttempts as enough:
            form.add_error(None, sentence(enough))
            status = 429
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your request %(request)s is sent.") % {"request": made.request.reference})
            return redirect("my-certificate", found.reference)
    shown = {"credential": found, "form": form, "link": request.holder_link}
    return render(request, "credentials/correction.html", shown, status=status)


@for_holders
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This browser looks no more through the link that it used."""
    request.session.pop(SESSION, None)
    messages.success(request, _("This browser has forgotten your certificates."))
    return redirect("verify")


def _became(credential: Any, *, on: date) -> str:
    """Its status; "expired" for one that was issued and whose last day is over."""
    is_over = credential.expires_before is not None and credential.expires_before <= on
    return "expired" if is_over and credential.status == "issued" else str(credential.status)


def _is_there(credential: Any, form: FormName, by: Any) -> bool:
    return form != FormName.PROOF or queries.has_proof(credential=credential, by=by)


def _title(credential: Any) -> str:
    """In the reader's language, of the curriculum that was taught."""
    titles = {each.language: each.text for each in credential.cohort.curriculum_version.titles.all()}
    return choose(titles, reader_language())[0] if titles else credential.reference


def _profile(credential: Any) -> str:
    """The address by which a profile elsewhere takes it over: what it is, and where it is verified. Nothing is sent before it is followed."""
    if not settings.PROFILE_ADD_URL:
        return ""
    titles = {each.language: each.text for each in credential.cohort.curriculum_version.titles.all()}
    said = {
        "startTask": "CERTIFICATION_NAME", "name": choose(titles, "en")[0] if titles else credential.reference,
        "organizationName": credential.issuer.display_name("en"), "issueYear": credential.issued_on.year,
        "issueMonth": credential.issued_on.month,
    }  # fmt: skip
    if credential.expires_before is not None:
        said |= {"expirationYear": credential.expires_before.year, "expirationMonth": credential.expires_before.month}
    said |= {"certUrl": f"{settings.PUBLIC_URL}/c/{credential.token}/", "certId": credential.reference}
    return f"{settings.PROFILE_ADD_URL}?{urlencode(said)}"


def _saved(content: bytes, kind: str, name: str) -> HttpResponse:
    response = for_the_holder(content, kind, name)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
