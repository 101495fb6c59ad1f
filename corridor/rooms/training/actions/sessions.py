"""Planning what a cohort will do: sessions with their rooms, machines and trainers; moving them, and calling them off."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Equipment, SiteRoom

from ..booking import Needs, refuse_needs, write_needs
from ..clash_words import require_no_clash
from ..clashes import Slot
from ..lifecycle import SessionStatus
from ..models import Cohort, Session, SessionKind
from ..refusals import CohortIsClosed
from ..telling import tell_of
from .enrolling import CLOSED


class Clashing(StrEnum):
    """What becomes of a plan in which somebody or something would be in two places at once."""

    REFUSED = "refused"
    # Written all the same; the timetable shows it until it is put right.
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """
    A session to plan: it begins at an instant and lasts whole minutes. Its day follows from the site's zone. ``number`` None: the next
    one of the cohort. ``trainers`` where it is not those who lead the cohort; ``equipment`` by line of the inventory and how many.
    """

    cohort: Cohort
    begins_at: datetime
    minutes: int
    kind: SessionKind
    number: int | None = None
    topic: str = ""
    unit: Unit | None = None
    room: SiteRoom | None = None
    trainers: Sequence[Person] = ()
    equipment: Sequence[tuple[Equipment, int]] = ()
    # The session that was called off and is made up for.
    makes_up_for: Session | None = None
    # The plans with the same word are one session, a row for each cohort.
    joint: str = ""
    # The key that an import has promised to the new session; else a fresh one.
    key: UUID | None = None

    def needs(self) -> Needs:
        return Needs(unit=self.unit, room=self.room, trainers=self.trainers, equipment=self.equipment)


@transaction.atomic
def plan_sessions(*, plans: Sequence[SessionPlan], by: Actor, clashing: Clashing = Clashing.KEPT) -> list[Session]:
    """
    Plan sessions. Each belongs to the local day of the cohort's site at the instant it begins.

    :raises CohortIsClosed: if a cohort has finished. :raises SessionsClash: names both sides, where clashes are refused.
    :raises BadInput: for a session number that a cohort already has, a session that does not last, or needs that the site does not have.
    """
    cohorts = {plan.cohort.pk: plan.cohort for plan in plans}
    for cohort in cohorts.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    rows = Cohort.objects.select_for_update(of=("self",)).filter(pk__in=cohorts).select_related("site").order_by("pk")
    zones = {}
    for cohort in rows:
        if cohort.status in CLOSED:
            raise CohortIsClosed(
                N_("%(cohort)s is “%(now)s”; it plans no more sessions."),
                cohort=cohort.reference, now=cohort.get_status_display(),
            )  # fmt: skip
        zones[cohort.pk] = cohort.site.zone
    _require_new_numbers(plans)
    numbers = _numbered(plans)
    heads: dict[str, Session] = {}
    sessions = []
    for plan, number in zip(plans, numbers, strict=True):
        session = Session(
            pk=plan.key or new_id(), cohort=plan.cohort, number=number, begins_at=plan.begins_at,
            held_on=local_day(plan.begins_at, zones[plan.cohort.pk]), minutes=plan.minutes, kind=plan.kind,
            topic=plan.topic, unit=plan.unit, room=plan.room, makes_up_for=plan.makes_up_for,
            status=SessionStatus.PLANNED,
        )  # fmt: skip
        if plan.joint:
            head = heads.setdefault(plan.joint, session)
            session.joint_with = None if head is session else head
        sessions.append(session)
    refuse_needs([(session, plan.needs()) for session, plan in zip(sessions, plans, strict=True)])
    _require_makable_up(plans)
    if clashing == Clashing.REFUSED:
        require_no_clash(
            [_slot(session, plan) for session, plan in zip(sessions, plans, strict=True)], by=by
        )  # fmt: skip
    made = Session.objects.bulk_create(sessions, batch_size=500)
    write_needs([(session, plan.needs()) for session, plan in zip(made, plans, strict=True)])
    for cohort in cohorts.values():
        log.record(
            "training.sessions_planned", by=by, subject=cohort, count=sum(plan.cohort.pk == cohort.pk for plan in plans)
        )
    return made


@transaction.atomic
def cancel_sessions(
    *, cancellations: Sequence[tuple[Session, date]], by: Actor, reason: str = "", at: datetime | None = None
) -> int:
    """
    Call planned sessions off, each on its day. Return how many. Those concerned are told ``at`` that instant; without one nobody is.

    :raises WrongMoment: names the first session that was held already.
    """
    cohorts = {session.cohort_id: session.cohort for session, _ in cancellations}
    for cohort in cohorts.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    days = {session.pk: on for session, on in cancellations}
    held = list(
        Session.objects.select_for_update(of=("self",))
        .filter(pk__in=days)
        .select_related("cohort__site")
        .order_by("pk")
    )
    move_each([(session, days[session.pk]) for session in held], to=SessionStatus.CANCELLED, by=by, reason=reason)
    log.record_each("training.session_cancelled", by=by, subjects=held)
    if at is None:
        return len(held)
    for session in held:
        tell_of(session, Event.SESSION_CANCELLED, at=at, by=by, places={"day": session.held_on.isoformat()})
    return len(held)


def cancel_session(*, session: Session, on: date, by: Actor, reason: str = "", at: datetime | None = None) -> Session:
    """Call one planned session off; see ``cancel_sessions``."""
    cancel_sessions(cancellations=[(session, on)], by=by, reason=reason, at=at)
    session.refresh_from_db()
    return session


def _slot(session: Session, plan: SessionPlan) -> Slot:
    return Slot(
        session.cohort, session.number, session.begins_at, session.minutes, None,
        frozenset(person.pk for person in plan.trainers), plan.room.pk if plan.room else None,
        {line.pk: count for line, count in plan.equipment}, session.joint_with_id or session.pk,
    )  # fmt: skip


def _numbered(plans: Sequence[SessionPlan]) -> list[int]:
    last: dict[UUID, int] = defaultdict(int)
    rows = Session.objects.filter(cohort__in={plan.cohort.pk for plan in plans}).order_by().values("cohort")
    last.update(rows.annotate(last=Max("number")).values_list("cohort", "last"))
    for plan in plans:
        last[plan.cohort.pk] = max(last[plan.cohort.pk], plan.number or 0)
    numbers = []
    for plan in plans:
        if plan.number is None:
            last[plan.cohort.pk] += 1
        numbers.append(plan.number or last[plan.cohort.pk])
    return numbers


def _require_new_numbers(plans: Sequence[SessionPlan]) -> None:
    taken = set(
        Session.objects.filter(cohort__in={plan.cohort.pk for plan in plans}).values_list("cohort_id", "number")
    )
    problems = []
    for plan in plans:
        if plan.number is not None and (plan.cohort.pk, plan.number) in taken:
            places = {"cohort": plan.cohort.reference, "number": plan.number}
            problems.append(Problem(N_("%(cohort)s already has a session number %(number)s."), places, column="number"))
        if plan.number is not None:
            taken.add((plan.cohort.pk, plan.number))
        if plan.minutes < 1:
            problems.append(Problem(N_("A session lasts at least one minute."), column="minutes"))
    if problems:
        raise BadInput(problems)


def _require_makable_up(plans: Sequence[SessionPlan]) -> None:
    problems = []
    for plan in plans:
        made_up = plan.makes_up_for
        if made_up is None:
            continue
        places: dict[str, object] = {"session": str(made_up)}
        if made_up.status != SessionStatus.CANCELLED or made_up.cohort_id != plan.cohort.pk:
            message = N_("%(session)s was not called off; there is nothing to make up for.")
            problems.append(Problem(message, places, column="makes_up_for"))
    if problems:
        raise BadInput(problems)
