"""Who applied, what each reached, who waits; and which cohorts take applications."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person

from ..capacity import free_in, taken_in
from ..lifecycle import CohortStatus, EnrolmentStatus
from ..models import Cohort, Enrolment, SelectionCriterion, SelectionScore
from ..names import Name, names_of
from .cohorts import get_cohort
from .learners import visible_enrolments

APPLICANTS = [EnrolmentStatus.APPLIED.value, EnrolmentStatus.SELECTED.value]


@dataclass(frozen=True, slots=True)
class Applicant:
    """
    One who applied. ``points`` are by criterion, None where nothing is written; ``total`` is their sum. ``is_short`` of the least in one of
    them; ``place`` in the order of totals, the same for the same total.
    """

    enrolment: Enrolment
    name: Name
    points: tuple[int | None, ...]
    total: int
    is_short: bool
    place: int | None


@dataclass(frozen=True, slots=True)
class Selection:
    """``free`` None: as many places as come. Applicants by their totals, then as they applied."""

    cohort: Cohort
    criteria: tuple[SelectionCriterion, ...]
    applicants: tuple[Applicant, ...]
    taken: int
    free: int | None

    @property
    def offered(self) -> list[Applicant]:
        return [each for each in self.applicants if each.enrolment.status == EnrolmentStatus.SELECTED]

    @property
    def open(self) -> list[Applicant]:
        return [
            each
            for each in self.applicants
            if each.enrolment.status == EnrolmentStatus.APPLIED and each.enrolment.waiting is None
        ]

    @property
    def waiting(self) -> list[Applicant]:
        rows = [each for each in self.applicants if each.enrolment.waiting is not None]
        return sorted(rows, key=lambda each: each.enrolment.waiting or 0)


@dataclass(frozen=True, slots=True)
class OpenCohort:
    """A cohort that takes applications, the places that are left (None: as many as come), and the reader's own place there if any."""

    cohort: Cohort
    free: int | None
    own: Enrolment | None


def get_selection(*, cohort: str, by: Actor) -> Selection:
    """
    Everybody who has applied or was offered a place, with what they reached. Six statements.

    :raises NotFound, AccessDenied: who chooses sees all applicants; nobody else does.
    """
    found = get_cohort(reference=cohort, by=by)
    by.require(Permission.LEARNER_ENROL, on=found)
    criteria = tuple(SelectionCriterion.objects.filter(cohort=found))
    rows = list(
        Enrolment.objects.filter(cohort=found, status__in=APPLICANTS)
        .select_related("cohort", "sending_organisation")
        .order_by("number")
    )
    names = names_of([each.person_id for each in rows])
    points: dict[UUID, dict[UUID, int]] = {}
    for score in SelectionScore.objects.filter(enrolment__in=rows):
        points.setdefault(score.enrolment_id, {})[score.criterion_id] = score.points
    totals = {each.pk: sum(points.get(each.pk, {}).values()) for each in rows}
    applicants = []
    for each in sorted(rows, key=lambda row: (-totals[row.pk], row.number)):
        reached = points.get(each.pk, {})
        applicants.append(
            Applicant(
                each, names[each.person_id], tuple(reached.get(criterion.pk) for criterion in criteria), totals[each.pk],
                any(criterion.pk in reached and reached[criterion.pk] < criterion.least for criterion in criteria),
                1 + sum(total > totals[each.pk] for total in totals.values()) if reached else None,
            )
        )  # fmt: skip
    return Selection(found, criteria, tuple(applicants), taken_in([found.pk])[found.pk], free_in(found))


def list_open_cohorts(*, by: Actor) -> list[OpenCohort]:
    """The cohorts that take applications, by their first day, for whoever may apply or see them; nothing for everybody else."""
    may_apply = by.holds_somewhere(Permission.LEARNER_APPLY)
    rows: QuerySet[Cohort] = Cohort.objects.all() if may_apply else Cohort.objects.visible_to(by)
    cohorts = list(
        rows.filter(status=CohortStatus.RECRUITING)
        .select_related("programme", "site", "curriculum_version__curriculum")
        .prefetch_related("languages", "programme__titles")
        .order_by("starts_on", "reference")
    )
    own = _own_places(by, [each.pk for each in cohorts])
    taken = taken_in([each.pk for each in cohorts])
    return [
        OpenCohort(
            each, None if each.capacity is None else max(0, each.capacity - taken[each.pk]), own.get(each.pk)
        )
        for each in cohorts
    ]  # fmt: skip


def get_open_cohort(*, reference: str, by: Actor) -> OpenCohort:
    """:raises NotFound: if there is none of that name that takes applications now."""
    found = next((each for each in list_open_cohorts(by=by) if each.cohort.reference == reference), None)
    if found is None:
        raise NotFound(N_("There is no cohort %(reference)s that takes applications now."), reference=reference)
    return found


def person_to_apply_for(*, reference: str, sender: Organisation, by: Actor) -> Person:
    """
    A person by reference, for a member that applies for whom it has sent before; of a merged record the one that stays.

    :raises AccessDenied: for who does not speak for the member. :raises NotFound: if the member never sent such a person.
    """
    by.require(Permission.LEARNER_APPLY, on=sender)
    person = Person.objects.select_related("merged_into").filter(reference=reference).first()
    stays = (person.merged_into or person) if person else None
    same = same_person_ids([stays.pk])[stays.pk] if stays else []
    if stays is None or not Enrolment.objects.filter(person__in=same, sending_organisation=sender).exists():
        raise NotFound(N_("Your member has sent no person %(reference)s before."), reference=reference)
    return stays


def own_place(*, cohort: str, by: Actor) -> Enrolment:
    """The reader's own place in that cohort. :raises NotFound: if there is none."""
    places = visible_enrolments(by=by).filter(cohort__reference=cohort, person__in=_own_records(by))
    found = places.select_related("cohort__site", "person").first()
    if found is None:
        raise NotFound(N_("You have no place in %(cohort)s."), cohort=cohort)
    return found


def _own_places(by: Actor, cohorts: Collection[UUID]) -> dict[UUID, Enrolment]:
    rows = Enrolment.objects.filter(cohort__in=cohorts, person__in=_own_records(by))
    return {each.cohort_id: each for each in rows}


def _own_records(by: Actor) -> Collection[UUID]:
    return same_person_ids([by.person_id])[by.person_id] if by.person_id else []


def late_offers(*, cohort: Cohort, on: date, by: Actor) -> int:
    """How many offers have run out by that day and stand. :raises AccessDenied: for who does not choose."""
    by.require(Permission.LEARNER_ENROL, on=cohort)
    late = Enrolment.objects.filter(cohort=cohort, status=EnrolmentStatus.SELECTED, offer_until__lt=on)
    return late.count()
