"""Teachers away from home: postings and trips, and their person-days."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import names_to_show
from corridor.kernel.errors import AccessDenied
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_
from corridor.rooms.members import queries as members
from corridor.rooms.sites import queries as sites
from corridor.rooms.training.actions import staying
from corridor.rooms.training.queries import knowing, stays
from corridor.rooms.training.queries.trainer_choices import StayKind
from corridor.rooms.training.trainer_drafts import StayDraft
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.names import reader_language

from .forms import ONE_DAY, NewStayForm, StayFilter, StayForm, day_after

form_page = require_http_methods(["GET", "POST"])


@require_GET
def stay_list(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    knowing.require_stays(by=by)
    asked = StayFilter(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    last = given.get("until") or on
    period = Period.through(min(given.get("since") or Period.months_to(last).first_day, last), last)
    narrowed = {name: given.get(name, "") for name in ("kind", "member", "site")}
    away = stays.days_in(period=period, by=by, **narrowed)
    counted = {each.stay.pk: each for each in away.rows}
    rows = [(each, counted.get(each.pk), each.is_on(day=on)) for each in stays.stays_of(by=by, **narrowed)]
    shown = {
        "persons": names_to_show(persons=[each.person_id for each, *_rest in rows], language=reader_language(), by=by),
        "form": asked, "rows": rows, "away": away, "period": period, "is_narrowed": any(narrowed.values()),
        "now": sum(is_on for _stay, _counted, is_on in rows), "may_keep": by.holds_somewhere(Permission.TRAINER_KEEP),
        "keeps": {each.pk for each, _counted, _is_on in rows if by.may(Permission.TRAINER_KEEP, on=each)},
    }  # fmt: skip
    return render(request, "trainers/stays.html", shown, status=200 if asked.is_valid() else 422)


@form_page
def new_stay(request: HttpRequest) -> HttpResponse:
    by = request.actor
    if not by.holds_somewhere(Permission.TRAINER_KEEP):
        raise AccessDenied(N_("Postings and trips are written down by the members that send, and by the secretariat."))
    form = NewStayForm(posted(request), initial={"kind": StayKind.TRIP, "starts_on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        person = knowing.person_to_register(reference=given["person"], by=by)
        staying.write_stays(stays=[_draft(given, person, request)], by=by)

    words = {
        "title": _("Write down a posting or a trip"), "button": _("Write it down"), "done": _("It is written down."),
        "lead": _("Days that two of them share are counted once."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Postings and trips"), reverse("stays")))


@form_page
def correct_stay(request: HttpRequest, key: UUID) -> HttpResponse:
    stay = _kept(request, key)
    first = {
        "kind": stay.kind, "sent_by": stay.sent_by.reference, "site": stay.site.reference if stay.site else "",
        "country": stay.country, "city": stay.city, "starts_on": stay.starts_on,
        "ends_on": stay.ends_before - ONE_DAY if stay.ends_before else None, "purpose": stay.purpose,
        "paid_by": stay.paid_by.reference if stay.paid_by else "", "cost": stay.cost.amount if stay.cost else None,
        "currency": stay.currency,
    }  # fmt: skip
    form = StayForm(posted(request), initial=first)

    def act(given: dict[str, Any]) -> None:
        staying.correct_stays(changes=[(stay, _draft(given, stay.person, request))], by=request.actor)

    words = {
        "title": _("Correct a posting or a trip"),
        "button": _("Write it down"),
        "done": _("It is corrected."),
        "lead": stay.person.reference,
    }
    return form_answer(request, form, act, words=words, back=(_("Postings and trips"), reverse("stays")))


@form_page
def remove_stay(request: HttpRequest, key: UUID) -> HttpResponse:
    stay = _kept(request, key)
    if request.method == "POST":
        staying.remove_stays(keys=[stay.pk], by=request.actor)
        messages.success(request, _("It is taken away."))
        return redirect("stays")
    return render(request, "trainers/remove_stay.html", {"stay": stay})


def _kept(request: HttpRequest, key: UUID) -> Any:
    stay = stays.get_stay(key=key, by=request.actor)
    request.actor.require(Permission.TRAINER_KEEP, on=stay)
    return stay


def _draft(given: dict[str, Any], person: Any, request: HttpRequest) -> StayDraft:
    by = request.actor
    return StayDraft(
        person=person, kind=StayKind(given["kind"]), sent_by=members.get_organisation(reference=given["sent_by"], by=by),
        starts_on=given["starts_on"], ends_before=day_after(given["ends_on"]), purpose=given["purpose"],
        site=sites.get_site(reference=given["site"], by=by) if given["site"] else None, country=given["country"], city=given["city"],
        paid_by=members.get_organisation(reference=given["paid_by"], by=by) if given["paid_by"] else None,
        cost=given["cost"], currency=given["currency"],
    )  # fmt: skip
