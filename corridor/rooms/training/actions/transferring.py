"""Moving learners to another cohort, at this site or another: the old place ends with where to, the new one begins with where from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..capacity import hold_limited, require_enough
from ..lifecycle import EnrolmentStatus
from ..models import Cohort, Enrolment, EnrolmentChange
from ..moving_up import move_up
from ..refusals import CohortIsClosed
from .enrolling import CLOSED


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """``number`` is the seat in the new cohort; None takes the next free one."""

    enrolment: Enrolment
    to: Cohort
    on: date
    reason: str = ""
    number: int | None = None


def transfer_learner(*, transfer: Transfer, by: Actor) -> Enrolment:
    """Move one learner; the new place. Refuses as transfer_learners."""
    return transfer_learners(transfers=[transfer], by=by)[0]


@transaction.atomic
def transfer_learners(*, transfers: Sequence[Transfer], by: Actor) -> list[Enrolment]:
    """
    Move learners. Attendance and decisions stay with the old place, which is transferred from that day; the new one is enrolled from it.
    Figures of persons count the human being once, however many places.

    The actor may give places in both cohorts.

    :raises NoPlaceLeft: if the new cohort is full. :raises WrongMoment: if a place has ended. :raises CohortIsClosed: if the new cohort has finished.
    :raises BadInput: for the same cohort, a taken seat, or a person who has a place there.
    """
    cohorts = {each.pk: each for t in transfers for each in (t.enrolment.cohort, t.to)}
    for cohort in cohorts.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    targets = {each.pk: each for each in Cohort.objects.select_for_update().filter(pk__in=cohorts).order_by("pk")}
    for target in {t.to.pk for t in transfers}:
        if targets[target].status in CLOSED:
            raise CohortIsClosed(
                N_("%(cohort)s is “%(now)s”; it takes no more learners."),
                cohort=targets[target].reference, now=targets[target].get_status_display(),
            )  # fmt: skip
    held = {
        each.pk: each
        for each in Enrolment.objects.select_for_update(of=("self",))
        .filter(pk__in=[t.enrolment.pk for t in transfers])
        .select_related("cohort")
        .order_by("pk")
    }
    made = _places(transfers)
    _refuse(transfers, made)
    take_steps([Step(held[t.enrolment.pk], EnrolmentStatus.TRANSFERRED, t.on, t.reason) for t in transfers], by=by)
    with contested(lambda: _refuse(transfers, made)):
        Enrolment.objects.bulk_create(made, batch_size=500)
    EnrolmentChange.objects.bulk_create(
        [
            EnrolmentChange(
                enrolment=place, from_status=before, to_status=to, effective_on=t.on, by_label=by.label, reason=t.reason
            )
            for place, t in zip(made, transfers, strict=True)
            for before, to in (("", EnrolmentStatus.APPLIED), (EnrolmentStatus.APPLIED, EnrolmentStatus.ENROLLED))
        ],
        batch_size=500,
    )
    limited = hold_limited(cohorts)
    require_enough(limited, {t.to.pk for t in transfers})
    left = {t.enrolment.cohort_id for t in transfers}
    move_up([each for each in limited if each.pk in left], on=max(t.on for t in transfers), at=None, by=by)
    for t in transfers:
        t.enrolment.status = held[t.enrolment.pk].status
    log.record_each("training.transferred", by=by, subjects=made)
    return made


def _places(transfers: Sequence[Transfer]) -> list[Enrolment]:
    targets = {t.to.pk for t in transfers}
    rows = Enrolment.objects.filter(cohort__in=targets).order_by().values_list("cohort").annotate(last=Max("number"))
    last = dict(rows)
    made = []
    for t in transfers:
        number = t.number
        if number is None:
            number = last[t.to.pk] = (last.get(t.to.pk) or 0) + 1
        made.append(
            Enrolment(
                cohort=t.to, person_id=t.enrolment.person_id, number=number, moved_from=t.enrolment,
                participant_kind=t.enrolment.participant_kind, study_mode=t.enrolment.study_mode,
                sending_organisation_id=t.enrolment.sending_organisation_id, job_to_return=t.enrolment.job_to_return, status=EnrolmentStatus.ENROLLED,
            )
        )  # fmt: skip
    return made


def _refuse(transfers: Sequence[Transfer], made: Sequence[Enrolment]) -> None:
    taken = Enrolment.objects.filter(cohort__in={t.to.pk for t in transfers})
    seats, persons = set(), set()
    for cohort, number, person in taken.values_list("cohort_id", "number", "person_id"):
        seats.add((cohort, number))
        persons.add((cohort, person))
    problems = []
    for t, place in zip(transfers, made, strict=True):
        named = {"cohort": t.to.reference, "number": place.number, "person": t.enrolment.person.reference}
        if t.to.pk == t.enrolment.cohort_id:
            problems.append(
                Problem(N_("%(person)s is in %(cohort)s already; choose another cohort."), named, column="to")
            )
        elif (t.to.pk, place.person_id) in persons:
            problems.append(Problem(N_("%(person)s already has a place in %(cohort)s."), named, column="to"))
        if (t.to.pk, place.number) in seats:
            problems.append(Problem(N_("Seat %(number)s of %(cohort)s is taken."), named, column="number"))
        seats.add((t.to.pk, place.number))
        persons.add((t.to.pk, place.person_id))
    if problems:
        raise BadInput(problems)
