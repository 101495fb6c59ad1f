"""Claims of prior learning: of one's own, of the cohorts in which one decides, or all."""

from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import PriorClaim


def list_prior_claims(*, by: Actor, status: str = "", cohort: str = "") -> QuerySet[PriorClaim]:
    """The latest first."""
    rows = PriorClaim.objects.select_related(
        "enrolment__cohort__site", "enrolment__person", "unit", "interviewer", "decision"
    ).prefetch_related("changes")
    rows = rows.filter(status=status) if status else rows
    rows = rows.filter(enrolment__cohort__reference=cohort) if cohort else rows
    if by.holds_everywhere(Permission.DECISION_VIEW):
        return rows
    return rows.filter(
        Q(enrolment__person__in=by.ids_with(Permission.DECISION_VIEW, "person"))
        | Q(enrolment__cohort__in=by.ids_with(Permission.DECISION_VIEW, "cohort"))
        | Q(enrolment__cohort__site__in=by.ids_with(Permission.DECISION_VIEW, "site"))
    )


def get_prior_claim(*, key: UUID, by: Actor) -> PriorClaim:
    """:raises NotFound: if there is none, or none for this reader."""
    found = list_prior_claims(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such claim that you may see."))
    return found
