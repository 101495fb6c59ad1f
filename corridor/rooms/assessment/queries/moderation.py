"""Samples: those of a cohort with how far two assessors agree, and what waits for the reader to be judged a second time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.rater_agreement import RaterAgreement
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort

from ..models import Appointment, Sample, SamplingPlan
from ..moderating import agreement_of


@dataclass(frozen=True)
class AssessorAgreement:
    """How far others agree with one assessor, by reference."""

    assessor: str
    agreement: RaterAgreement


@dataclass(frozen=True)
class Moderation:
    cohort: Cohort
    plans: tuple[SamplingPlan, ...]
    samples: tuple[Sample, ...]
    agreement: RaterAgreement
    by_assessor: tuple[AssessorAgreement, ...]

    def count(self, state: str) -> int:
        return sum(each.state == state for each in self.samples)


def moderation_of(*, cohort: Cohort, by: Actor) -> Moderation:
    """
    All that was drawn in a cohort, for who moderates or oversees: whoever may still be asked to judge a second time must not see the first.
    """
    if not by.holds_everywhere(Permission.DECISION_VIEW):
        by.require(Permission.DECISION_MODERATE, on=cohort)
    rows = _samples().filter(plan__cohort=cohort)
    samples = list(rows.order_by("decision__enrolment__number", "decision__unit__position", "decision__attempt"))
    of: dict[str, list[Sample]] = {}
    for each in samples:
        of.setdefault(each.decision.assessor.reference, []).append(each)
    plans = SamplingPlan.objects.filter(cohort=cohort).select_related("unit")
    by_assessor = tuple(AssessorAgreement(name, agreement_of(mine)) for name, mine in sorted(of.items()))
    return Moderation(cohort, tuple(plans), tuple(samples), agreement_of(samples), by_assessor)


def list_samples_to_judge(*, by: Actor) -> list[Sample]:
    """What the reader was named for and has not judged; nothing in it tells the first judgement to a page that does not ask."""
    if by.person_id is None:
        return []
    rows = _samples().filter(second__in=same_person_ids({by.person_id})[by.person_id], judged_on__isnull=True)
    cohorts = by.ids_with(Permission.DECISION_RECORD, "cohort")
    return list(
        rows.filter(plan__cohort__in=cohorts).order_by(
            "plan__cohort__reference", "decision__unit__position", "decision__enrolment__number"
        )
    )


def get_sample_to_judge(*, key: UUID, by: Actor) -> Sample:
    """:raises NotFound: if there is none of that key that waits for the reader."""
    found = next((each for each in list_samples_to_judge(by=by) if each.pk == key), None)
    if found is None:
        raise NotFound(N_("Nothing of that address waits for your judgement."))
    return found


def get_sample(*, key: UUID, by: Actor) -> Sample:
    """For who moderates or oversees. :raises NotFound:"""
    found = _samples().filter(pk=key).first()
    sees_all = by.holds_everywhere(Permission.DECISION_VIEW)
    if found is None or not (sees_all or by.may(Permission.DECISION_MODERATE, on=found)):
        raise NotFound(N_("There is no such sample."))
    return found


def seconds_for(*, cohort: Cohort, by: Actor) -> Sequence[Person]:
    """Who is appointed to the cohort, and might judge a second time."""
    by.require(Permission.DECISION_MODERATE, on=cohort)
    appointed = Appointment.objects.filter(cohort=cohort).select_related("person").order_by("person__reference")
    return [each.person for each in appointed]


def _samples() -> QuerySet[Sample]:
    return Sample.objects.select_related(
        "plan__cohort", "decision__enrolment__cohort__site", "decision__enrolment__person", "decision__unit",
        "decision__assessor", "second",
    )  # fmt: skip
