"""Sessions planned, moved and called off by machine, the week with its holidays and clashes, and the hours of a cohort."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Clashing, SessionPlan
from corridor.rooms.training.patterns import Pattern, lay_out
from corridor.rooms.training.queries.choices import SessionKind

from .asking import Code, Day, Number, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once

TAG = "training"
router = Router()

Kind = Literal["theory", "practice", "language", "company", "online"]
Minutes = Annotated[int, Field(ge=1, le=1440)]
First = Annotated[Day | None, Query(alias="from", description="The first day; without it, Monday of this week")]
Span = Annotated[int, Query(ge=1, le=42, description="So many days")]


class MoveOut(Schema):
    from_at: datetime
    to_at: datetime
    reason: str


class PlannedOut(Schema):
    """A session on the day of its site; ``together_with`` is the cohort at which a joint session was planned."""

    cohort: str
    number: int
    begins_at: datetime
    held_on: date
    minutes: int
    zone: str
    kind: str
    topic: str
    unit: str | None
    room: str | None
    status: str
    makes_up_for: int | None
    together_with: str | None
    moves: list[MoveOut]


class HolidayOut(Schema):
    day: date
    country: str
    name: str


class TimetableOut(Schema):
    sessions: list[PlannedOut]
    holidays: list[HolidayOut]
    clashes: list[str]


class PatternIn(Schema):
    """On these weekdays (Monday is 0) at these times of the site, so many sessions or until the last day; holidays are left out."""

    first_day: Day
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(min_length=1, max_length=7)
    times: list[Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]] = Field(min_length=1, max_length=4)
    minutes: Minutes
    sessions: int | None = Field(None, ge=1, le=400)
    last_day: Day | None = None
    every_weeks: int = Field(1, ge=1, le=8)
    on_holidays: bool = False
    kind: Kind = "practice"
    topic: str = Field("", max_length=200)
    unit: Words = ""
    room: Words = ""
    keep_clashes: bool = Field(False, description="Write it all the same where somebody would be in two places at once")


class PlanOut(Schema):
    planned: list[PlannedOut]
    holidays: list[HolidayOut]


class SessionMoveIn(Schema):
    begins_at: datetime = Field(description="With its offset from universal time")
    minutes: Minutes
    reason: str = Field(min_length=1, max_length=300)
    keep_marks: bool = False
    keep_clashes: bool = False


class CancelIn(Schema):
    reason: str = Field(min_length=1, max_length=300)


class KindHoursOut(Schema):
    kind: str
    wanted_minutes: int
    planned_minutes: int
    delivered_minutes: int


class UnitHoursOut(Schema):
    """``on_placement_minutes`` were confirmed by mentors, of so many ``placed`` learners together."""

    unit: str | None
    kinds: list[KindHoursOut]
    on_placement_minutes: int
    placed: int


@router.get("/timetable", response=TimetableOut)
def get_timetable(
    request: HttpRequest, first: First = None, days: Span = 7, cohort: Code = "", site: Code = ""
) -> TimetableOut:
    """The sessions of some days that this account may see, with national holidays and, for who plans, what clashes."""
    today = clock.today()
    since = first or today - timedelta(days=today.weekday())
    found = queries.timetable(
        first=since, last=since + timedelta(days=days - 1), by=request.auth, language="en", cohort=cohort, site=site
    )
    return TimetableOut(
        sessions=[_planned(each) for each in found.sessions],
        holidays=[
            HolidayOut(day=day, country=country, name=name)
            for day, names in sorted(found.holidays.items())
            for country, name in names.items()
        ],
        clashes=[sentence(each) for each in found.clashes],
    )


@router.post("/cohorts/{reference}/session-plans", response={201: PlanOut}, openapi_extra=MAKES)
def plan_sessions(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: PatternIn
) -> Status[PlanOut]:
    """Plan sessions by a pattern. Clashes are refused with both sides named, unless they are to be kept."""
    by = request.auth

    def make() -> PlanOut:
        cohort = queries.get_cohort(reference=reference, by=by)
        laid = lay_out(_pattern(sent), zone=cohort.site.zone, country=cohort.site.country)
        unit, room = _unit(cohort, sent.unit, by), _room(cohort, sent.room, by)
        plans = [
            SessionPlan(
                cohort=cohort, begins_at=at, minutes=sent.minutes, kind=SessionKind(sent.kind), topic=sent.topic, unit=unit, room=room
            )
            for at in laid.begins_at
        ]  # fmt: skip
        made = actions.plan_sessions(plans=plans, clashing=_clashing(sent.keep_clashes), by=by)
        country = cohort.site.country
        holidays = [HolidayOut(day=day, country=country, name=name) for day, name in laid.holidays.items()]
        numbers = [each.number for each in made]
        rows = [queries.get_planned(cohort=reference, number=number, by=by) for number in numbers]
        return PlanOut(planned=[_planned(each) for each in rows], holidays=holidays)

    return Status(201, made_once(request, response, PlanOut, make))


@router.get("/cohorts/{reference}/sessions/{number}/plan", response=PlannedOut)
def get_planned(request: HttpRequest, response: HttpResponse, reference: Reference, number: Number) -> PlannedOut:
    return tagged(_planned(queries.get_planned(cohort=reference, number=number, by=request.auth)), response)


@router.put("/cohorts/{reference}/sessions/{number}/time", response=PlannedOut)
def move_session(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: SessionMoveIn
) -> PlannedOut:
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


@router.put("/cohorts/{reference}/sessions/{number}/cancelled", response=PlannedOut)
def cancel_session(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: CancelIn
) -> PlannedOut:
    """Call a planned session off, and tell those concerned."""
    session = queries.get_planned(cohort=reference, number=number, by=request.auth)
    require_version(request, _planned(session))
    actions.cancel_session(session=session, on=clock.today(), reason=sent.reason, at=clock.real_now(), by=request.auth)
    return tagged(_planned(queries.get_planned(cohort=reference, number=number, by=request.auth)), response)


@router.get("/cohorts/{reference}/hours", response=list[UnitHoursOut])
def get_hours(request: HttpRequest, reference: Reference) -> list[UnitHoursOut]:
    """Wanted by the curriculum, planned, and taught with a signed register: in minutes, by unit and kind."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    return [
        UnitHoursOut(
            unit=row.unit.code if row.unit else None,
            kinds=[
                KindHoursOut(
                    kind=each.kind,
                    wanted_minutes=each.wanted,
                    planned_minutes=each.planned,
                    delivered_minutes=each.delivered,
                )
                for each in row.kinds
            ],
            on_placement_minutes=row.on_placement,
            placed=row.placed,
        )
        for row in queries.hours_of(cohort=cohort, by=request.auth)
    ]


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


def _planned(session: Any) -> PlannedOut:
    return PlannedOut(
        cohort=session.cohort.reference, number=session.number, begins_at=session.begins_at, held_on=session.held_on,
        minutes=session.minutes, zone=session.cohort.site.zone, kind=session.kind, topic=session.topic,
        unit=session.unit.code if session.unit else None, room=session.room.name if session.room else None,
        status=session.status, makes_up_for=session.makes_up_for.number if session.makes_up_for else None,
        together_with=session.joint_with.cohort.reference if session.joint_with else None,
        moves=[MoveOut(from_at=each.from_at, to_at=each.to_at, reason=each.reason) for each in session.moves.all()],
    )  # fmt: skip
