"""Planning what a cohort will do, and calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..lifecycle import SessionStatus
from ..models import Cohort, Session, SessionKind
from ..refusals import CohortIsClosed
from .enrolling import CLOSED


@dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """A session to plan: it begins at an instant and lasts whole minutes. Its day follows from the site's zone."""

    cohort: Cohort
    number: int
    begins_at: datetime
    minutes: int
    kind: SessionKind
    topic: str = ""
    # The key that an import has promised to the new session; else a fresh one.
    key: UUID | None = None


@transaction.atomic
def plan_sessions(*, plans: Sequence[SessionPlan], by: Actor) -> list[Session]:
    """
    Plan sessions. Each belongs to the local day of the cohort's site at the instant it begins.

    :raises CohortIsClosed: if a cohort has finished.
    :raises BadInput: for a session number that a cohort already has, or a session that does not last.
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
    sessions = Session.objects.bulk_create(
        [
            Session(
                pk=plan.key or new_id(),
                cohort=plan.cohort,
                number=plan.number,
                begins_at=plan.begins_at,
                held_on=local_day(plan.begins_at, zones[plan.cohort.pk]),
                minutes=plan.minutes,
                kind=plan.kind,
                topic=plan.topic,
                status=SessionStatus.PLANNED,
            )
            for plan in plans
        ],
        batch_size=500,
    )
    for cohort in cohorts.values():
        log.record(
            "training.sessions_planned", by=by, subject=cohort, count=sum(plan.cohort.pk == cohort.pk for plan in plans)
        )
    return sessions


@transaction.atomic
def cancel_sessions(*, cancellations: Sequence[tuple[Session, date]], by: Actor, reason: str = "") -> int:
    """
    Call planned sessions off, each on its day. Return how many.

    :raises WrongMoment: names the first session that was held already.
    """
    cohorts = {session.cohort_id: session.cohort for session, _ in cancellations}
    for cohort in cohorts.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    days = {session.pk: on for session, on in cancellations}
    held = list(
        Session.objects.select_for_update(of=("self",)).filter(pk__in=days).select_related("cohort").order_by("pk")
    )
    move_each([(session, days[session.pk]) for session in held], to=SessionStatus.CANCELLED, by=by, reason=reason)
    log.record_each("training.session_cancelled", by=by, subjects=held)
    return len(held)


def cancel_session(*, session: Session, on: date, by: Actor, reason: str = "") -> Session:
    """Call one planned session off; see ``cancel_sessions``."""
    cancel_sessions(cancellations=[(session, on)], by=by, reason=reason)
    session.refresh_from_db()
    return session


def _require_new_numbers(plans: Sequence[SessionPlan]) -> None:
    taken = set(
        Session.objects.filter(cohort__in={plan.cohort.pk for plan in plans}).values_list("cohort_id", "number")
    )
    problems = []
    for plan in plans:
        if (plan.cohort.pk, plan.number) in taken:
            places = {"cohort": plan.cohort.reference, "number": plan.number}
            problems.append(Problem(N_("%(cohort)s already has a session number %(number)s."), places, column="number"))
        taken.add((plan.cohort.pk, plan.number))
        if plan.minutes < 1:
            problems.append(Problem(N_("A session lasts at least one minute."), column="minutes"))
    if problems:
        raise BadInput(problems)
