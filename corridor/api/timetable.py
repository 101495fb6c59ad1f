"""The week with its holidays and clashes, and the hours of a cohort."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from corridor.foundations import clock
from corridor.foundations.vocabularies.sentences import sentence
from corridor.rooms.training import queries

from .asking import Code, Day, Reference

TAG = "training"
router = Router()

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
        sessions=[PlannedOut(**facts_of(each)) for each in found.sessions],
        holidays=[
            HolidayOut(day=day, country=country, name=name)
            for day, names in sorted(found.holidays.items())
            for country, name in names.items()
        ],
        clashes=[sentence(each) for each in found.clashes],
    )


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


def facts_of(session: Any) -> dict[str, Any]:
    """What ``PlannedOut`` says of a session."""
    return {
        "cohort": session.cohort.reference, "number": session.number, "begins_at": session.begins_at, "held_on": session.held_on,
        "minutes": session.minutes, "zone": session.cohort.site.zone, "kind": session.kind, "topic": session.topic,
        "unit": session.unit.code if session.unit else None, "room": session.room.name if session.room else None,
        "status": session.status, "makes_up_for": session.makes_up_for.number if session.makes_up_for else None,
        "together_with": session.joint_with.cohort.reference if session.joint_with else None,
        "moves": [MoveOut(from_at=each.from_at, to_at=each.to_at, reason=each.reason) for each in session.moves.all()],
    }  # fmt: skip
