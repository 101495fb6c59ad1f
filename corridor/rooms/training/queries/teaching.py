"""How much is taught under programmes and at sites: counts for everybody, never a row about a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.small_cells import is_small
from corridor.rooms.demand.models import DemandStatement

from ..lifecycle import CohortStatus, EnrolmentStatus, SessionStatus
from ..models import Cohort, Enrolment, Session

# What teaching is counted by: the field of a cohort.
BY_PROGRAMME, BY_SITE = "programme", "site"
NEVER = [EnrolmentStatus.APPLIED.value, EnrolmentStatus.SELECTED.value, EnrolmentStatus.NEVER_STARTED.value]
NOW = [EnrolmentStatus.ENROLLED.value, EnrolmentStatus.ATTENDING.value]


@dataclass(frozen=True, slots=True)
class Teaching:
    """
    What is taught under one programme, or at one site. Persons are None where they are so few that a reader who may not see rows
    could recognise them; places that were never taken up do not count.
    """

    cohorts: int = 0
    running: int = 0
    first_on: date | None = None
    ends_before: date | None = None
    learners: int | None = 0
    learning: int | None = 0
    completed: int | None = 0
    sessions: int = 0
    locked: int = 0
    due: int = 0
    first_session_on: date | None = None
    last_session_on: date | None = None


def teaching_of(*, group: str, keys: Collection[UUID], on: date, by: Actor) -> dict[UUID, Teaching]:
    """
    The teaching of each programme or site (``group``: BY_PROGRAMME, BY_SITE); everything asked for is there. Three statements.

    ``due`` are sessions of earlier days without a signed register; ``sessions`` are all but cancelled ones.
    """
    wanted = list(keys)
    found: dict[UUID, dict[str, object]] = {key: {} for key in wanted}
    cohorts = Cohort.objects.filter(**{f"{group}__in": wanted}).order_by().values(group)
    for row in cohorts.annotate(
        cohorts=Count("pk"), running=Count("pk", filter=Q(status=CohortStatus.RUNNING)), first_on=Min("starts_on"),
        ends_before=Max("ends_before"),
    ):  # fmt: skip
        found[row.pop(group)] |= row
    through = f"cohort__{group}"
    learners = Enrolment.objects.filter(**{f"{through}__in": wanted}).exclude(status__in=NEVER).order_by()
    sees_few = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    for row in learners.values(through).annotate(
        learners=Count("pk"), learning=Count("pk", filter=Q(status__in=NOW)),
        completed=Count("pk", filter=Q(status=EnrolmentStatus.COMPLETED)),
    ):  # fmt: skip
        key = row.pop(through)
        found[key] |= {name: count if sees_few or not is_small(count) else None for name, count in row.items()}
    is_locked, is_past = Q(status=SessionStatus.LOCKED), Q(held_on__lt=on)
    sessions = Session.objects.filter(**{f"{through}__in": wanted}).exclude(status=SessionStatus.CANCELLED).order_by()
    for row in sessions.values(through).annotate(
        sessions=Count("pk"), locked=Count("pk", filter=is_locked), due=Count("pk", filter=is_past & ~is_locked),
        first_session_on=Min("held_on", filter=is_locked), last_session_on=Max("held_on", filter=is_locked),
    ):  # fmt: skip
        found[row.pop(through)] |= row
    return {key: Teaching(**counts) for key, counts in found.items()}  # type: ignore[arg-type]


def demands_behind(*, programme: UUID, by: Actor) -> QuerySet[DemandStatement]:
    """The demand statements that cohorts of a programme answer, the earliest first, with their employers' names; three statements."""
    cited = Cohort.objects.filter(programme=programme, demand__isnull=False).values("demand")
    found = DemandStatement.objects.visible_to(by).filter(pk__in=cited).select_related("employer")
    return found.prefetch_related("employer__names").order_by("stated_on", "reference")
