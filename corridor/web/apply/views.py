"""Applying to join: begin, come back by a link, fill in bit by bit, hand in, submit; then see how it stands."""

from typing import Any
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Actor
from corridor.foundations.documents.queries import bytes_of
from corridor.journeys.open_record import who_looked_at
from corridor.kernel.errors import BadInput, NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.members import actions, queries
from corridor.rooms.members.application_drafts import Contact
from corridor.rooms.members.application_refusals import Incomplete
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, posted_files, shown_on, status_in_place
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .forms import AgainForm, ContactForm, EvidenceForm, SectionForm, UploadForm, WithdrawForm
from .uploads import upload_if_any, upload_of

form_page = require_http_methods(["GET", "POST"])


@login_not_required
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    forms = queries.forms_on(day=clock.today(), by=request.actor)
    return render(request, "apply/kinds.html", {"forms": forms})


@login_not_required
@never_cache
@form_page
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    used = next((each for each in queries.forms_on(day=clock.today(), by=request.actor) if each.kind == kind), None)
    if used is None:
        raise NotFound(N_("There is no form for applicants of this kind yet."))
    form, status = ContactForm(posted(request), initial={"language": request.LANGUAGE_CODE}), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            begun = actions.start_application(
                kind=kind, contact=Contact(given["name"], given["email"], given["language"]),
                former=given["former"], address=get_client_ip_address(request) or "", at=clock.now(), on=clock.today(),
                by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = _(
                "Your application %(reference)s has begun. The link to it is on its way to %(address)s; the address of this page is that link."
            )
            messages.success(request, said % {"reference": begun.application.reference, "address": given["email"]})
            return redirect("application-own", begun.secret)
    shown = {"form": form, "used": used}
    return render(request, "apply/begin.html", shown, status=status)


@login_not_required
@form_page
def link_again(request: HttpRequest) -> HttpResponse:
    form, status = AgainForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        actions.send_link_again(**form.cleaned_data, at=clock.now(), by=request.actor)
        messages.success(
            request, _("If reference and address belong together, a new link is on its way; the old one has ended.")
        )
        return redirect("apply")
    shown = {
        "form": form, "title": _("Ask for a new link"), "button": _("Send it"), "back": (_("Apply"), reverse("apply")),
        "lead": _("We send it to the address with which the application was begun."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@login_not_required
@never_cache
@require_GET
def own(request: HttpRequest, secret: str) -> HttpResponse:
    by = _applicant(request, secret)
    record = _record(by)
    looked = list(who_looked_at(application=record.application, by=by)[:20])
    return render(request, "apply/own.html", {**_shown(record, secret), "looked": looked})


@login_not_required
@never_cache
@form_page
def section(request: HttpRequest, secret: str, code: str) -> HttpResponse:
    by = _applicant(request, secret)
    record = _record(by)
    place = next((number for number, each in enumerate(record.sections) if each.section.code == code), None)
    if place is None or record.application.status != "draft":
        raise NotFound(N_("This application has no such section to fill in."))
    here = record.sections[place]
    keeps_others = False
    form, status = SectionForm(posted(request), answers=here.answers, language=reader_language()), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.save_section(application=record.application, section=here.section, given=form.given(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
            keeps_others = isinstance(refusal, BadInput)
        else:
            messages.success(request, _("Saved."))
            following = record.sections[place + 1 :]
            if "go_on" in request.POST and following:
                return redirect("application-section", secret, following[0].section.code)
            return redirect("application-own", secret)
    shown = {
        **_shown(record, secret), "form": form, "here": here, "number": place + 1,
        "files": [each for each in here.answers if each.question.document_id], "keeps_others": keeps_others,
    }  # fmt: skip
    return render(request, "apply/section.html", shown, status=status)


@login_not_required
@never_cache
@form_page
def document(request: HttpRequest, secret: str, code: str) -> HttpResponse:
    by = _applicant(request, secret)
    record = _record(by)
    asked = next((each for each in record.documents if each.asked.code == code), None)
    if asked is None:
        raise NotFound(N_("This application asks for no such document."))
    form, status = UploadForm(posted(request), posted_files(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.hand_in_document(
                application=record.application, asked=asked.asked, at=clock.now(), on=clock.today(), by=by,
                upload=upload_of(form.cleaned_data["file"], title=asked.title, kind=code),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The document is handed in."))
            return redirect("application-own", secret)
    return render(
        request, "apply/document.html", {**_shown(record, secret), "form": form, "asked": asked}, status=status
    )


@login_not_required
@never_cache
@require_GET
def own_file(request: HttpRequest, secret: str, reference: str) -> HttpResponse:
    by = _applicant(request, secret)
    application = _record(by).application
    found = queries.get_application_document(reference=application.reference, document=reference, by=by)
    return file_answer(found, bytes_of(found))


@login_not_required
@never_cache
@form_page
def evidence(request: HttpRequest, secret: str, key: UUID) -> HttpResponse:
    by = _applicant(request, secret)
    record = _record(by)
    line = next((each for each in record.conditions if each.condition.pk == key), None)
    if line is None:
        raise NotFound(N_("There is no such condition."))
    form, status = EvidenceForm(posted(request), posted_files(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.hand_in_evidence(
                condition=line.condition, note=given["note"], at=clock.now(), on=clock.today(), by=by,
                upload=upload_if_any(given["file"], title=line.title, kind="evidence"),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("What you handed in is with the secretariat."))
            return redirect("application-own", secret)
    return render(request, "apply/evidence.html", {**_shown(record, secret), "form": form, "line": line}, status=status)


@login_not_required
@never_cache
@require_POST
def submit(request: HttpRequest, secret: str) -> HttpResponse:
    by = _applicant(request, secret)
    record = _record(by)
    try:
        actions.submit_application(application=record.application, on=clock.today(), at=clock.now(), by=by)
    except Incomplete as incomplete:
        return render(request, "apply/own.html", {**_shown(record, secret), "incomplete": incomplete}, status=422)
    except Refusal as refusal:
        status = status_in_place(refusal)
        return render(
            request, "apply/own.html", {**_shown(record, secret), "refused": sentence(refusal)}, status=status
        )
    messages.success(request, _("Your application is submitted. A receipt is on its way to you, and stands below."))
    return redirect("application-own", secret)


@login_not_required
@never_cache
@form_page
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    by = _applicant(request, secret)
    record = _record(by)
    form, status = WithdrawForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw_application(
                application=record.application, on=clock.today(), by=by, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The application is taken back."))
            return redirect("application-own", secret)
    back = (record.application.reference, reverse("application-own", args=[secret]))
    shown = {
        "form": form, "title": _("Take the application back"), "button": _("Take it back"), "back": back,
        "lead": _("It ends here. The organisation may apply again at any time."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@login_not_required
@never_cache
@require_GET
def letter(request: HttpRequest, secret: str, key: UUID) -> HttpResponse:
    by = _applicant(request, secret)
    found = queries.get_letter(reference=_record(by).application.reference, key=key, by=by)
    back = reverse("application-own", args=[secret])
    return render(request, "applications/letter.html", {"letter": found, "back": (found.application.reference, back)})


def _applicant(request: HttpRequest, secret: str) -> Actor:
    return actions.recognise_applicant(secret=secret, at=clock.now(), by=request.actor)


def _record(by: Actor) -> Any:
    return queries.own_application(by=by, on=clock.today(), language=reader_language())


def _shown(record: Any, secret: str) -> dict[str, Any]:
    application = record.application
    return {
        "record": record, "secret": secret, "is_draft": application.status == "draft",
        "may_withdraw": record.may_be_withdrawn,
        "takes_evidence": application.status in {"submitted", "in_review", "approved", "with_conditions"},
        "takes_documents": application.status in {"draft", "submitted", "in_review", "approved", "with_conditions"},
    }  # fmt: skip
