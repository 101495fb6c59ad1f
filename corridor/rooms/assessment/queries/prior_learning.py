"""Claims of prior learning: of one's own, of the cohorts in which one decides, or all."""

from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Enrolment

from ..models import Decision, PriorClaim


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


def next_attempt_of(*, enrolment: Enrolment, unit: Unit, by: Actor) -> int:
    """The attempt to which evidence of a claim belongs."""
    by.require(Permission.DECISION_VIEW, on=enrolment)
    last = Decision.objects.filter(enrolment=enrolment, unit=unit).order_by("-attempt").first()
    return 1 if last is None else last.attempt + 1
