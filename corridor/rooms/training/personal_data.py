"""What the training room holds about one human being; an erasure keeps the places and marks, which figures count."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from . import personal_data_of_learners as of_learners
from . import personal_data_of_trainers as of_trainers
from .lifecycle import EnrolmentStatus
from .models import Attendance, CohortTrainer, Enrolment, EnrolmentChange, Mark, ParticipantKind

_TO_COUNT = N_("To know who learns where, and to show that it happened.")
_FOR_GOOD = N_("For good: figures are counted from it. After an erasure nothing in it says who you were.")
_COUNTED = N_("Figures were counted from it; without a name and a day of birth it is a place in a cohort and nobody’s.")


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. Eight statements."""
    places = Enrolment.objects.filter(person__in=keys).select_related("cohort", "sending_organisation")
    marks = Attendance.objects.filter(enrolment__person__in=keys).select_related("session__cohort")
    taught = CohortTrainer.objects.filter(person__in=keys).select_related("cohort")
    return [
        PersonalPart(
            "enrolments", N_("Places in cohorts"), ("training.Enrolment", "training.EnrolmentChange"),
            Permission.LEARNER_VIEW, _TO_COUNT, _FOR_GOOD, OnErasure.STAYS, _COUNTED,
            {
                "cohort": N_("Cohort"), "number": N_("Seat"), "took_part_as": N_("Took part as"), "status": N_("State"),
                "sent_by": N_("Sent by"),
            },
            [
                {
                    "cohort": each.cohort.reference, "number": each.number, "took_part_as": each.participant_kind,
                    "status": each.status,
                    "sent_by": each.sending_organisation.reference if each.sending_organisation else None,
                }
                for each in places.order_by("cohort__starts_on", "pk")
            ],
            {"took_part_as": dict(ParticipantKind.choices), "status": dict(EnrolmentStatus.choices)},
        ),
        PersonalPart(
            "attendance", N_("Attendance"), ("training.Attendance",), Permission.LEARNER_VIEW, _TO_COUNT, _FOR_GOOD,
            OnErasure.STAYS, _COUNTED, {"cohort": N_("Cohort"), "held_on": N_("Day"), "mark": N_("Mark")},
            [
                {
                    "cohort": each.session.cohort.reference, "held_on": each.session.held_on.isoformat(),
                    "mark": each.mark,
                }
                for each in marks.order_by("session__held_on", "session__number", "pk")
            ],
            {"mark": dict(Mark.choices)},
        ),
        PersonalPart(
            "taught", N_("Cohorts taught"), ("training.CohortTrainer",), Permission.COHORT_VIEW,
            N_("To show who taught, and that nobody judges the own learners."), _FOR_GOOD, OnErasure.STAYS, _COUNTED,
            {"cohort": N_("Cohort")}, [{"cohort": each.cohort.reference} for each in taught.order_by("cohort__reference")],
        ),
        *of_learners.personal_data(keys),
        *of_trainers.personal_data(keys),
    ]  # fmt: skip


def record_keys(keys: Collection[UUID]) -> list[UUID]:
    """The keys of the places and marks of these persons: rows of sheets are about them."""
    places = Enrolment.objects.filter(person__in=keys).values_list("pk", flat=True)
    marks = Attendance.objects.filter(enrolment__person__in=keys).values_list("pk", flat=True)
    return [*places, *marks]


def forget(keys: Collection[UUID], *, by: Actor) -> int:
    """Make the reasons written beside changes of these persons' places empty: they may tell of an illness. Return how many."""
    by.require(Permission.PERSON_ERASE)
    places = list(Enrolment.objects.filter(person__in=keys).order_by("pk"))
    rows = EnrolmentChange.objects.filter(enrolment__in=places).exclude(reason="")
    count = rows.update(reason="") + of_learners.forget(keys, by=by) + of_trainers.forget(keys, by=by)
    log.record_each("training.words_erased", by=by, subjects=places)
    return count
