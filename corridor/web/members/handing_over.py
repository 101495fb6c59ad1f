"""Passing a seat on, and naming who stands in: for its holder, and for the secretariat."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.journeys.hand_over_seat import account_for, hand_over_seat, what_waits
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.members import actions, queries
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import HandOverForm, SubstituteForm

ONE_DAY = timedelta(days=1)
form_page = require_http_methods(["GET", "POST"])


@form_page
def hand_over(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by, today = request.actor, clock.today()
    seat = queries.get_seat(member=reference, key=key, by=by)
    form, status = HandOverForm(posted(request), initial={"on": today}), form_status(request)
    if form.is_valid():
        try:
            to = account_for(named=form.cleaned_data["account"], at=clock.real_now(), by=by)
            handed = hand_over_seat(seat=seat, to=to, on=form.cleaned_data["on"], today=today, at=clock.now(), by=by)
        except NotFound as unknown:
            form.add_error("account", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("The seat passes to %(account)s. Both of you are told.") % {"account": to.username}
            )
            is_gone = seat.user_id == by.user_id and handed.begun.held_from == today
            return redirect("desk") if is_gone else redirect("who-speaks", reference)
    shown = {
        "form": form, "seat": seat, "organisation": seat.organisation, "waiting": what_waits(seat=seat, on=today, by=by),
        "is_own": seat.user_id == by.user_id,
    }  # fmt: skip
    return render(request, "members/hand_over.html", shown, status=status)


@form_page
def substitute(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by, today = request.actor, clock.today()
    seat = queries.get_seat(member=reference, key=key, by=by)
    form, status = SubstituteForm(posted(request), initial={"first_day": today}), form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            user = account_for(named=chosen["account"], at=clock.real_now(), by=by)
            actions.name_substitute(
                seat=seat, user=user, starts_on=chosen["first_day"], ends_before=chosen["last_day"] + ONE_DAY,
                today=today, at=clock.now(), by=by,
            )  # fmt: skip
        except NotFound as unknown:
            form.add_error("account", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(account)s stands in on those days.") % {"account": user.username})
            return redirect("who-speaks", reference)
    shown = {
        "form": form, "title": _("Name a substitute"), "button": _("Name them"),
        "back": (reference, reverse("who-speaks", args=[reference])),
        "lead": _("Whoever stands in can do all that the seat allows, in their own name. %(account)s keeps the seat.")
        % {"account": seat.user.username},
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def end_substitute(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    held = queries.get_substitute(member=reference, key=key, by=by)
    actions.end_substitute(substitute=held, on=clock.today(), at=clock.now(), by=by)
    messages.success(request, _("%(account)s stands in no longer.") % {"account": held.user.username})
    return redirect("who-speaks", reference)
