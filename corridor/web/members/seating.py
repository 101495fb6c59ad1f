"""Who speaks for a member, now and before; seats are given and ended by the secretariat."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.accounts import queries as accounts
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import SeatDraft
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import EndSeatForm, SeatForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def give_seat(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SEAT_GIVE)
    member = queries.get_organisation(reference=reference, by=by)
    form, status = SeatForm(posted(request), initial={"held_from": clock.today()}), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            user = accounts.get_account(username=given["username"], by=by)
            actions.give_seat(seat=SeatDraft(user, Role(given["role"]), given["held_from"], member), by=by)
        except NotFound as unknown:
            form.add_error("username", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(account)s speaks for the member from that day.") % {"account": user.username}
            )
            return redirect("who-speaks", reference)
    shown = {
        "form": form, "title": _("Give a seat"), "button": _("Give it"), "back": (reference, reverse("who-speaks", args=[reference])),
        "lead": _("Whoever holds a seat acts for the member, from a day until it is ended."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def end_seat(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by, today = request.actor, clock.today()
    by.require(Permission.SEAT_GIVE)
    seat = queries.get_seat(member=reference, key=key, by=by)
    form, status = EndSeatForm(posted(request), initial={"when": "day", "on": today}), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            if form.cleaned_data["when"] == "now":
                actions.end_seat_now(seat=seat, on=today, at=clock.now(), by=by)
            else:
                actions.end_seat(seat=seat, on=form.cleaned_data["on"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The seat ends."))
            return redirect("who-speaks", reference)
    shown = {
        "form": form, "title": _("End a seat"), "button": _("End it"), "back": (reference, reverse("who-speaks", args=[reference])),
        "lead": _("%(account)s no longer speaks for the member from that day.") % {"account": seat.user.username},
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_GET
def who_speaks(request: HttpRequest, reference: str) -> HttpResponse:
    by, today = request.actor, clock.today()
    member = queries.get_organisation(reference=reference, by=by)
    seats = list(queries.seats_of(organisation=member, by=by))
    rows = [_row(seat, by, today) for seat in seats]
    shown = {
        "organisation": member, "today": today, "may_seat": by.may(Permission.SEAT_GIVE),
        "now": [row for row in rows if not row["is_over"]], "before": [row for row in rows if row["is_over"]],
    }  # fmt: skip
    return render(request, "members/who_speaks.html", shown)


def _row(seat: Any, by: Actor, today: date) -> dict[str, Any]:
    is_over = seat.is_over_on(today)
    is_theirs = by.may(Permission.SEAT_GIVE) or (
        seat.user_id == by.user_id and by.may(Permission.SEAT_HAND_OVER, on=seat)
    )
    substitutes = list(seat.substitutes.all())
    return {
        "seat": seat, "is_over": is_over, "begins": seat.held_from > today, "is_own": seat.user_id == by.user_id,
        "may_pass_on": is_theirs and not is_over,
        "standing_in": [] if is_over else [each for each in substitutes if not each.is_over_on(today)],
        "stood_in": [each for each in substitutes if is_over or each.is_over_on(today)],
    }  # fmt: skip
