"""Who may look at the decisions of a cohort."""

from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment

from .counting import places_before


def places_left(*, by: Actor) -> list[UUID]:
    """
    Places from which learners were moved to cohorts or sites whose decisions the reader sees: what was decided there goes on counting, so it is
    seen with them. One statement, and one for each time that somebody was moved.
    """
    seen = Q()
    for kind, path in (("cohort", "cohort__in"), ("site", "cohort__site__in")):
        seen |= Q(**{path: by.ids_with(Permission.DECISION_VIEW, kind)})
    moved = Enrolment.objects.filter(seen, moved_from__isnull=False).values_list("pk", flat=True)
    return [place for chain in places_before(list(moved)).values() for place in chain[:-1]]


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
