"""Closing a cohort: everything taught is signed, everything decided is final, and whoever took part has completed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_
from corridor.rooms.assessment.counting import open_decisions, with_final_decision
from corridor.rooms.assessment.refusals import DecisionsAreOpen
from corridor.rooms.training import actions as training
from corridor.rooms.training.actions import CohortStep, EnrolmentStep
from corridor.rooms.training.counting import with_attendance
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment
from corridor.rooms.training.progress import require_all_sessions_ended


@dataclass(frozen=True)
class Closing:
    """A closed cohort: how many completed now, how many had before, and how many stay open because nothing shows they took part."""

    cohort: Cohort
    completed: int
    completed_before: int
    without_evidence: int


@transaction.atomic
def close_cohort(*, cohort: Cohort, on: date, by: Actor) -> Closing:
    """
    Close a cohort, on that day: it becomes assessed, and everybody who attends and can show it (a counted attendance or a final
    decision) completes.

    :raises SessionsAreOpen: says how many sessions are neither locked nor cancelled.
    :raises DecisionsAreOpen: says how many decisions are not final.
    :raises WrongMoment: if it has not begun, or is closed already.
    """
    by.require(Permission.COHORT_CLOSE, on=cohort)
    why_not = obstacles(cohort=cohort, by=by)
    if why_not:
        raise why_not[0]
    steps = [CohortStep(cohort=cohort, to=CohortStatus.ASSESSED, on=on)]
    if cohort.status == CohortStatus.RUNNING:
        steps.insert(0, CohortStep(cohort=cohort, to=CohortStatus.FINISHED, on=on))
    training.move_cohorts(steps=steps, by=by)

    enrolments = Enrolment.objects.filter(cohort=cohort).select_related("cohort")
    before = enrolments.filter(status=EnrolmentStatus.COMPLETED).count()
    attending = list(with_final_decision(with_attendance(enrolments.filter(status=EnrolmentStatus.ATTENDING))))
    proven = [each for each in attending if each.attended or each.decided]  # type: ignore[attr-defined]
    training.move_enrolments(
        steps=[EnrolmentStep(enrolment=each, to=EnrolmentStatus.COMPLETED, on=on) for each in proven], by=by
    )
    return Closing(cohort, len(proven), before, len(attending) - len(proven))


def obstacles(*, cohort: Cohort, by: Actor) -> list[Refusal]:
    """What stands in the way of closing, each as its refusal; a page lists them before anybody presses the button."""
    by.require(Permission.COHORT_CLOSE, on=cohort)
    found: list[Refusal] = []
    try:
        require_all_sessions_ended(cohort)
    except Refusal as refused:
        found.append(refused)
    still_open = open_decisions(cohort)
    if still_open:
        found.append(
            DecisionsAreOpen(
                N_("%(open)s decisions about %(cohort)s are not final yet. Their assessors make them final."),
                open=still_open, cohort=cohort.reference,
            )
        )  # fmt: skip
    return found
