"""What a grant for a programme holds of this room, and who teaches its cohorts. Only journeys ask: nobody is recognised yet, or all are told."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from corridor.foundations.access import Role, Source
from corridor.foundations.grants.holding import Holder

from .models import Cohort, CohortTrainer
from .teaching_days import teaching_on


def cohorts_of(programmes: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The keys of all cohorts of each programme. One statement."""
    found: dict[UUID, set[UUID]] = {key: set() for key in programmes}
    for programme, key in Cohort.objects.filter(programme__in=programmes).values_list("programme_id", "pk"):
        found[programme].add(key)
    return {programme: frozenset(keys) for programme, keys in found.items()}


def holders(cohorts: Collection[UUID], *, on: date) -> list[Holder]:
    """The accounts of those who teach these cohorts on that day. One statement."""
    taught = CohortTrainer.objects.filter(teaching_on(on), cohort__in=cohorts, person__user__is_active=True)
    rows = taught.order_by("person__user__username").values_list("person__user", "person__user__username", "cohort")
    return [Holder(user, name, Role.TRAINER, ("cohort", cohort), Source.COHORT) for user, name, cohort in rows]


def programmes_of(cohorts: Collection[UUID]) -> set[UUID]:
    """The keys of the programmes to which these belong; nothing is asked where there is none."""
    return set(Cohort.objects.filter(pk__in=cohorts).values_list("programme_id", flat=True)) if cohorts else set()
