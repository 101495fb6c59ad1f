"""A member's own profile: its names with their days, numbers in public registers, what it does, to whom it belongs, its places."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import CampusDraft, IdentifierDraft, ParentDraft, SectorDraft
from corridor.web.posting import form_status, posted, shown_on

from . import profile_forms as forms

form_page = require_http_methods(["GET", "POST"])


def _found(request: HttpRequest, reference: str, permission: Permission = Permission.MEMBER_EDIT) -> Any:
    organisation = queries.get_organisation(reference=reference, by=request.actor)
    request.actor.require(permission, on=organisation)
    return organisation


def _page(
    request: HttpRequest,
    organisation: Any,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
    **texts: Any,
) -> HttpResponse:
    """A form of its own about the organisation: act when it was sent well, else show it."""
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, done)
            return redirect("member", organisation.reference)
    back = (organisation.reference, reverse("member", args=[organisation.reference]))
    return render(request, "partials/form_page.html", {"form": form, "back": back, **texts}, status=status)


@form_page
def end_name(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    organisation = _found(request, reference)
    name = queries.get_name(organisation=organisation, key=key, by=request.actor)
    return _page(
        request, organisation, forms.EndNameForm(posted(request), initial={"valid_before": clock.today()}),
        lambda given: actions.end_name(name=name, valid_before=given["valid_before"], by=request.actor),
        _("The name is among the former ones from that day."), title=_("End a name"), button=_("End it"),
        lead=_("“%(name)s” is out of use from that day; it is still found under it.") % {"name": name.name},
    )  # fmt: skip


@form_page
def correct_name(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    organisation = _found(request, reference)
    name = queries.get_name(organisation=organisation, key=key, by=request.actor)
    first = {"name": name.name, "valid_from": name.valid_from, "valid_before": name.valid_before}
    return _page(
        request, organisation, forms.CorrectNameForm(posted(request), initial=first),
        lambda given: actions.correct_name(
            name=name, text=given["name"], valid_from=given["valid_from"], valid_before=given["valid_before"],
            reason=given["reason"], at=clock.now(), by=request.actor,
        ),
        _("The name is corrected; what stood there is kept."), title=_("Correct a name"), button=_("Correct it"),
        lead=_("For a mistake in what was written down. If the organisation took a new name, end this one and add that."),
    )  # fmt: skip


@form_page
def add_identifier(request: HttpRequest, reference: str) -> HttpResponse:
    organisation = _found(request, reference)
    return _page(
        request, organisation, forms.IdentifierForm(posted(request)),
        lambda given: actions.add_identifiers(
            identifiers=[IdentifierDraft(organisation, given["scheme"], given["value"], given["register"])],
            by=request.actor,
        ),
        _("The number is written down."), title=_("Add a number of a public register"), button=_("Write it down"),
        lead=_("Check digits are looked at, and a register gives a number to one organisation alone."),
    )  # fmt: skip


@require_POST
def drop_identifier(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    organisation = _found(request, reference)
    identifier = queries.get_identifier(organisation=organisation, key=key, by=request.actor)
    actions.drop_identifier(identifier=identifier, by=request.actor)
    messages.success(request, _("The number is taken away."))
    return redirect("member", reference)


@form_page
def look_up_ror(request: HttpRequest, reference: str) -> HttpResponse:
    organisation = _found(request, reference)
    if request.method == "POST":
        actions.attach_ror(organisation=organisation, ror=request.POST.get("ror", ""), by=request.actor)
        messages.success(request, _("The record of ROR is attached."))
        return redirect("member", reference)
    words = request.GET.get("q", "")[:200]
    shown = {
        "organisation": organisation, "words": words, "is_read": queries.is_ror_read(by=request.actor),
        "matches": queries.ror_matches(organisation=organisation, words=words, by=request.actor),
    }  # fmt: skip
    return render(request, "members/ror.html", shown)


@form_page
def set_sectors(request: HttpRequest, reference: str) -> HttpResponse:
    organisation = _found(request, reference)
    profile = queries.get_profile(organisation=organisation, on=clock.today(), by=request.actor)
    first = {"codes": " ".join(each.sector.code for each in profile.sectors)}

    def act(given: dict[str, Any]) -> None:
        drafts = [
            SectorDraft(organisation, given["scheme"], code, is_main=place == 0)
            for place, code in enumerate(given["codes"])
        ]
        if drafts:
            actions.set_sectors(sectors=drafts, by=request.actor)
        else:
            actions.clear_sectors(organisation=organisation, by=request.actor)

    return _page(
        request, organisation, forms.SectorForm(posted(request), initial=first), act, _("What it does is written down."),
        title=pgettext("an organisation", "What it does"), button=_("Write it down"),
        lead=_("By the codes of a classification that the secretariat has read in, for example ISIC."),
    )  # fmt: skip


@form_page
def add_campus(request: HttpRequest, reference: str) -> HttpResponse:
    organisation = _found(request, reference)
    return _page(
        request, organisation, forms.CampusForm(posted(request), initial={"country": organisation.country}),
        lambda given: actions.add_campuses(
            campuses=[
                CampusDraft(
                    organisation, given["country"], given["city"], {given["language"]: given["name"]}, given["latitude"],
                    given["longitude"], given["starts_on"],
                )
            ],
            by=request.actor,
        ),
        _("The campus is written down."), title=_("Add a campus"), button=_("Write it down"),
        lead=_("A place of the organisation with a name of its own. A campus is no member."),
    )  # fmt: skip


@form_page
def close_campus(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    organisation = _found(request, reference)
    campus = queries.get_campus(organisation=organisation, key=key, by=request.actor)
    return _page(
        request, organisation, forms.CloseCampusForm(posted(request), initial={"ends_before": clock.today()}),
        lambda given: actions.close_campus(campus=campus, ends_before=given["ends_before"], by=request.actor),
        _("The campus is closed from that day."), title=_("Close a campus"), button=_("Close it"),
    )  # fmt: skip


@form_page
def set_parent(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.MEMBER_REGISTER)
    organisation = _found(request, reference, Permission.MEMBER_REGISTER)
    return _page(
        request, organisation, forms.ParentForm(posted(request)),
        lambda given: actions.set_parents(
            parents=[
                ParentDraft(
                    organisation, queries.get_organisation(reference=given["parent"], by=request.actor), given["starts_on"]
                )
            ],
            by=request.actor,
        ),
        _("To whom it belongs is written down."), title=_("To whom it belongs"), button=_("Write it down"),
        lead=_("Where it belonged before ends on that day."),
    )  # fmt: skip
