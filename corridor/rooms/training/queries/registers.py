"""Registers: those of a day, those that are due, and one on its screen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import SessionStatus
from ..models import IN_THE_ROOM, Cohort, Session
from ..names import names_of
from ..registers import values_of
from ..roll import Roll


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One learner on a register: seat number, name in the own script with its language, romanised name, and the mark if any."""

    number: int
    enrolment_id: UUID
    own_name: str
    own_language: str
    romanised_name: str
    mark: str
    minutes_late: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register on its screen. ``version`` goes back with the form."""

    session: Session
    version: int
    rows: tuple[RegisterRow, ...]

    @property
    def is_taken(self) -> bool:
        return self.session.status in {SessionStatus.HELD.value, SessionStatus.LOCKED.value}


def sessions_of_day(*, on: date, by: Actor) -> QuerySet[Session]:
    """The sessions of that day (at their site) that the reader may take or see, as they begin."""
    return _sessions(by).filter(held_on=on).exclude(status=SessionStatus.CANCELLED).order_by("begins_at", "pk")


def registers_due(*, on: date, by: Actor) -> QuerySet[Session]:
    """Sessions of earlier days whose register is not taken or not signed, for those who may sign it; the oldest first."""
    if by.holds_everywhere(Permission.REGISTER_LOCK):
        mine = Q()
    else:
        mine = Q(cohort__in=by.ids_with(Permission.REGISTER_LOCK, "cohort")) | Q(
            cohort__site__in=by.ids_with(Permission.REGISTER_LOCK, "site")
        )
    open_states = [SessionStatus.PLANNED.value, SessionStatus.HELD.value]
    return _sessions(by).filter(mine, held_on__lt=on, status__in=open_states).order_by("held_on", "begins_at", "pk")


def get_session(*, cohort: str, number: int, by: Actor) -> Session:
    """:raises NotFound: if there is no such session, or none that the reader may see."""
    session = _sessions(by).filter(cohort__reference=cohort, number=number).first()
    if session is None:
        raise NotFound(
            N_("There is no session %(number)s of %(cohort)s that you may see."), cohort=cohort, number=number
        )
    return session


def get_register(*, cohort: str, number: int, by: Actor) -> Register:
    """
    One register with everybody who was on the roll that day, in the order of seats; the same five statements for any number of learners.

    :raises NotFound, AccessDenied: names are for those who may see the cohort's learners.
    """
    session = get_session(cohort=cohort, number=number, by=by)
    by.require(Permission.LEARNER_VIEW, on=session)
    marks = values_of(session)
    roll = Roll.of([session.cohort_id])
    there = {enrolment.number: enrolment for enrolment in roll.must(session.cohort_id, session.held_on)}
    there |= {each.number: each for each in roll.all(session.cohort_id) if each.number in marks}
    enrolments = [there[number_] for number_ in sorted(there)]
    names = names_of([enrolment.person_id for enrolment in enrolments])
    return Register(
        session,
        session.version,
        tuple(
            RegisterRow(
                each.number,
                each.pk,
                *names[each.person_id],
                *(
                    ((value := marks[each.number]).mark, value.minutes_late, value.remark)
                    if each.number in marks
                    else ("",)
                ),
            )
            for each in enrolments
        ),
    )


def _sessions(by: Actor) -> QuerySet[Session]:
    return (
        Session.objects.filter(cohort__in=Cohort.objects.visible_to(by))
        .select_related("cohort__site", "cohort__programme", "cohort__curriculum_version__curriculum", "sheet", "unit")
        .prefetch_related("unit__titles")
        .annotate(marked=Count("marks"), present=Count("marks", filter=Q(marks__mark__in=IN_THE_ROOM)))
    )
