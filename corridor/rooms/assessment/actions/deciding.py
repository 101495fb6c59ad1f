"""Decisions, unit by unit: by an assessor who does not teach the learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import StaleForm
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment
from corridor.rooms.training.required_hours import require_hours

from ..attempts import require_attempts
from ..capability import require_capable
from ..independence import NEVER_TAUGHT, require_from_outside, require_independent, require_unconflicted
from ..judging import FindingDraft, Judged, checklist_of, require_fit, require_fit_of, write_findings
from ..lifecycle import DecisionStatus
from ..models import Appointment, ChecklistPlace, Decision, Result, Scheme, Way
from ..moderating import require_not_blind
from ..refusals import (
    DecisionIsFinal,
    NotALearner,
    NotAppointed,
    NotAssessing,
    NotInCurriculum,
)
from ..schemes import schemes_on

BEING_ASSESSED = {CohortStatus.RUNNING.value, CohortStatus.FINISHED.value}


@dataclass(frozen=True, kw_only=True)
class NewDecision:
    """An assessor's judgement of one learner in one unit. The enrolment comes with its cohort."""

    enrolment: Enrolment
    unit: Unit
    assessor: Person
    result: Result
    decided_on: date
    attempt: int = 1
    evidence_note: str = ""
    # What was seen of each criterion, where the unit has a scheme that day; or PAPER, where the checklist is kept on paper.
    findings: tuple[FindingDraft, ...] = ()
    checklist: ChecklistPlace = ChecklistPlace.HERE
    way: Way = Way.ASSESSMENT
    # The one that was before the assessor's eyes, where another has come into force since and a named person let it stand.
    scheme: Scheme | None = None
    # The key that an import has promised to the new decision; else a fresh one.
    key: UUID | None = None


@transaction.atomic
def record_decisions(*, decisions: Sequence[NewDecision], by: Actor) -> list[Decision]:
    """
    Record decisions, all or none, each by an assessor who was appointed by its day. They can be changed until they are final.

    :raises Refusal: NotAssessing, NotALearner, NotInCurriculum, AssessorIsTrainer, NotAppointed, OwnAssessor, ConflictOfInterest,
        AlreadyDecided, DecisionIsFinal, NoFurtherAttempt, NoAttemptLeft, NotCapable, NotLicensed, HoursAreMissing, ChecklistIncomplete,
        ContradictsChecklist.
    """
    cohorts = {each.enrolment.cohort_id: each.enrolment.cohort for each in decisions}
    for cohort in cohorts.values():
        by.require(Permission.DECISION_RECORD, on=cohort)
    # Hold the cohorts: a second attempt recorded at the same time must see the first.
    held = (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("site")
        .filter(pk__in=cohorts)
        .order_by("pk")
        .in_bulk()
    )
    for cohort in held.values():
        if cohort.status not in BEING_ASSESSED:
            raise NotAssessing(
                N_("%(cohort)s is “%(now)s”; decisions are made while it runs and after it has finished."),
                cohort=cohort.reference, now=cohort.get_status_display(),
            )  # fmt: skip
    _require_assessors(decisions, by=by)
    states = _states_of(decisions)
    for each in decisions:
        if states[each.enrolment.pk] in NEVER_TAUGHT:
            raise NotALearner(
                N_("%(learner)s is “%(now)s”; decisions are made about learners who have been taught."),
                learner=str(each.enrolment), now=EnrolmentStatus(states[each.enrolment.pk]).label,
            )  # fmt: skip
        if each.unit.version_id != held[each.enrolment.cohort_id].curriculum_version_id:
            raise NotInCurriculum(
                N_("Unit %(unit)s is not in the curriculum version that %(cohort)s follows."),
                unit=each.unit.code, cohort=each.enrolment.cohort.reference,
            )  # fmt: skip
    schemes = _schemes_of(decisions)
    require_attempts(decisions, schemes=schemes)
    require_capable(
        (held[each.enrolment.cohort_id].site, each.unit, each.assessor, each.decided_on) for each in decisions
    )
    require_hours((each.enrolment, each.unit, each.decided_on) for each in decisions if each.way == Way.ASSESSMENT)
    for each in decisions:
        if scheme := schemes.get((each.unit.pk, each.decided_on)):
            require_from_outside(scheme, each.assessor, held[each.enrolment.cohort_id], on=each.decided_on)
    require_fit(
        [_judged(each, scheme) for each in decisions if (scheme := schemes.get((each.unit.pk, each.decided_on)))],
        attempts={(each.enrolment.pk, each.unit.pk): each.attempt for each in decisions},
    )
    recorded = Decision.objects.bulk_create(
        [
            Decision(
                pk=each.key or new_id(),
                enrolment=each.enrolment,
                unit=each.unit,
                attempt=each.attempt,
                assessor=each.assessor,
                result=each.result,
                decided_on=each.decided_on,
                evidence_note=each.evidence_note,
                status=DecisionStatus.ASSESSED,
                scheme=schemes.get((each.unit.pk, each.decided_on)),
                checklist=each.checklist if (each.unit.pk, each.decided_on) in schemes else "",
                way=each.way,
            )
            for each in decisions
        ],
        batch_size=500,
    )
    pairs = [(one, each) for one, each in zip(recorded, decisions, strict=True) if one.checklist == ChecklistPlace.HERE]
    write_findings([(one, each.findings) for one, each in pairs])
    log.record_each("assessment.decided", by=by, subjects=recorded)
    return recorded


@transaction.atomic
def change_decision(
    *,
    decision: Decision,
    result: Result,
    evidence_note: str,
    decided_on: date,
    version: int,
    by: Actor,
    findings: Sequence[FindingDraft] | None = None,
) -> Decision:
    """
    Change a decision that is not final yet; only its own assessor does. ``findings`` None: the checklist stays as it is. Whoever has signed
    it signs anew.

    :raises DecisionIsFinal: also for one that was overturned. :raises DecisionIsDrawn: while, or since, it is judged a second time.
    :raises NotCapable, NotLicensed: for another day on which it cannot be. :raises ContradictsChecklist, ChecklistIncomplete:
    :raises StaleForm: if it was changed since ``version`` was read; carries both results.
    """
    by.require(Permission.DECISION_RECORD, on=decision)
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "enrolment__cohort__site", "unit__version__curriculum", "assessor", "scheme"
    )
    decision = rows.get(pk=decision.pk)
    _require_own(decision.assessor, decision.enrolment, by=by)
    if decision.status != DecisionStatus.ASSESSED:
        raise DecisionIsFinal(N_("Decision %(decision)s is final; it does not change."), decision=str(decision))
    require_not_blind([decision])
    if decision.version != version:
        raise StaleForm(
            N_("Decision %(decision)s was changed since you opened it."),
            theirs=str(Result(decision.result).label), yours=str(Result(result).label), decision=str(decision),
        )  # fmt: skip
    if decided_on != decision.decided_on:
        require_capable([(decision.enrolment.cohort.site, decision.unit, decision.assessor, decided_on)])
    require_unconflicted([(decision.assessor, decision.enrolment, decided_on)])
    seen = checklist_of(decision) if findings is None else {each.criterion: each.found for each in findings}
    require_fit_of(decision, result=result, day=decided_on, note=evidence_note, findings=seen)
    if findings is not None and decision.checklist == ChecklistPlace.HERE:
        decision.findings.all().delete()
        write_findings([(decision, findings)])
    decision.result, decision.evidence_note, decision.decided_on = result, evidence_note, decided_on
    decision.version += 1
    decision.save(update_fields=["result", "evidence_note", "decided_on", "version"])
    log.record("assessment.decision_changed", by=by, subject=decision)
    return decision


def _schemes_of(decisions: Sequence[NewDecision]) -> dict[tuple[UUID, date], Scheme]:
    """The scheme of each (unit, day): the one in force, or the one that a decision is let stand under."""
    stated = {(each.unit.pk, each.decided_on): each.scheme for each in decisions if each.scheme is not None}
    return schemes_on((each.unit.pk, each.decided_on) for each in decisions) | stated


def _judged(new: NewDecision, scheme: Scheme) -> Judged:
    label = f"{new.enrolment} {new.unit.code} ({new.attempt})"
    is_on_paper = new.checklist == ChecklistPlace.PAPER
    return Judged(
        case=(new.enrolment.pk, new.unit.pk), scheme=scheme, result=new.result, day=new.decided_on, note=new.evidence_note,
        label=label, findings=None if is_on_paper else {each.criterion: each.found for each in new.findings},
    )  # fmt: skip


def _require_assessors(decisions: Sequence[NewDecision], *, by: Actor) -> None:
    cohorts = {each.enrolment.cohort_id for each in decisions}
    require_independent([(each.assessor, each.enrolment) for each in decisions])
    require_unconflicted([(each.assessor, each.enrolment, each.decided_on) for each in decisions])
    appointed = {
        (cohort, person): day
        for cohort, person, day in Appointment.objects.filter(cohort__in=cohorts).values_list(
            "cohort_id", "person_id", "appointed_on"
        )
    }
    for each in decisions:
        place = (each.enrolment.cohort_id, each.assessor.pk)
        named = {"assessor": each.assessor.reference, "cohort": each.enrolment.cohort.reference}
        if place not in appointed or appointed[place] > each.decided_on:
            raise NotAppointed(N_("%(assessor)s is not appointed to assess %(cohort)s."), **named)
        _require_own(each.assessor, each.enrolment, by=by)


def _states_of(decisions: Sequence[NewDecision]) -> dict[UUID, str]:
    states: dict[UUID, str] = {}
    keys = list({each.enrolment.pk for each in decisions})
    for start in range(0, len(keys), 500):
        states |= dict(Enrolment.objects.filter(pk__in=keys[start : start + 500]).values_list("pk", "status"))
    return states


def _require_own(assessor: Person, enrolment: Enrolment, *, by: Actor) -> None:
    """An assessor decides in no other name than their own; who keeps the whole alliance's records writes down what came on paper."""
    if not by.holds_everywhere(Permission.DECISION_RECORD) and by.person_id != assessor.pk:
        raise NotAppointed(
            N_("Decisions about %(cohort)s are recorded by their own assessor; this one is %(assessor)s's."),
            assessor=assessor.reference, cohort=enrolment.cohort.reference,
        )  # fmt: skip
