"""How a register came to say what it says: every act of writing, and every mark that was replaced; and what the calendar still allows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor, Permission
from corridor.kernel.periods import local_day
from corridor.rooms.programmes.models import Programme

from ..agreeing import Value
from ..keeping_time import closes_on, is_closed, is_locked, locks_on, needs_reason, require_correctable, rule_of
from ..lifecycle import SessionStatus
from ..models import Guest, RegisterOpening, RegisterRule, SaidMark, Session
from ..names import Name, names_of
from .registers import get_session


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One mark that was said, by whom and when, and why where a reason was given."""

    number: int
    name: Name
    value: Value
    origin: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Timing:
    """What the programme asks for, on this day."""

    needs_reason: bool
    is_closed: bool
    closes_on: date | None
    asks_second_factor: bool
    days_to_correct: int
    locks_on: date | None
    is_locked: bool
    may_correct: bool
    openings: tuple[RegisterOpening, ...] = ()


def story_of(*, session: Session, by: Actor) -> list[SaidRow]:
    """Every mark of those learners of whom different things were said, as it was said; two statements. :raises AccessDenied:"""
    by.require(Permission.LEARNER_VIEW, on=session)
    said = list(
        SaidMark.objects.filter(entry__session=session)
        .select_related("entry", "enrolment")
        .order_by("enrolment__number", "entry__entered_at", "entry__pk")
    )
    names = names_of({each.enrolment.person_id for each in said})
    rows: dict[tuple[object, object], SaidRow] = {}
    for each in said:
        entry = each.entry
        rows[each.enrolment_id, entry.pk] = SaidRow(
            each.enrolment.number, names[each.enrolment.person_id], Value(each.mark, each.minutes_late, each.remark), entry.origin,
            entry.entered_by, entry.entered_at, entry.reason,
        )  # fmt: skip
    return _where_it_differs(rows.values())


def _where_it_differs(rows: Iterable[SaidRow]) -> list[SaidRow]:
    """A phone says something of everybody; of most of them nobody ever said anything else."""
    told: dict[int, list[SaidRow]] = defaultdict(list)
    for row in rows:
        told[row.number].append(row)
    return [row for said in told.values() if len({each.value for each in said}) > 1 for row in said]


def guests_of(*, session: Session, by: Actor) -> list[str]:
    """Who was in the room without a place in the cohort, but who was taken back. :raises AccessDenied:"""
    by.require(Permission.LEARNER_VIEW, on=session)
    return list(
        Guest.objects.filter(entry__session=session, taken_back_at__isnull=True)
        .order_by("entry__entered_at", "name")
        .values_list("name", flat=True)
    )


def timing_of(*, session: Session, at: datetime, by: Actor) -> Timing:
    by.require(Permission.COHORT_VIEW, on=session)
    rule = rule_of(session)
    on = local_day(at, session.cohort.site.zone)
    return Timing(
        needs_reason(session, rule, on=on), is_closed(session, rule, at=at), closes_on(session, rule), rule.sign_with == "second_factor",
        rule.locks_after_days, locks_on(session, rule), (locked := is_locked(session, rule, at=at)), _may_correct(session, is_locked=locked, by=by),
        tuple(RegisterOpening.objects.filter(session=session)),
    )  # fmt: skip


def session_to_correct(*, cohort: str, number: int, at: datetime, by: Actor) -> Session:
    """:raises NotFound, AccessDenied: :raises RegisterLocked: for its trainer, once the days to correct it are over."""
    session = get_session(cohort=cohort, number=number, by=by)
    require_correctable(session, at=at, by=by)
    return session


def _may_correct(session: Session, *, is_locked: bool, by: Actor) -> bool:
    if session.status != SessionStatus.LOCKED:
        return False
    return by.may(Permission.REGISTER_CORRECT, on=session) or (
        not is_locked and by.may(Permission.REGISTER_LOCK, on=session)
    )


def register_rule(*, programme: Programme, by: Actor) -> RegisterRule:
    by.require(Permission.PROGRAMME_VIEW, on=programme)
    return RegisterRule.objects.filter(programme=programme).first() or RegisterRule(programme=programme)
