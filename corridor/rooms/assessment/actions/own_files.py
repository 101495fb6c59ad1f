"""Files that learners added to their path, taken as evidence of a unit: one file with one fingerprint, shown in both places."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import OwnEvidence

from ..lifecycle import DecisionStatus
from ..models import Decision, Evidence
from ..pieces import remove_evidence
from ..refusals import StandsOnIt
from .evidence import EvidenceDraft, declare_evidence


@transaction.atomic
def take_own_file(
    *, own: OwnEvidence, unit: Unit, attempt: int, criteria: Sequence[UUID], at: datetime, by: Actor
) -> Evidence:
    """
    Let a file that the learner added show criteria of a unit. It stays the learner's and is kept once; taken again it is the same evidence.

    :raises BadInput: for a file that the learner added for another unit, or criteria of another one.
    :raises DecisionIsFinal: once the decision that it would show is final.
    """
    by.require(Permission.DECISION_RECORD, on=own.enrolment)
    if own.unit_id is not None and own.unit_id != unit.pk:
        text = N_("The learner added this file for another unit. Ask the learner to add it for this one.")
        raise BadInput([Problem(text, file=own.document.file_name, column="own")])
    kept = own.document
    draft = EvidenceDraft(
        enrolment=own.enrolment, unit=unit, file_name=kept.file_name, size=kept.size, sha256=kept.sha256, attempt=attempt, caption=own.words,
        criteria=tuple(criteria),
    )  # fmt: skip
    made = declare_evidence(draft=draft, at=at, by=by)
    if made.document_id is None:
        made.document = kept
        made.save(update_fields=["document"])
        log.record("assessment.own_file_taken", by=by, subject=made)
    return made


@transaction.atomic
def let_go_of_own_file(*, own: OwnEvidence, by: Actor) -> int:
    """
    The learner takes the file away: it is evidence no more. Return of how many.

    :raises StandsOnIt: once a final decision stands on it.
    """
    by.require(Permission.OWN_EVIDENCE_ADD, on=own.enrolment)
    taken = list(Evidence.objects.filter(enrolment=own.enrolment_id, document=own.document_id).select_related("unit"))
    for each in taken:
        decided = Decision.objects.filter(enrolment=each.enrolment_id, unit=each.unit_id, attempt=each.attempt)
        if decided.exclude(status=DecisionStatus.ASSESSED).exists():
            raise StandsOnIt(
                N_("What was decided in %(unit)s stands on this file, so it stays. Ask under “My data” what else can be done."),
                unit=each.unit.code,
            )  # fmt: skip
    log.record_each("assessment.evidence_discarded", by=by, subjects=taken)
    remove_evidence(taken, by=by)
    return len(taken)
