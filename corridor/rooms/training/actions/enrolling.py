"""Learners come in, and move through their time in a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.inserting import insert_all
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..lifecycle import CohortStatus, EnrolmentStatus
from ..models import Cohort, Enrolment, EnrolmentChange, ParticipantKind, StudyMode
from ..refusals import CohortIsClosed

CLOSED = {
    CohortStatus.FINISHED.value,
    CohortStatus.ASSESSED.value,
    CohortStatus.CERTIFIED.value,
    CohortStatus.FOLLOWED_UP.value,
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A person's place in a cohort, to be given. ``number`` is the seat number that a register sheet prints."""

    cohort: Cohort
    number: int
    person: Person
    participant_kind: ParticipantKind
    study_mode: StudyMode
    applied_on: date
    sending_organisation: Organisation | None = None
    # The key that an import has promised to the new place; else a fresh one.
    key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EnrolmentStep:
    """One step in a learner's time, on its day."""

    enrolment: Enrolment
    to: EnrolmentStatus
    on: date
    reason: str = ""


@transaction.atomic
def enrol_learners(*, places: Sequence[Place], by: Actor) -> list[Enrolment]:
    """
    Give places in cohorts; each begins as applied, on its day.

    :raises CohortIsClosed: if a cohort has finished.
    :raises BadInput: for a seat number or a person that a cohort already has.
    """
    cohorts = {place.cohort.pk: place.cohort for place in places}
    for cohort in cohorts.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    for cohort in Cohort.objects.select_for_update().filter(pk__in=cohorts).order_by("pk"):
        if cohort.status in CLOSED:
            raise CohortIsClosed(
                N_("%(cohort)s is “%(now)s”; it takes no more learners."),
                cohort=cohort.reference, now=cohort.get_status_display(),
            )  # fmt: skip
    _require_free_places(places)
    enrolments = [
        Enrolment(
            pk=place.key or new_id(),
            cohort=place.cohort,
            person=place.person,
            number=place.number,
            participant_kind=place.participant_kind,
            sending_organisation=place.sending_organisation,
            study_mode=place.study_mode,
            status=EnrolmentStatus.APPLIED,
        )
        for place in places
    ]
    insert_all(enrolments)
    insert_all(
        [
            EnrolmentChange(
                enrolment=enrolment, from_status="", to_status=EnrolmentStatus.APPLIED,
                effective_on=place.applied_on, by_label=by.label,
            )
            for enrolment, place in zip(enrolments, places, strict=True)
        ]
    )  # fmt: skip
    _remember("training.enrolled", enrolments, by=by)
    return enrolments


@transaction.atomic
def move_enrolments(*, steps: Sequence[EnrolmentStep], by: Actor) -> int:
    """
    Move learners through their time, each on its day. One learner may take several steps, in their order. Return how many.

    :raises WrongMoment: names the first who cannot take a step; nobody is moved then.
    """
    cohorts = {step.enrolment.cohort_id: step.enrolment.cohort for step in steps}
    for cohort in cohorts.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    keys = {step.enrolment.pk for step in steps}
    held = {each.pk: each for each in _hold(keys)}
    take_steps([Step(held[step.enrolment.pk], step.to, step.on, step.reason) for step in steps], by=by)
    for step in steps:
        step.enrolment.status = held[step.enrolment.pk].status
    _remember("training.enrolments_moved", [step.enrolment for step in steps], by=by)
    return len(steps)


def _hold(keys: set[UUID]) -> list[Enrolment]:
    wanted = sorted(keys)
    held: list[Enrolment] = []
    for start in range(0, len(wanted), 500):
        rows = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=wanted[start : start + 500])
        held += rows.select_related("cohort").order_by("pk")
    return held


def _require_free_places(places: Sequence[Place]) -> None:
    taken = Enrolment.objects.filter(cohort__in={place.cohort.pk for place in places})
    numbers, persons = set(), set()
    for cohort, number, person in taken.values_list("cohort_id", "number", "person_id"):
        numbers.add((cohort, number))
        persons.add((cohort, person))
    problems = []
    for place in places:
        seat, who = (place.cohort.pk, place.number), (place.cohort.pk, place.person.pk)
        places_named = {"cohort": place.cohort.reference, "number": place.number, "person": place.person.reference}
        if seat in numbers:
            problems.append(Problem(N_("Seat %(number)s of %(cohort)s is taken."), places_named, column="number"))
        if who in persons:
            problems.append(Problem(N_("%(person)s already has a place in %(cohort)s."), places_named, column="person"))
        numbers.add(seat)
        persons.add(who)
    if problems:
        raise BadInput(problems)


def _remember(event: str, enrolments: Sequence[Enrolment], *, by: Actor) -> None:
    counts: dict[Cohort, int] = {}
    for enrolment in enrolments:
        counts[enrolment.cohort] = counts.get(enrolment.cohort, 0) + 1
    for cohort, count in counts.items():
        log.record(event, by=by, subject=cohort, count=count)
