"""Acts about the timetable: what sessions need, planning and moving them, arrivals, and a learner who goes on in another cohort."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, local_time, many, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.foundations.sheets.resolving import NOTHING_THERE
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_
from corridor.rooms.sites.models import Equipment, SiteRoom
from corridor.rooms.training import actions as training
from corridor.rooms.training.actions import Clashing, Needs, SessionPlan, Transfer
from corridor.rooms.training.arriving import code_of, step_at
from corridor.rooms.training.models import Cohort, SessionKind

from .acts import ActKind
from .judged_things import persons_named, unit_named
from .naming import COHORT, SEAT, SESSION, cohort_named, existing, place_named, session_named


class Arriving(StrEnum):
    """What a row about arrivals tells of."""

    SHOWN = "shown"
    SAID = "said"
    CONFIRMED = "confirmed"
    ENDED = "ended"


BEGINS_AT = Column("begins_at", local_time, about="in the own time of the site")
MINUTES = Column("minutes", whole(1, 1_440))
NEED_COLUMNS = (
    COHORT, SESSION, Column("room", text(80), required=False), Column("trainers", many(reference()), required=False),
    Column("equipment", many(text(80)), required=False, about="number of the inventory and how many, with ; between: LGT-0102 2; LGT-0104 1"),
)  # fmt: skip
MOVE_COLUMNS = (COHORT, SESSION, BEGINS_AT, MINUTES, Column("reason", text(300), about="those concerned read it"))
PLAN_COLUMNS = (
    COHORT, Column("number", whole(1, 9_999)), BEGINS_AT, MINUTES, Column("kind", choice(SessionKind)), Column("topic", text(200), required=False),
    Column("unit", text(20), required=False), Column("room", text(80), required=False),
    Column("makes_up_for", whole(1, 9_999), required=False, about="the number of the session that was called off"),
    Column("joint", text(40), required=False, about="rows with the same word are one session of several cohorts"),
)  # fmt: skip
ARRIVAL_COLUMNS = (COHORT, SESSION, Column("what", choice(Arriving)))
TRANSFER_COLUMNS = (
    COHORT, SEAT, Column("to", reference(40), about="the other cohort"), Column("number", whole(1, 9_999), about="the seat there"),
    Column("on", day), Column("reason", text(300)),
)  # fmt: skip


def _plan(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    plans = []
    for row in rows:
        cohort = cohort_named(row)
        made_up = None
        if row["makes_up_for"]:
            made_up = existing(cohort.sessions.filter(number=row["makes_up_for"]).first(), row, "makes_up_for")
        unit = unit_named(row, cohort) if row["unit"] else None
        plans.append(
            SessionPlan(
                cohort=cohort, begins_at=_instant_of(row, cohort), minutes=row["minutes"], kind=row["kind"], number=row["number"],
                topic=row["topic"], unit=unit, room=_room_in(row, cohort), makes_up_for=made_up, joint=row["joint"],
            )
        )  # fmt: skip
    training.plan_sessions(plans=plans, clashing=Clashing.REFUSED, by=by)


def _say_needs(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    """Room, machines and trainers; what it is of stays."""
    row = rows[0]
    session = session_named(row)
    needs = Needs(
        unit=session.unit, room=_room_in(row, session.cohort), trainers=persons_named(row, "trainers"), equipment=_machines_in(row, session.cohort)
    )  # fmt: skip
    training.change_session(session=session, kind=SessionKind(session.kind), topic=session.topic, needs=needs, by=by)


def _move(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    row = rows[0]
    session = session_named(row)
    training.move_session(
        session=session, begins_at=_instant_of(row, session.cohort), minutes=row["minutes"], reason=row["reason"], at=at, by=by
    )  # fmt: skip


def _arrive(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    """The code on the screen is shown, scanned by a learner on their own phone, confirmed by the trainer, and taken off."""
    row = rows[0]
    session = session_named(row)
    if row["what"] == Arriving.SHOWN:
        training.show_screen(session=session, at=at, by=by)
    elif row["what"] == Arriving.SAID:
        screen = session.arrival_screens.filter(shown_at__lte=at, ends_at__gt=at).first()
        if screen is None:
            raise BadInput([row.problem("session", N_("No code of this session is on a screen then."))])
        training.arrive(code=code_of(screen, step_at(at)), scanned_at=at, phone=f"phone of {by.label}", at=at, by=by)
    elif row["what"] == Arriving.CONFIRMED:
        training.confirm_arrivals(session=session, places=None, at=at, by=by)
    else:
        training.end_screen(session=session, at=at, by=by)


def _transfer(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    row = rows[0]
    transfer = Transfer(
        enrolment=place_named(row), to=cohort_named(row, "to"), on=row["on"], reason=row["reason"], number=row["number"]
    )
    training.transfer_learner(transfer=transfer, by=by)


def _instant_of(row: Row, cohort: Cohort) -> datetime:
    local: datetime = row["begins_at"]
    return local.replace(tzinfo=ZoneInfo(cohort.site.zone)).astimezone(UTC)


def _room_in(row: Row, cohort: Cohort) -> SiteRoom | None:
    if not row["room"]:
        return None
    return existing(SiteRoom.objects.filter(site=cohort.site_id, name=row["room"]).first(), row, "room")


def _machines_in(row: Row, cohort: Cohort) -> list[tuple[Equipment, int]]:
    machines = []
    for said in row["equipment"]:
        number, _, count = said.partition(" ")
        line = Equipment.objects.filter(site=cohort.site_id, inventory_number=number).first()
        if line is None or not count.strip().isdecimal():
            raise BadInput([row.problem("equipment", NOTHING_THERE, cell=said)])
        machines.append((line, int(count)))
    return machines


ACTS = (
    ActKind("planned_sessions", PLAN_COLUMNS, _plan, together=("joint",)),
    ActKind("session_needs", NEED_COLUMNS, _say_needs),
    ActKind("moved_sessions", MOVE_COLUMNS, _move),
    ActKind("arrivals", ARRIVAL_COLUMNS, _arrive),
    ActKind("transfers", TRANSFER_COLUMNS, _transfer),
)
