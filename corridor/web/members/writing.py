"""Register an organisation, move its membership on, correct where it sits, and write down one more of its names."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import NameDraft, OrganisationDraft
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.web.posting import form_status, posted, shown_on

from .forms import MoveForm, NameForm, PlaceForm, RegisterForm


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.MEMBER_REGISTER)
    form = RegisterForm(posted(request))
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        draft = OrganisationDraft(
            reference=chosen["reference"], kind=chosen["kind"], country=chosen["country"], city=chosen["city"],
            source_mark=chosen["source_mark"], source=chosen["source"], names=form.names(),
        )  # fmt: skip
        try:
            made = actions.register_organisation(draft=draft, by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("%(member)s is written down. It is no member before it is active.") % {"member": made.reference},
            )
            return redirect("member", made.reference)
    return render(request, "members/register.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.MEMBER_CHANGE_STATE)
    record = queries.get_member(reference=reference, by=request.actor, on=clock.today())
    # What stands last, also if it takes effect later than today: the next step follows from it.
    last = record.timeline[-1].status if record.timeline else None
    form = MoveForm(posted(request), initial={"on": clock.today()}, status=last.value if last else "")
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.move_membership(
                organisation=record.organisation, to=MembershipStatus(chosen["to"]), on=chosen["on"],
                reason=chosen["reason"], by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The state of %(member)s is written down.") % {"member": reference})
            return redirect("member", reference)
    shown = {"form": form, "organisation": record.organisation, "last": last}
    return render(request, "members/move.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def edit_place(request: HttpRequest, reference: str) -> HttpResponse:
    organisation = queries.get_organisation(reference=reference, by=request.actor)
    request.actor.require(Permission.MEMBER_EDIT, on=organisation)
    first = {name: getattr(organisation, name) for name in ("city", "region", "latitude", "longitude", "version")}
    form = PlaceForm(posted(request), initial=first)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.edit_organisation(
                organisation=organisation, version=chosen["version"], city=chosen["city"], region=chosen["region"],
                latitude=chosen["latitude"], longitude=chosen["longitude"], by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Where %(member)s sits is corrected.") % {"member": reference})
            return redirect("member", reference)
    shown = {"form": form, "organisation": organisation, "heading": _("Correct where it sits")}
    return render(request, "members/edit.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def add_name(request: HttpRequest, reference: str) -> HttpResponse:
    organisation = queries.get_organisation(reference=reference, by=request.actor)
    request.actor.require(Permission.MEMBER_EDIT, on=organisation)
    form = NameForm(posted(request))
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        name = NameDraft(
            organisation,
            chosen["language"],
            chosen["name"],
            chosen["kind"],
            chosen["valid_from"],
            chosen["valid_before"],
        )
        try:
            actions.add_names(names=[name], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The name of %(member)s is written down.") % {"member": reference})
            return redirect("member", reference)
    shown = {"form": form, "organisation": organisation, "heading": _("Add a name")}
    return render(request, "members/edit.html", shown, status=status)
