"""Learners come in, and move through their time in a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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

from ..capacity import TAKEN, hold_limited, require_enough
from ..lifecycle import CohortStatus, EnrolmentStatus
from ..models import Cohort, Enrolment, EnrolmentChange, ExitReason, ParticipantKind, StudyMode
from ..moving_up import move_up
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
    job_to_return: str = ""
    # The key that an import has promised to the new place; else a fresh one.
    key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EnrolmentStep:
    """One step in a learner's time, on its day; ``exit_reason`` where it is a leaving that is counted by its reason."""

    enrolment: Enrolment
    to: EnrolmentStatus
    on: date
    reason: str = ""
    exit_reason: ExitReason | None = None


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
            job_to_return=place.job_to_return,
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
def move_enrolments(*, steps: Sequence[EnrolmentStep], by: Actor, at: datetime | None = None) -> int:
    """
    Move learners through their time, each on its day. One learner may take several steps, in their order. Return how many.

    A place that becomes free before teaching begins is offered to the first on the waiting list, who is told ``at`` that instant (without
    one nobody is told).

    :raises WrongMoment: names the first who cannot take a step; nobody is moved then. :raises NoPlaceLeft: if a cohort is full.
    """
    cohorts = {step.enrolment.cohort_id: step.enrolment.cohort for step in steps}
    for cohort in cohorts.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    return take_enrolment_steps(steps=steps, at=at, by=by)


def take_enrolment_steps(*, steps: Sequence[EnrolmentStep], at: datetime | None, by: Actor) -> int:
    """As ``move_enrolments``, for who may already; in an open transaction."""
    limited = hold_limited({step.enrolment.cohort_id for step in steps})
    held = {each.pk: each for each in _hold({step.enrolment.pk for step in steps})}
    was_taken = {key for key, each in held.items() if each.status in TAKEN}
    if waiting := [key for key, each in held.items() if each.waiting is not None]:
        Enrolment.objects.filter(pk__in=waiting).update(waiting=None)
    take_steps([Step(held[step.enrolment.pk], step.to, step.on, step.reason) for step in steps], by=by)
    _write_exit_reasons(steps)
    for step in steps:
        step.enrolment.status, step.enrolment.waiting = held[step.enrolment.pk].status, None
    gained = {each.cohort_id for each in held.values() if each.status in TAKEN and each.pk not in was_taken}
    lost = {each.cohort_id for each in held.values() if each.status not in TAKEN and each.pk in was_taken}
    require_enough(limited, gained)
    _remember("training.enrolments_moved", [step.enrolment for step in steps], by=by)
    if steps:
        last = max(step.on for step in steps)
        move_up([cohort for cohort in limited if cohort.pk in lost], on=last, at=at, by=by)
    return len(steps)


def _write_exit_reasons(steps: Sequence[EnrolmentStep]) -> None:
    of: dict[ExitReason, list[UUID]] = {}
    for step in steps:
        if step.exit_reason is not None:
            of.setdefault(step.exit_reason, []).append(step.enrolment.pk)
    for reason, keys in of.items():
        Enrolment.objects.filter(pk__in=keys).update(exit_reason=reason)


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
