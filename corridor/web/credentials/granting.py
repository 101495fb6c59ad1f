"""Who may issue what is granted and ended, and what certificates count as is stated: by the secretariat."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents import queries as documents
from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import EntitlementDraft, RecognitionDraft
from corridor.rooms.credentials.queries.choices import CredentialKind, RecognitionKind
from corridor.rooms.members import queries as members
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .grant_forms import EndForm, EntitlementForm, RecognitionForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def grant_entitlement(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    by.require(Permission.ENTITLEMENT_GRANT)
    form, status = EntitlementForm(posted(request), initial={"starts_on": on}), form_status(request)
    form.offer(
        issuers=members.spoken_for(permission=Permission.ENTITLEMENT_GRANT, on=on, by=by),
        programmes=programmes.list_programmes(by=by, on=on),
        sites=sites.list_sites(by=by, on=on),
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        draft = EntitlementDraft(
            issuer=given["issuer"], site=given["site"], programme=given["programme"], starts_on=given["starts_on"],
            ends_before=form.ends_before(),
        )  # fmt: skip
        try:
            actions.grant_entitlements(entitlements=[draft], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The member may issue there from that day."))
            return redirect("entitlements")
    shown = {
        "form": form, "title": _("Let a member issue"), "button": _("Grant it"),
        "lead": _("A member issues for a programme at a site where the programme is held, from a day until a day."),
        "back": (_("Who may issue what"), reverse("entitlements")),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def end_entitlement(request: HttpRequest, key: UUID) -> HttpResponse:
    request.actor.require(Permission.ENTITLEMENT_GRANT)
    entitlement = queries.get_entitlement(key=key, by=request.actor)
    form, status = EndForm(posted(request), initial={"last_day": clock.today()}), form_status(request)
    if form.is_bound and form.is_valid():
        before = form.cleaned_data["last_day"] + timedelta(days=1)
        try:
            actions.end_entitlement(entitlement=entitlement, before=before, by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The entitlement ends on that day."))
            return redirect("entitlements")
    named = {
        "member": entitlement.issuer.reference,
        "programme": entitlement.programme.reference,
        "site": entitlement.site.reference,
    }
    shown = {
        "form": form, "title": _("End an entitlement"), "button": _("End it"),
        "lead": _("%(member)s issues for %(programme)s at %(site)s.") % named,
        "back": (_("Who may issue what"), reverse("entitlements")),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def state_recognition(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    by.require(Permission.RECOGNITION_STATE)
    form, status = RecognitionForm(posted(request), initial={"starts_on": on}), form_status(request)
    form.offer(programmes=programmes.list_programmes(by=by, on=on), countries=KNOWN_COUNTRIES)
    if form.is_bound and form.is_valid():
        try:
            actions.state_recognitions(statements=[_statement(form, request)], by=by)
        except NotFound as unknown:
            form.add_error("document", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("It stands on every certificate issued in these days."))
            return redirect("recognition")
    shown = {
        "form": form, "title": _("State what certificates count as"), "button": _("State it"),
        "lead": _("Country by country, as it is printed. Beyond the word of the institution it needs an authority and its document."),
        "back": (_("What certificates count as"), reverse("recognition")),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _statement(form: RecognitionForm, request: HttpRequest) -> RecognitionDraft:
    given = form.cleaned_data
    kept = given["document"]
    return RecognitionDraft(
        programme=given["programme"], credential_kind=CredentialKind(given["credential_kind"]),
        country=given["country"], recognition=RecognitionKind(given["recognition"]), level=given["level"],
        authority=given["authority"], authority_names=form.authority_names(),
        decided_on=given["decided_on"], starts_on=given["starts_on"], ends_before=form.ends_before(),
        document=documents.get_document(reference=kept, by=request.actor) if kept else None,
    )  # fmt: skip
