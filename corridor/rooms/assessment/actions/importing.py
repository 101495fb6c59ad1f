"""What an import changes in decisions that are open, and how it is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import take_back
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..judging import checklist_of, require_fit_of
from ..lifecycle import DecisionStatus
from ..models import Decision, DecisionChange, Finding, SignOff
from ..moderating import require_not_blind
from ..refusals import DecisionIsFinal
from .deciding import _require_own

FIELDS = ("result", "decided_on", "evidence_note")


@dataclass(frozen=True)
class DecisionChanged:
    """New values of an open decision: "result", "decided_on", "evidence_note"."""

    decision: Decision
    values: Mapping[str, Any]


@transaction.atomic
def change_decisions(*, changes: Sequence[DecisionChanged], by: Actor) -> int:
    """
    Change decisions that are not final yet, each by its own assessor. Return how many.

    :raises DecisionIsFinal: names the first that is final; nothing is changed then.
    """
    wanted = {each.decision.pk: each for each in changes if each.values}
    held = _hold(list(wanted), by=by)
    for decision in held:
        _require_own(decision.assessor, decision.enrolment, by=by)
        if decision.status != DecisionStatus.ASSESSED:
            raise DecisionIsFinal(N_("Decision %(decision)s is final; it does not change."), decision=str(decision))
        for field, value in wanted[decision.pk].values.items():
            setattr(decision, field, value)
        decision.version += 1
        require_fit_of(
            decision, result=decision.result, day=decision.decided_on, note=decision.evidence_note,
            findings=checklist_of(decision),
        )  # fmt: skip
    require_not_blind(held)
    Decision.objects.bulk_update(held, [*FIELDS, "version"], batch_size=500)
    log.record_each("assessment.decision_changed", by=by, subjects=held)
    return len(held)


@transaction.atomic
def reopen_decisions(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Open decisions again that an import made final by mistake.

    :raises BuiltOn: if a later attempt stands on one.
    """
    held = _hold(keys, by=by)
    _require_last(held)
    for decision in held:
        if decision.status == DecisionStatus.FINAL:
            take_back(decision)
    log.record_each("assessment.reopened", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_decisions(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away decisions that an import recorded by mistake.

    :raises BuiltOn: if a certificate or a later attempt stands on one.
    """
    held = _hold(keys, by=by)
    _require_last(held)
    try:
        with transaction.atomic():
            DecisionChange.objects.filter(decision__in=held).delete()
            Finding.objects.filter(decision__in=held).delete()
            SignOff.objects.filter(decision__in=held).delete()
            Decision.objects.filter(pk__in=[each.pk for each in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these decisions since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("assessment.import_undone", by=by, subjects=held)
    return len(held)


def _hold(keys: Sequence[UUID], *, by: Actor) -> list[Decision]:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("enrolment__cohort", "unit", "assessor")
    held = list(rows.filter(pk__in=keys).order_by("pk"))
    for cohort in {each.enrolment.cohort_id: each.enrolment.cohort for each in held}.values():
        by.require(Permission.DECISION_RECORD, on=cohort)
    return held


def _require_last(held: Sequence[Decision]) -> None:
    own = {decision.pk for decision in held}
    later = Decision.objects.filter(enrolment__in={each.enrolment_id for each in held}).exclude(pk__in=own)
    last: dict[tuple[UUID, UUID], int] = {}
    for enrolment, unit, attempt in later.values_list("enrolment_id", "unit_id", "attempt"):
        last[enrolment, unit] = max(attempt, last.get((enrolment, unit), 0))
    for decision in held:
        if last.get((decision.enrolment_id, decision.unit_id), 0) > decision.attempt:
            raise BuiltOn(
                N_("A later attempt stands on %(decision)s; the import cannot be taken back."), decision=str(decision)
            )
