"""Acts about registers: how a programme keeps them, taking and signing one, opening one again, correcting a mark, deciding a conflict."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.journal.models import Conflict
from corridor.foundations.sheets.columns import choice, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_
from corridor.rooms.programmes.models import Programme
from corridor.rooms.training import actions as training
from corridor.rooms.training.models import CaptureMode, Session, SigningWith
from corridor.rooms.training.roll import Roll

from ..decide_conflict import decide_conflicts, list_conflicts
from ..lock_session import lock_session
from .acts import ActKind, instant
from .naming import COHORT, SEAT, SESSION, existing, place_named, session_named
from .roll_call import SAID_COLUMNS, VALUE_COLUMNS, roll_call_in, value_in

REASON = Column("reason", text(300))
RULE_COLUMNS = (
    Column("programme", reference()),
    Column("late_after_days", whole(0, 60), required=False, about="from then on a register needs a reason"),
    Column("closes_after_days", whole(1, 365), required=False),
    Column("locks_after_days", whole(0, 60), about="so long a trainer may correct what is signed"),
    Column("sign_with", choice(SigningWith)),
)
REGISTER_COLUMNS = (
    COHORT, SESSION, Column("capture_mode", choice(CaptureMode)),
    Column("reason", text(300), required=False, about="why so late, where the programme asks"), *SAID_COLUMNS,
)  # fmt: skip
OPENING_COLUMNS = (COHORT, SESSION, Column("until", instant), REASON)
CORRECTION_COLUMNS = (COHORT, SESSION, SEAT, *VALUE_COLUMNS, REASON)
DECISION_COLUMNS = (
    COHORT, SESSION, Column("seat", whole(1, 9_999), required=False, about="empty for what is of no learner: a signature"),
    Column("outcome", choice(Conflict.Outcome), about="standing: what stood stays; brought: what came is taken"), REASON,
)  # fmt: skip


def _set_rule(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    programme = existing(Programme.objects.filter(reference=row["programme"]).first(), row, "programme")
    training.set_register_rule(
        programme=programme, late_after_days=row["late_after_days"], closes_after_days=row["closes_after_days"],
        locks_after_days=row["locks_after_days"], sign_with=row["sign_with"], by=by,
    )  # fmt: skip


def _take(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    """A register taken at a page: live, late or from a paper sheet, and signed where a row says so."""
    session = session_named(rows[0])
    said = roll_call_in(rows, seats=_seats(session))
    if said.marks:
        session = training.take_register(
            session=session, marks=dict(said.marks), version=session.version, capture_mode=rows[0]["capture_mode"], at=at, by=by,
            reason=rows[0]["reason"], guests=said.guests,
        )  # fmt: skip
    if said.is_signed:
        lock_session(session=session, version=session.version, at=at, by=by)


def _seats(session: Session) -> set[int]:
    due = Roll.of_cohort(session.cohort).must(session.cohort_id, session.held_on)
    return {place.number for place in due}


def _open(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    row = rows[0]
    training.open_register(session=session_named(row), reason=row["reason"], until=row["until"], at=at, by=by)


def _correct(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    row = rows[0]
    training.correct_mark(
        session=session_named(row), enrolment=place_named(row), value=value_in(row), reason=row["reason"], at=at, by=by
    )


def _decide(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001
    """What waits about one learner of a session (or about none), in the inbox of whoever decides."""
    row = rows[0]
    about = place_named(row).pk if row["seat"] is not None else None
    found = list(
        list_conflicts(by=by).filter(
            event__subject=session_named(row).pk, about=about, outcome=Conflict.Outcome.WAITING
        )
    )
    if not found:
        message = N_("Nothing waits about it in the inbox of %(who)s.")
        raise BadInput([row.problem("session", message, who=by.label)])
    decide_conflicts(conflicts=found, outcome=row["outcome"], reason=row["reason"], at=at, by=by)


ACTS = (
    ActKind("register_rules", RULE_COLUMNS, _set_rule),
    ActKind("registers", REGISTER_COLUMNS, _take, together=("cohort", "session")),
    ActKind("register_openings", OPENING_COLUMNS, _open),
    ActKind("mark_corrections", CORRECTION_COLUMNS, _correct),
    ActKind("conflict_decisions", DECISION_COLUMNS, _decide),
)
