"""Sessions planned by a pattern, changed, moved and called off by machine."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Clashing, Needs, SessionPlan
from corridor.rooms.training.patterns import Pattern, lay_out
from corridor.rooms.training.queries.choices import SessionKind

from .asking import Day, Number, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .timetable import HolidayOut, PlannedOut, facts_of

TAG = "training"
router = Router()

Kind = Literal["theory", "practice", "language", "company", "online"]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class BookedPart(Schema):
    """A line of the inventory of the site, and how many of it."""

    equipment: UUID
    count: int = Field(1, ge=1, le=999)


class SessionPlanOut(PlannedOut):
    """``trainers`` (persons, by reference) where it is not those who lead the cohort; ``joined_by`` are the cohorts of a joint session."""

    trainers: list[str]
    equipment: list[BookedPart]
    joined_by: list[str]


class NeedsIn(Schema):
    kind: Kind = "practice"
    topic: str = Field("", max_length=200)
    unit: Words = ""
    room: Words = ""
    trainers: list[Words] = Field([], max_length=20, description="Persons who teach the cohort, by reference")
    equipment: list[BookedPart] = Field([], max_length=50)
    keep_clashes: bool = Field(False, description="Write it all the same where somebody would be in two places at once")


class PatternIn(NeedsIn):
    """On these weekdays (Monday is 0) at these times of the site, so many sessions or until the last day; holidays are left out."""

    first_day: Day
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(min_length=1, max_length=7)
    times: list[Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]] = Field(min_length=1, max_length=4)
    minutes: Minutes
    sessions: int | None = Field(None, ge=1, le=400)
    last_day: Day | None = None
    every_weeks: int = Field(1, ge=1, le=8)
    on_holidays: bool = False
    makes_up_for: int | None = Field(None, ge=1, le=9999, description="The number of a session that was called off")
    also_for: list[Words] = Field(
        [], max_length=20, description="Further cohorts that sit in: a joint session, a row for each cohort"
    )


class PlanOut(Schema):
    planned: list[SessionPlanOut]
    holidays: list[HolidayOut]


class SessionMoveIn(Schema):
    begins_at: datetime = Field(description="With its offset from universal time")
    minutes: Minutes
    reason: str = Field(min_length=1, max_length=300)
    keep_marks: bool = False
    keep_clashes: bool = False


class CancelIn(Schema):
    reason: str = Field(min_length=1, max_length=300)


@router.post("/cohorts/{reference}/session-plans", response={201: PlanOut}, openapi_extra=MAKES)
def plan_sessions(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: PatternIn
) -> Status[PlanOut]:
    """
    Plan sessions by a pattern. Clashes are refused with both sides named, unless they are to be kept. What is needed is booked for the cohort
    itself; the first session makes up for one that was called off.
    """
    by = request.auth

    def make() -> PlanOut:
        cohort = queries.get_cohort(reference=reference, by=by)
        laid = lay_out(_pattern(sent), zone=cohort.site.zone, country=cohort.site.country)
        made = actions.plan_sessions(
            plans=_plans(sent, cohort, laid.begins_at, by), clashing=_clashing(sent.keep_clashes), by=by
        )
        country = cohort.site.country
        holidays = [HolidayOut(day=day, country=country, name=name) for day, name in laid.holidays.items()]
        rows = [queries.get_planned(cohort=each.cohort.reference, number=each.number, by=by) for each in made]
        return PlanOut(planned=[_planned(each) for each in rows], holidays=holidays)

    return Status(201, made_once(request, response, PlanOut, make))


@router.get("/cohorts/{reference}/sessions/{number}/plan", response=SessionPlanOut)
def get_planned(request: HttpRequest, response: HttpResponse, reference: Reference, number: Number) -> SessionPlanOut:
    return tagged(_planned(queries.get_planned(cohort=reference, number=number, by=request.auth)), response)


@router.put("/cohorts/{reference}/sessions/{number}/plan", response=SessionPlanOut)
def change_session(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: NeedsIn
) -> SessionPlanOut:
    """Say anew, whole, what a session is of and what it needs: unit, room, trainers, machines."""
    by = request.auth
    session = queries.get_planned(cohort=reference, number=number, by=by)
    require_version(request, _planned(session))
    actions.change_session(
        session=session, kind=SessionKind(sent.kind), topic=sent.topic, needs=_needs(sent, session.cohort, by),
        clashing=_clashing(sent.keep_clashes), by=by,
    )  # fmt: skip
    return tagged(_planned(queries.get_planned(cohort=reference, number=number, by=by)), response)


@router.put("/cohorts/{reference}/sessions/{number}/time", response=SessionPlanOut)
def move_session(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: SessionMoveIn
) -> SessionPlanOut:
    """Give a session another time, and tell those concerned; both days stay to be read."""
    session = queries.get_planned(cohort=reference, number=number, by=request.auth)
    require_version(request, _planned(session))
    if sent.begins_at.tzinfo is None:
        raise BadInput([Problem(N_("An instant must say its offset from universal time."), column="begins_at")])
    actions.move_session(
        session=session, begins_at=sent.begins_at, minutes=sent.minutes, reason=sent.reason, at=clock.real_now(),
        keeps_marks=sent.keep_marks, clashing=_clashing(sent.keep_clashes), by=request.auth,
    )  # fmt: skip
    return tagged(_planned(queries.get_planned(cohort=reference, number=number, by=request.auth)), response)


@router.put("/cohorts/{reference}/sessions/{number}/cancelled", response=SessionPlanOut)
def cancel_session(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: CancelIn
) -> SessionPlanOut:
    """Call a planned session off, and tell those concerned."""
    session = queries.get_planned(cohort=reference, number=number, by=request.auth)
    require_version(request, _planned(session))
    actions.cancel_session(session=session, on=clock.today(), reason=sent.reason, at=clock.real_now(), by=request.auth)
    return tagged(_planned(queries.get_planned(cohort=reference, number=number, by=request.auth)), response)


def _pattern(sent: PatternIn) -> Pattern:
    times = [datetime.strptime(each, "%H:%M").time() for each in sent.times]  # noqa: DTZ007 (a time of the day, no instant)
    return Pattern(
        first_day=sent.first_day, weekdays=set(sent.weekdays), times=times, count=sent.sessions, last_day=sent.last_day,
        every_weeks=sent.every_weeks, on_holidays=sent.on_holidays,
    )  # fmt: skip


def _clashing(keep: bool) -> Clashing:
    return Clashing.KEPT if keep else Clashing.REFUSED


def _unit(cohort: Any, code: str, by: Any) -> Any:
    if not code:
        return None
    version = cohort.curriculum_version
    units = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by).units
    found = next((unit for unit in units if unit.code == code), None)
    if found is None:
        raise NotFound(N_("There is no unit %(unit)s in what %(cohort)s learns."), unit=code, cohort=cohort.reference)
    return found


def _room(cohort: Any, name: str, by: Any) -> Any:
    if not name:
        return None
    found = next((room for room in queries.rooms_of(cohort=cohort, by=by) if room.name == name), None)
    if found is None:
        raise NotFound(N_("There is no room %(room)s at the site of %(cohort)s."), room=name, cohort=cohort.reference)
    return found


def _plans(sent: PatternIn, cohort: Any, instants: list[datetime], by: Any) -> list[SessionPlan]:
    """Each session of the pattern, and of a joint one a row for each cohort."""
    needs, others = _needs(sent, cohort, by), _others(cohort, sent.also_for, by)
    missed = _missed(cohort, sent.makes_up_for, by)
    plans = []
    for place, at in enumerate(instants):
        shared: dict[str, Any] = {
            "begins_at": at, "minutes": sent.minutes, "kind": SessionKind(sent.kind), "topic": sent.topic,
            "joint": f"joint {place}" if others else "",
        }  # fmt: skip
        plans.append(
            SessionPlan(
                cohort=cohort, makes_up_for=missed if place == 0 else None, unit=needs.unit, room=needs.room,
                trainers=needs.trainers, equipment=needs.equipment, **shared,
            )
        )  # fmt: skip
        plans += [SessionPlan(cohort=other, **shared) for other in others]
    return plans


def _needs(sent: NeedsIn, cohort: Any, by: Any) -> Needs:
    """:raises BadInput: at the field, for somebody who does not teach the cohort, or a machine that does not stand there."""
    teaching = {each.person.reference: each.person for each in queries.trainers_to_name(cohort=cohort, by=by)}
    standing = {each.pk: each for each in queries.machines_of(cohort=cohort, by=by)} if sent.equipment else {}
    if stranger := next((each for each in sent.trainers if each not in teaching), None):
        text = N_("%(person)s does not teach %(cohort)s. Appoint the trainer first.")
        raise BadInput([Problem(text, {"person": stranger, "cohort": cohort.reference}, column="trainers")])
    if unknown := next((each.equipment for each in sent.equipment if each.equipment not in standing), None):
        raise BadInput([Problem(N_("There is no equipment %(which)s here."), {"which": unknown}, column="equipment")])
    return Needs(
        unit=_unit(cohort, sent.unit, by), room=_room(cohort, sent.room, by),
        trainers=[teaching[each] for each in dict.fromkeys(sent.trainers)],
        equipment=[(standing[each.equipment], each.count) for each in sent.equipment],
    )  # fmt: skip


def _others(cohort: Any, named: list[str], by: Any) -> list[Any]:
    found = {each.reference: each for each in queries.cohorts_to_join(cohort=cohort, by=by)} if named else {}
    if unknown := next((each for each in named if each not in found), None):
        text = N_("%(other)s is no cohort for which you plan sessions.")
        raise BadInput([Problem(text, {"other": unknown}, column="also_for")])
    return [found[each] for each in dict.fromkeys(named)]


def _missed(cohort: Any, number: int | None, by: Any) -> Any:
    if number is None:
        return None
    found = next((each for each in queries.to_make_up(cohort=cohort, by=by) if each.number == number), None)
    if found is None:
        text = N_("Session %(number)s of %(cohort)s was not called off, or another makes up for it.")
        raise BadInput([Problem(text, {"number": number, "cohort": cohort.reference}, column="makes_up_for")])
    return found


def _planned(session: Any) -> SessionPlanOut:
    return SessionPlanOut(
        **facts_of(session), trainers=[each.person.reference for each in session.trainers.all()],
        equipment=[BookedPart(equipment=each.equipment_id, count=each.count) for each in session.bookings.all()],
        joined_by=[each.cohort.reference for each in session.joined_by.all()],
    )  # fmt: skip
