"""How many places a cohort has, how many are taken, and that nobody takes one that is not there."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count, Max

from corridor.kernel.wording import N_

from .lifecycle import CohortStatus, EnrolmentStatus
from .models import Cohort, Enrolment
from .refusals import NoPlaceLeft

# An offered place is taken until it is declined; who completed has had it.
TAKEN = frozenset(
    {
        EnrolmentStatus.SELECTED.value,
        EnrolmentStatus.ENROLLED.value,
        EnrolmentStatus.ATTENDING.value,
        EnrolmentStatus.SUSPENDED.value,
        EnrolmentStatus.COMPLETED.value,
    }
)
# While these last, a place that becomes free is offered to the first on the waiting list by itself.
BEFORE_TEACHING = frozenset({CohortStatus.PLANNED.value, CohortStatus.RECRUITING.value})


def taken_in(cohorts: Collection[UUID]) -> dict[UUID, int]:
    """How many places of each are taken; everyone asked for is there. One statement."""
    rows = Enrolment.objects.filter(cohort__in=cohorts, status__in=TAKEN).order_by().values_list("cohort")
    return dict.fromkeys(cohorts, 0) | dict(rows.annotate(count=Count("pk")))


def free_in(cohort: Cohort) -> int | None:
    """The places that are left; None where the cohort takes as many as come."""
    return None if cohort.capacity is None else max(0, cohort.capacity - taken_in([cohort.pk])[cohort.pk])


def hold_limited(cohorts: Collection[UUID]) -> list[Cohort]:
    """Those of the cohorts that have a number of places, held until the transaction ends: two must not take the last place at once."""
    rows = Cohort.objects.select_for_update(of=("self",)).filter(pk__in=cohorts, capacity__isnull=False)
    return list(rows.order_by("pk"))


def require_enough(held: Iterable[Cohort], gained: Collection[UUID]) -> None:
    """:raises NoPlaceLeft: if one of the held cohorts in which places were gained has now more taken than it has."""
    asked = [cohort for cohort in held if cohort.pk in gained]
    taken = taken_in([cohort.pk for cohort in asked]) if asked else {}
    for cohort in asked:
        over = taken[cohort.pk] - (cohort.capacity or 0)
        if over > 0:
            raise NoPlaceLeft(
                N_(
                    "%(cohort)s has %(capacity)s places, and %(over)s more would be taken. Put the others on the waiting list, "
                    "or give the cohort more places."
                ),
                cohort=cohort.reference, capacity=cohort.capacity, over=over,
            )  # fmt: skip


def next_number(cohort: Cohort) -> int:
    """The seat after the last one; the caller holds the cohort."""
    return (Enrolment.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0) + 1
