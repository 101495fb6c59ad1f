"""Nobody assesses whom they teach: looked at over every cohort of the learner, and over all records of one human being."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import CohortTrainer, Enrolment

from .refusals import AssessorIsTrainer, OwnAssessor

# Who was never in the room was taught by nobody there.
NEVER_TAUGHT = (EnrolmentStatus.APPLIED, EnrolmentStatus.SELECTED, EnrolmentStatus.NEVER_STARTED)
AT_ONCE = 500


def require_independent(pairs: Sequence[tuple[Person, Enrolment]]) -> None:
    """
    Refuse an assessor who is the learner, or teaches the learner in whatever cohort. Each pair: the assessor and the learner's place.

    :raises OwnAssessor: :raises AssessorIsTrainer: names the first, and the cohort in which the learner is taught.
    """
    learners = {enrolment.person_id for _, enrolment in pairs}
    records = same_person_ids(learners | {assessor.pk for assessor, _ in pairs})
    taught = _taught(key for learner in learners for key in records[learner])
    for assessor, enrolment in pairs:
        learner, selves = records[enrolment.person_id], records[assessor.pk]
        if learner & selves:
            raise OwnAssessor(
                N_("%(assessor)s is the learner here; nobody assesses oneself."),
                assessor=assessor.reference, cohort=enrolment.cohort.reference,
            )  # fmt: skip
        for key in learner:
            for cohort, trainer in taught.get(key, ()):
                if trainer in selves:
                    raise AssessorIsTrainer(
                        N_("%(assessor)s teaches the learner of %(learner)s in %(cohort)s and cannot assess them."),
                        assessor=assessor.reference, learner=str(enrolment), cohort=cohort,
                    )  # fmt: skip


def _taught(persons: Iterable[UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    """For each record: the cohorts it is taught in, with each trainer."""
    places: list[tuple[UUID, UUID]] = []
    keys = list(dict.fromkeys(persons))
    for start in range(0, len(keys), AT_ONCE):
        enrolments = Enrolment.objects.filter(person__in=keys[start : start + AT_ONCE]).exclude(status__in=NEVER_TAUGHT)
        places += enrolments.values_list("person_id", "cohort_id")
    trainers: dict[UUID, list[tuple[str, UUID]]] = {}
    cohorts = list(dict.fromkeys(cohort for _, cohort in places))
    for start in range(0, len(cohorts), AT_ONCE):
        rows = CohortTrainer.objects.filter(cohort__in=cohorts[start : start + AT_ONCE])
        for cohort, reference, trainer in rows.values_list("cohort_id", "cohort__reference", "person_id"):
            trainers.setdefault(cohort, []).append((reference, trainer))
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for person, cohort in places:
        found.setdefault(person, []).extend(trainers.get(cohort, ()))
    return found
