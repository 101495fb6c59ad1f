"""Who is in which cohorts on a day, for lists that leave the product: the same people as on the page of each cohort."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from corridor.foundations.access import Actor, Permission

from ..lifecycle import EnrolmentStatus
from ..models import Cohort, CohortTrainer, Enrolment
from ..roll import EXPECTED
from ..teaching_days import teaching_on
from .learners import visible_enrolments


@dataclass(frozen=True, slots=True)
class RosterPlace:
    """A place on the roll that day, and the day on which it was taken."""

    enrolment: Enrolment
    taken_on: date


def places_on(*, cohorts: Collection[Cohort], on: date, by: Actor) -> list[RosterPlace]:
    """Who is enrolled or attends on that day, by cohort and seat, as far as the reader may see learners. Two statements."""
    rows = visible_enrolments(by=by).filter(cohort__in=cohorts, person__erased_at__isnull=True)
    found = []
    for each in rows.select_related("cohort").prefetch_related("changes").order_by("cohort__reference", "number"):
        changes = sorted(each.changes.all(), key=lambda change: (change.effective_on, change.recorded_at, change.pk))
        then = [change for change in changes if change.effective_on <= on]
        taken = [change.effective_on for change in then if change.to_status == EnrolmentStatus.ENROLLED]
        if then and taken and then[-1].to_status in EXPECTED:
            found.append(RosterPlace(each, taken[0]))
    return found


def trainers_of(*, cohorts: Collection[Cohort], on: date, by: Actor) -> list[CohortTrainer]:
    """Who teaches them on that day, by cohort and person, for whoever may see the learners of each. One statement."""
    seen = [cohort for cohort in cohorts if by.may(Permission.LEARNER_VIEW, on=cohort)]
    rows = CohortTrainer.objects.filter(
        teaching_on(on), cohort__in=seen, person__erased_at__isnull=True
    ).select_related("cohort")
    return list(rows.order_by("cohort__reference", "person__reference"))
