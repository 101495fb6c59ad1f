"""Two assessors decided about the same attempt; a named person lets the later word stand, and the first one counts nowhere."""

from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from ..lifecycle import DecisionStatus
from ..models import Decision, Evidence
from ..moderating import require_not_blind
from ..refusals import DecisionIsFinal


@transaction.atomic
def set_aside_decision(*, decision: Decision, reason: str, on: date, by: Actor) -> Decision:
    """
    A decision that is not final counts nowhere any more; it stays to be read, and another attempt may follow.

    :raises DecisionIsFinal: a final one is set aside by an appeal alone. :raises DecisionIsDrawn: while it is judged a second time.
    :raises AccessDenied: for its own assessor.
    """
    by.require(Permission.DECISION_MODERATE, on=decision)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("enrolment__cohort", "unit", "assessor")
    held = rows.get(pk=decision.pk)
    if by.person_id is not None and by.person_id == held.assessor_id:
        raise AccessDenied(N_("You judged this one. Somebody else settles it."))
    if held.status != DecisionStatus.ASSESSED:
        raise DecisionIsFinal(N_("Decision %(decision)s is final; it does not change."), decision=str(held))
    require_not_blind([held])
    move(held, to=DecisionStatus.OVERTURNED, on=max(on, held.decided_on), by=by, reason=reason)
    log.record("assessment.set_aside", by=by, subject=held)
    return held


@transaction.atomic
def move_evidence(*, decision: Decision, to: int, added_by: str, by: Actor) -> int:
    """What an assessor added to the attempt of a decision that was set aside shows the attempt that follows it. Return how many files."""
    by.require(Permission.DECISION_MODERATE, on=decision)
    there = Evidence.objects.filter(enrolment=decision.enrolment_id, unit=decision.unit_id, added_by=added_by)
    return there.filter(attempt=decision.attempt).update(attempt=to)
