"""From then on a decision counts, and never changes."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..independence import require_independent
from ..lifecycle import DecisionStatus
from ..models import Decision
from ..readiness import obstacles_of
from ..refusals import DecisionIsFinal


@transaction.atomic
def finalise_decisions(*, decisions: Sequence[tuple[Decision, date]], by: Actor) -> int:
    """
    Make decisions final, each on its day, on or after the day it was decided. Return how many.

    :raises DecisionIsFinal: names the first that is final already; none is then.
    :raises AssessorIsTrainer, OwnAssessor: if its assessor teaches, or is, the learner by now.
    :raises NotSigned, MediaPending, EvidenceMissing, DecisionIsDrawn: names the first to which something is lacking.
    """
    days = {decision.pk: on for decision, on in decisions}
    keys, held = list(days), []
    for start in range(0, len(keys), 500):
        rows = Decision.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + 500])
        held += rows.select_related("enrolment__cohort", "unit", "assessor").order_by("pk")
    for cohort in {each.enrolment.cohort_id: each.enrolment.cohort for each in held}.values():
        by.require(Permission.DECISION_FINALISE, on=cohort)
    for decision in held:
        if decision.status != DecisionStatus.ASSESSED:
            raise DecisionIsFinal(N_("Decision %(decision)s is final already."), decision=str(decision))
        if days[decision.pk] < decision.decided_on:
            raise BadInput(
                [
                    Problem(
                        N_("Decision %(decision)s cannot be final before %(day)s, when it was decided."),
                        {"decision": str(decision), "day": decision.decided_on},
                        column="final_on",
                    )
                ]
            )
    # Whoever has come to teach the learner since makes nothing final.
    require_independent([(decision.assessor, decision.enrolment) for decision in held])
    for refusal in obstacles_of(held):
        raise refusal
    move_each([(decision, days[decision.pk]) for decision in held], to=DecisionStatus.FINAL, by=by)
    log.record_each("assessment.made_final", by=by, subjects=held)
    return len(held)
