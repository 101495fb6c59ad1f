"""Erasing a person: what would go and stay first, then once and for all; and the reasons of law that forbid it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.erase_person import erase_person, preview_erasure
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.personal_data import OnErasure
from corridor.kernel.wording import N_
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.people.actions.holds import lift_hold, place_hold
from corridor.rooms.people.queries import get_person
from corridor.rooms.people.queries import rights as queries
from corridor.web.posting import form_status, posted, shown_on

from .forms import EraseForm, HoldForm


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    person = get_person(reference=reference, by=request.actor)
    request.actor.require(Permission.PERSON_ERASE)
    form, status = EraseForm(posted(request)), form_status(request)
    preview = preview_erasure(person=person, at=clock.now(), by=request.actor)
    if form.is_valid():
        given = form.cleaned_data
        try:
            erase_person(
                person=person, confirmed=given["confirmed"], reason=given["reason"], at=clock.now(), by=request.actor,
                signed_texts=SignedTexts(given["signed_texts"]),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(person)s is erased.") % {"person": person.reference})
            return redirect("person", person.reference)
    shown = {
        "person": person, "form": form, "preview": preview, "goes": preview.becoming(OnErasure.GOES),
        "emptied": preview.becoming(OnErasure.EMPTIED), "stays": preview.becoming(OnErasure.STAYS),
    }  # fmt: skip
    return render(request, "rights/erase.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def holds(request: HttpRequest, reference: str) -> HttpResponse:
    person = get_person(reference=reference, by=request.actor)
    request.actor.require(Permission.PERSON_ERASE)
    on, by = clock.today(), request.actor
    lifted = request.POST.get("lift", "")
    form, status = HoldForm(None if lifted else posted(request)), form_status(request)
    try:
        if lifted:
            lift_hold(hold=queries.get_hold(key=_key(lifted), by=by), on=on, by=by)
        elif form.is_valid():
            place_hold(
                person=person, reason=form.cleaned_data["reason"], until=form.cleaned_data["until"], on=on, by=by
            )
        if lifted or form.is_valid():
            messages.success(request, _("It is written down."))
            return redirect("person-holds", person.reference)
    except Refusal as refusal:
        form = HoldForm(request.POST)
        form.is_valid()
        status = shown_on(form, refusal)
    rows = queries.list_holds(person=person, by=by)
    return render(request, "rights/holds.html", {"person": person, "form": form, "rows": rows, "on": on}, status=status)


def _key(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise NotFound(N_("There is no such hold.")) from None
