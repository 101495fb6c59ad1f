"""Who may look at the decisions of a cohort."""

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.training.models import Cohort, CohortTrainer


def require_sight(cohort: Cohort, *, by: Actor) -> None:
    """:raises AccessDenied: with the reason, for somebody who teaches the cohort."""
    if by.may(Permission.DECISION_VIEW, on=cohort):
        return
    if by.person_id and CohortTrainer.objects.filter(cohort=cohort, person=by.person_id).exists():
        raise AccessDenied(
            N_("You teach %(cohort)s. Whoever teaches a cohort does not assess it: its assessors decide."),
            cohort=cohort.reference,
        )
    by.require(Permission.DECISION_VIEW, on=cohort)
