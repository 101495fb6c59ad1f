"""Planning sessions: a whole term by a pattern, one session anew, another time, and calling it off."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from babel.lists import format_list
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Clashing, Needs, SessionPlan
from corridor.rooms.training.patterns import instant_of, lay_out
from corridor.rooms.training.queries.choices import SessionKind
from corridor.web.assessment.capability import warn_of_lacks
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.days import day_text
from corridor.web.ui.languages import cldr
from corridor.web.ui.names import reader_language

from .planning_forms import CancelSessionForm, ChangeSessionForm, MoveSessionForm, NeedsMixin, PlanForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def plan_sessions(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.SESSION_PLAN, on=cohort)
    first = {
        "first_day": max(clock.today(), cohort.starts_on), "times": "08:30", "minutes": 180, "kind": "practice",
        "rhythm": "weekly", "on_holidays": "skip", "every_weeks": "1",
    }  # fmt: skip
    form, status = PlanForm(posted(request), initial=first), form_status(request)
    _offer_needs(form, cohort, request)
    form.offer(
        missed=queries.to_make_up(cohort=cohort, by=by), others=queries.cohorts_to_join(cohort=cohort, by=by)
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            plans, holidays = _plans(form, cohort)
            made = actions.plan_sessions(plans=plans, clashing=_clashing(form), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            _say_planned(request, made, holidays, kept=form.cleaned_data["on_holidays"] == "keep")
            if form.cleaned_data["kind"] == SessionKind.PRACTICE and made:
                warn_of_lacks(request, site=cohort.site, version=cohort.curriculum_version_id, on=made[0].held_on)
            return redirect("cohort", reference)
    planned = cohort.sessions_planned
    return render(request, "training/plan.html", {"form": form, "cohort": cohort, "planned": planned}, status=status)


def _plans(form: PlanForm, cohort: Any) -> tuple[list[SessionPlan], dict[Any, str]]:
    given, needs = form.cleaned_data, form.chosen_needs()
    laid = lay_out(form.pattern(), zone=cohort.site.zone, country=cohort.site.country, language=reader_language())
    others = [form.others[name] for name in given.get("also_for", ())]
    plans = []
    for number, begins_at in enumerate(laid.begins_at):
        shared: dict[str, Any] = {
            "begins_at": begins_at, "minutes": given["minutes"], "kind": SessionKind(given["kind"]),
            "topic": given["topic"], "joint": f"joint {number}" if others else "",
        }  # fmt: skip
        made_up = given.get("makes_up_for") if number == 0 else None
        plans.append(SessionPlan(cohort=cohort, makes_up_for=made_up, **needs, **shared))
        plans += [SessionPlan(cohort=other, **shared) for other in others]
    return plans, laid.holidays


def _say_planned(request: HttpRequest, made: list[Any], holidays: dict[Any, str], *, kept: bool) -> None:
    done = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", len(made))
    messages.success(request, done % {"count": len(made)})
    if holidays:
        said = (
            _("National holidays on which a session is held all the same: %(days)s.")
            if kept
            else _("National holidays that were left out: %(days)s.")
        )
        named = [f"{day_text(day)} ({name})" for day, name in holidays.items()]
        messages.info(request, said % {"days": format_list(named, locale=cldr(reader_language()))})


def _clashing(form: Any) -> Clashing:
    return Clashing.KEPT if form.cleaned_data["keep_clashes"] else Clashing.REFUSED


def _offer_needs(form: NeedsMixin, cohort: Any, request: HttpRequest, *, named: Iterable[Any] = ()) -> None:
    by, version = request.actor, cohort.curriculum_version
    found = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by)
    places = queries.trainers_to_name(cohort=cohort, keys=list(named), by=by)
    called = queries.names_of([each.person_id for each in places])
    form.offer_needs(
        units=found.units, rooms=queries.rooms_of(cohort=cohort, by=by), machines=queries.machines_of(cohort=cohort, by=by),
        trainers=[(each, called[each.person_id]) for each in places],
    )  # fmt: skip


@form_page
def change_session(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    session = queries.get_planned(cohort=reference, number=number, by=by)
    first = {
        "kind": session.kind, "topic": session.topic, "unit": session.unit.code if session.unit else "",
        "room": str(session.room_id or ""), "trainers": [each.person.reference for each in session.trainers.all()],
        "equipment": [str(each.equipment_id) for each in session.bookings.all()],
    }  # fmt: skip
    form, status = ChangeSessionForm(posted(request), initial=first), form_status(request)
    _offer_needs(form, session.cohort, request, named=[each.person_id for each in session.trainers.all()])
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_session(
                session=session, kind=SessionKind(given["kind"]), topic=given["topic"], needs=Needs(**form.chosen_needs()),
                clashing=_clashing(form), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("What the session needs is written down."))
            return redirect("session-plan", reference, number)
    shown = {"form": form, "session": session, "cohort": session.cohort, "joint": _joint(session)}
    return render(request, "training/session_plan.html", shown, status=status)


def _joint(session: Any) -> list[Any]:
    head = session.joint_with
    return [*([head] if head else []), *session.joined_by.all()]


@form_page
def move_session(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    session = queries.get_planned(cohort=reference, number=number, by=by)
    local = session.begins_at.astimezone(ZoneInfo(session.cohort.site.zone))
    first = {"day": local.date(), "at": local.time(), "minutes": session.minutes}
    form, status = MoveSessionForm(posted(request), initial=first), form_status(request)
    form.offer(has_marks=session.status == "held")
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            begins_at = instant_of(given["day"], given["at"], session.cohort.site.zone).astimezone(UTC)
            moved = actions.move_session(
                session=session, begins_at=begins_at, minutes=given["minutes"], reason=given["reason"], at=clock.real_now(),
                keeps_marks=given.get("keep_marks", False), clashing=_clashing(form), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = _("The session is moved to %(day)s. Those concerned are told.")
            messages.success(request, said % {"day": day_text(moved.held_on)})
            return redirect("session-plan", reference, number)
    return _form_of(request, session, form, status, title=_("Move session %(session)s"), button=_("Move it"))


@form_page
def cancel_session(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    session = queries.get_planned(cohort=reference, number=number, by=by)
    form, status = CancelSessionForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.cancel_session(
                session=session, on=clock.today(), reason=form.cleaned_data["reason"], at=clock.real_now(), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("The session is called off. Those concerned are told. Plan another to make up for it.")
            )
            return redirect("cohort", reference)
    return _form_of(request, session, form, status, title=_("Call off session %(session)s"), button=_("Call it off"))


def _form_of(request: HttpRequest, session: Any, form: Any, status: int, *, title: str, button: str) -> HttpResponse:
    local = session.begins_at.astimezone(ZoneInfo(session.cohort.site.zone))
    lead = _("It is planned for %(day)s at %(time)s, for %(minutes)s minutes, in the time of the site.") % {
        "day": day_text(session.held_on), "time": f"{local:%H:%M}", "minutes": session.minutes,
    }  # fmt: skip
    back = (str(session), reverse("session-plan", args=[session.cohort.reference, session.number]))
    shown = {"form": form, "title": title % {"session": str(session)}, "lead": lead, "button": button, "back": back}
    return render(request, "partials/form_page.html", shown, status=status)
