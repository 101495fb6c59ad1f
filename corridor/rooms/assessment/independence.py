"""Nobody assesses whom they teach, are close to, or work with: looked at over every cohort, and over all records of one human being."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment, ParticipantKind

from .models import Employment, Judges, Scheme, StatedRelation
from .refusals import AssessorIsTrainer, ConflictOfInterest, OwnAssessor

# Who was never in the room was taught by nobody there.
NEVER_TAUGHT = (EnrolmentStatus.APPLIED, EnrolmentStatus.SELECTED, EnrolmentStatus.NEVER_STARTED)
AT_ONCE = 500
# Whom an organisation sends that employs them; a student's school employs nobody among its students.
EMPLOYED = (ParticipantKind.TEACHER, ParticipantKind.COMPANY_EMPLOYEE)


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


def require_unconflicted(cases: Sequence[tuple[Person, Enrolment, date]]) -> None:
    """
    Refuse an assessor who is said to be close to the learner, or works on that day for the organisation that sends the learner as one of its
    teachers or employees.

    :raises ConflictOfInterest: says which of the two; never how close.
    """
    records = same_person_ids({assessor.pk for assessor, _, _ in cases} | {each.person_id for _, each, _ in cases})
    selves = {key for assessor, _, _ in cases for key in records[assessor.pk]}
    close = set(StatedRelation.objects.filter(assessor__in=selves).values_list("assessor_id", "learner_id"))
    employed: dict[UUID, list[Employment]] = {}
    for each in Employment.objects.filter(person__in=selves):
        employed.setdefault(each.person_id, []).append(each)
    for assessor, enrolment, day in cases:
        named = {"assessor": assessor.reference, "learner": str(enrolment)}
        mine = records[assessor.pk]
        if any((key, learner) in close for key in mine for learner in records[enrolment.person_id]):
            raise ConflictOfInterest(
                N_("%(assessor)s and the learner of %(learner)s are said to be close. Somebody else assesses."), **named
            )
        if enrolment.participant_kind not in EMPLOYED or enrolment.sending_organisation_id is None:
            continue
        for each in (one for key in mine for one in employed.get(key, ())):
            if each.organisation_id == enrolment.sending_organisation_id and each.holds_on(day):
                raise ConflictOfInterest(
                    N_("%(assessor)s and the learner of %(learner)s work for the same organisation. Somebody else assesses."),
                    **named,
                )  # fmt: skip


def works_for(person: Person, organisation: UUID, *, on: date) -> bool:
    """Whether somebody, under whichever record, works for an organisation on that day."""
    rows = Employment.objects.filter(person__in=same_person_ids({person.pk})[person.pk], organisation=organisation)
    return any(each.holds_on(on) for each in rows)


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


def require_from_outside(scheme: Scheme, assessor: Person, cohort: Cohort, *, on: date) -> None:
    """:raises ConflictOfInterest: for somebody of the site's host, where the scheme wants somebody from elsewhere."""
    if scheme.judges == Judges.OUTSIDE and works_for(assessor, cohort.site.host_id, on=on):
        raise ConflictOfInterest(
            N_("%(assessor)s works for the host of %(site)s; %(unit)s is assessed by somebody from elsewhere."),
            assessor=assessor.reference, site=cohort.site.reference, unit=scheme.unit.code,
        )  # fmt: skip
