"""What this room grants an account: to teach its cohorts, and to see its own path as a learner."""

from datetime import date

from corridor.foundations.access import Grant, Role
from corridor.foundations.accounts.models import User

from ..models import CohortTrainer, Enrolment
from ..teaching_days import teaching_on


def grants_of(*, user: User, on: date) -> frozenset[Grant]:
    """A trainer's grant for each cohort taught on that day; a learner's for oneself where there is an enrolment."""
    taught = CohortTrainer.objects.filter(teaching_on(on), person__user=user).values_list("cohort_id", flat=True)
    learning = Enrolment.objects.filter(person__user=user).values_list("person_id", flat=True).distinct()
    return frozenset(Grant(Role.TRAINER, ("cohort", key)) for key in taught) | frozenset(
        Grant(Role.LEARNER, ("person", key)) for key in learning
    )
