"""What a learner can prove: the latest final decision of each unit counts. Everybody's, whoever asks; see training's counting."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from corridor.rooms.training.models import Cohort, Enrolment

from .lifecycle import DecisionStatus
from .models import Decision


def final_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(status=DecisionStatus.FINAL)


def latest_final(enrolments: Iterable[UUID]) -> dict[tuple[UUID, UUID], Decision]:
    """The latest final decision of each (enrolment, unit), with its unit, assessor, and day; one statement per 500 enrolments."""
    keys = list(dict.fromkeys(enrolments))
    found: dict[tuple[UUID, UUID], Decision] = {}
    for start in range(0, len(keys), 500):
        rows = final_decisions().filter(enrolment__in=keys[start : start + 500]).select_related("unit", "assessor")
        for decision in rows.order_by("attempt"):
            found[decision.enrolment_id, decision.unit_id] = decision
    return found


def with_final_decision(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Each enrolment with ``decided``: whether it has at least one final decision."""
    return enrolments.annotate(decided=Exists(final_decisions().filter(enrolment=OuterRef("pk"))))


def open_decisions(cohort: Cohort) -> int:
    """How many decisions of a cohort are not final."""
    return Decision.objects.filter(enrolment__cohort=cohort).exclude(status=DecisionStatus.FINAL).count()
