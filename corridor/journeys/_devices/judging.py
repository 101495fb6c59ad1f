"""
What assessors judged on devices, handed to the action that the page of a decision calls, in the name of the assessor whose device it is.
What cannot be taken as it is comes back with a reason, and a named person decides (``settle_judgement``).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.journal.keeping import ConflictDraft
from corridor.foundations.journal.models import Conflict, Event
from corridor.foundations.journal.queries import payload_of
from corridor.kernel.errors import AccessDenied, BadInput, Refusal, StaleForm
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, refusals
from corridor.rooms.assessment.actions import EvidenceDraft, NewDecision
from corridor.rooms.assessment.models import Decision, Evidence, Scheme
from corridor.rooms.assessment.queries import TO_ASSESS
from corridor.rooms.assessment.schemes import schemes_on
from corridor.rooms.members import queries as members
from corridor.rooms.members.models import Organisation
from corridor.rooms.people import queries as people
from corridor.rooms.training.models import Enrolment, Placement
from corridor.rooms.training.refusals import HoursAreMissing

from .judgements import (
    SCOPE,
    Judgement,
    SignatureTold,
    decision_that_stands,
    place_of,
    read_judgement,
    read_signature,
    unit_of,
)

WHY: tuple[tuple[type[Refusal], str], ...] = (
    (refusals.AlreadyDecided, "other_decision"), (refusals.DecisionIsFinal, "other_decision"),
    (refusals.NoFurtherAttempt, "other_decision"), (refusals.DecisionIsDrawn, "other_decision"), (StaleForm, "other_decision"),
    (refusals.NoAttemptLeft, "no_attempt_left"), (refusals.NotLicensed, "not_licensed"), (refusals.NotCapable, "not_capable"),
    (HoursAreMissing, "hours_missing"), (refusals.ChecklistIncomplete, "checklist"), (refusals.ContradictsChecklist, "checklist"),
    (refusals.NotAssessing, "not_assessing"), (refusals.NotALearner, "not_candidate"), (refusals.NotAppointed, "not_assessor"),
    (refusals.AssessorIsTrainer, "not_independent"), (refusals.OwnAssessor, "not_independent"),
    (refusals.ConflictOfInterest, "not_independent"), (AccessDenied, "not_assessor"),
)  # fmt: skip


def scope_of(event: Event) -> tuple[str, UUID] | None:
    """Whose inbox it lies in; None: nobody knows that place."""
    cohort = Enrolment.objects.filter(pk=event.subject).values_list("cohort_id", flat=True).first()
    return (SCOPE, cohort) if cohort else None


def take_judgement(event: Event, at: datetime, by: Actor) -> Sequence[ConflictDraft]:
    """The decision about one learner in one unit, with its checklist. It is kept under the key of the event."""
    told = read_judgement(event)
    place = place_of(told.place)
    why = _why_not(event, told, place, at=at, by=by)
    if not why:
        try:
            with transaction.atomic():
                write_judgement(told, place=place, key=event.pk, by=by)
        except BadInput:
            raise
        except Refusal as refusal:
            why = _reason(refusal, "other_decision")
    if not why:
        return []
    stands = decision_that_stands(told, place)
    if why == "other_decision" and stands is not None and _says_as(stands, told, by=by):
        return []
    return [
        ConflictDraft(
            reason=why, scope_kind=SCOPE, scope_key=place.cohort_id, about=place.pk, brought=told.result,
            standing=stands.result if stands is not None else "", standing_by=stands.assessor.reference if stands is not None else "",
        )
    ]  # fmt: skip


def take_signature(event: Event, at: datetime, by: Actor) -> Sequence[ConflictDraft]:
    """A name under a decision. One under a judgement that waits for a named person waits with it."""
    told, place = read_signature(event), place_of(event.subject)
    if told.judged and Conflict.objects.filter(event=told.judged, outcome=Conflict.Outcome.WAITING).exists():
        return [_draft("follows", place)]
    held = Decision.objects.filter(pk=told.decision, enrolment=place).first()
    version: int | None = told.version
    if held is None and told.judged:
        # Somebody had said the same before: the signature is under that.
        judged = Event.objects.filter(pk=told.judged, subject=place.pk, state=Event.State.APPLIED).first()
        held, version = decision_that_stands(read_judgement(judged), place) if judged is not None else None, None
    if held is None or version not in {None, held.version}:
        return [_draft("signature_stale", place)]
    try:
        with transaction.atomic():
            write_signature(told, decision=held, at=at, by=by)
    except refusals.SignedAlready:
        signed = held.signoffs.get(role=told.role, decision_version=held.version)
        return [] if signed.name == told.name.strip()[:150] else [_draft("not_signable", place)]
    except BadInput:
        raise
    except Refusal:
        return [_draft("not_signable", place)]
    return []


def take_evidence(event: Event, at: datetime, by: Actor) -> Sequence[ConflictDraft]:
    """Word of a file that the device holds; its pieces come by a way of their own."""
    told, place = payload_of(event), place_of(event.subject)
    draft = EvidenceDraft(
        enrolment=place, unit=unit_of(UUID(str(told["unit"])), place), file_name=str(told["file_name"]), size=int(told["size"]),
        sha256=str(told["sha256"]), attempt=int(told["attempt"]), caption=str(told.get("caption") or ""),
        criteria=tuple(UUID(str(each)) for each in told.get("criteria", [])), key=UUID(str(told["evidence"])),
    )  # fmt: skip
    try:
        with transaction.atomic():
            actions.declare_evidence(draft=draft, at=at, by=by)
    except Refusal:
        return [_draft("evidence_refused", place)]
    return []


def take_evidence_off(event: Event, _at: datetime, by: Actor) -> Sequence[ConflictDraft]:
    """A file that was taken off again before it was signed; gone already it is gone."""
    told, place = payload_of(event), place_of(event.subject)
    found = Evidence.objects.filter(pk=UUID(str(told["evidence"])), enrolment=place).first()
    if found is None:
        return []
    try:
        with transaction.atomic():
            actions.discard_evidence(evidence=found, by=by)
    except Refusal:
        return [_draft("evidence_refused", place)]
    return []


def write_judgement(
    told: Judgement, *, place: Enrolment, key: UUID, by: Actor, scheme: Scheme | None = None
) -> Decision:
    """
    Record it, or change the decision that it saw, as the page does.

    :raises Refusal: whatever the page refuses; StaleForm also where the decision that it saw is not there.
    """
    if told.saw is not None:
        decision = Decision.objects.filter(pk=told.saw[0], enrolment=place, unit=told.unit).first()
        if decision is None:
            raise StaleForm(N_("Decision %(decision)s was changed since you opened it."), decision=str(place))
        return actions.change_decision(
            decision=decision, result=told.result, evidence_note=told.note, decided_on=told.decided_on, version=told.saw[1], by=by,
            findings=told.findings if decision.checklist == "here" else None,
        )  # fmt: skip
    new = NewDecision(
        enrolment=place, unit=unit_of(told.unit, place), assessor=people.get_self(by=by), result=told.result, decided_on=told.decided_on,
        attempt=told.attempt, evidence_note=told.note, findings=told.findings, scheme=scheme, key=key,
    )  # fmt: skip
    return actions.record_decisions(decisions=[new], by=by)[0]


def write_signature(told: SignatureTold, *, decision: Decision, at: datetime, by: Actor) -> None:
    firm = company_of(told.organisation, decision.enrolment, by=by) if told.organisation else None
    actions.sign_decision(
        decision=decision, role=told.role, name=told.name, stance=told.stance, organisation=firm, at=at, by=by
    )


def company_of(reference: str, place: Enrolment, *, by: Actor) -> Organisation:
    """A company where learners of the cohort are placed, member or not; else whatever the assessor may name. :raises NotFound:"""
    placed = Placement.objects.filter(enrolment__cohort=place.cohort_id, company__reference=reference)
    found = placed.select_related("company").first()
    return found.company if found is not None else members.get_organisation(reference=reference, by=by)


def _why_not(event: Event, told: Judgement, place: Enrolment, *, at: datetime, by: Actor) -> str:
    if not by.may(Permission.DECISION_RECORD, on=place.cohort):
        return "not_assessor"
    merged_at = place.person.merged_at
    if merged_at is not None and (event.seen_at is None or merged_at > event.seen_at):
        return "merged"
    if place.status not in TO_ASSESS:
        return "not_candidate"
    if told.decided_on > local_day(at, place.cohort.site.zone):
        return "wrong_day"
    if told.saw is None:
        unit = unit_of(told.unit, place)
        now = schemes_on([(unit.pk, told.decided_on)]).get((unit.pk, told.decided_on))
        if (now.pk if now is not None else None) != told.scheme:
            return "other_scheme"
    return ""


def _says_as(stands: Decision, told: Judgement, *, by: Actor) -> bool:
    """Whether the same assessor has said the same already: from another device, or on the page."""
    findings: Mapping[UUID, str] = dict(stands.findings.values_list("criterion", "found"))
    return (
        stands.attempt == told.attempt
        and stands.assessor_id == by.person_id
        and stands.result == told.result
        and stands.evidence_note.strip() == told.note.strip()
        and findings == {each.criterion: each.found.value for each in told.findings}
    )


def _reason(refusal: Refusal, otherwise: str) -> str:
    return next((reason for kind, reason in WHY if isinstance(refusal, kind)), otherwise)


def _draft(reason: str, place: Enrolment, **more: Any) -> ConflictDraft:
    return ConflictDraft(reason=reason, scope_kind=SCOPE, scope_key=place.cohort_id, about=place.pk, **more)
