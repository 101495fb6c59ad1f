"""Decisions, unit by unit: by an assessor who does not teach the learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment

from ..capability import require_capable
from ..independence import NEVER_TAUGHT, require_independent
from ..lifecycle import DecisionStatus
from ..models import Appointment, Decision, Result
from ..refusals import (
    AlreadyDecided,
    DecisionIsFinal,
    NoFurtherAttempt,
    NotALearner,
    NotAppointed,
    NotAssessing,
    NotInCurriculum,
)

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
    # The key that an import has promised to the new decision; else a fresh one.
    key: UUID | None = None


@transaction.atomic
def record_decisions(*, decisions: Sequence[NewDecision], by: Actor) -> list[Decision]:
    """
    Record decisions, all or none, each by an assessor who was appointed by its day. They can be changed until they are final.

    :raises Refusal: NotAssessing, NotALearner, NotInCurriculum, AssessorIsTrainer, NotAppointed, OwnAssessor, AlreadyDecided, DecisionIsFinal,
        NoFurtherAttempt, NotCapable, NotLicensed.
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
    _require_attempts(decisions)
    require_capable(
        (held[each.enrolment.cohort_id].site, each.unit, each.assessor, each.decided_on) for each in decisions
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
            )
            for each in decisions
        ],
        batch_size=500,
    )
    log.record_each("assessment.decided", by=by, subjects=recorded)
    return recorded


@transaction.atomic
def change_decision(
    *, decision: Decision, result: Result, evidence_note: str, decided_on: date, version: int, by: Actor
) -> Decision:
    """
    Change a decision that is not final yet; only its own assessor does.

    :raises DecisionIsFinal: :raises NotCapable, NotLicensed: for another day on which it cannot be.
    :raises StaleForm: if it was changed since ``version`` was read; carries both results.
    """
    by.require(Permission.DECISION_RECORD, on=decision)
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "enrolment__cohort__site", "unit__version__curriculum", "assessor"
    )
    decision = rows.get(pk=decision.pk)
    _require_own(decision.assessor, decision.enrolment, by=by)
    if decision.status == DecisionStatus.FINAL:
        raise DecisionIsFinal(N_("Decision %(decision)s is final; it does not change."), decision=str(decision))
    if decision.version != version:
        raise StaleForm(
            N_("Decision %(decision)s was changed since you opened it."),
            theirs=str(Result(decision.result).label), yours=str(Result(result).label), decision=str(decision),
        )  # fmt: skip
    if decided_on != decision.decided_on:
        require_capable([(decision.enrolment.cohort.site, decision.unit, decision.assessor, decided_on)])
    decision.result, decision.evidence_note, decision.decided_on = result, evidence_note, decided_on
    decision.version += 1
    decision.save(update_fields=["result", "evidence_note", "decided_on", "version"])
    log.record("assessment.decision_changed", by=by, subject=decision)
    return decision


def _require_assessors(decisions: Sequence[NewDecision], *, by: Actor) -> None:
    cohorts = {each.enrolment.cohort_id for each in decisions}
    require_independent([(each.assessor, each.enrolment) for each in decisions])
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


def _require_attempts(decisions: Sequence[NewDecision]) -> None:
    there: dict[tuple[UUID, UUID], dict[int, Decision]] = {}
    keys = list({each.enrolment.pk for each in decisions})
    for start in range(0, len(keys), 500):
        for found in Decision.objects.filter(enrolment__in=keys[start : start + 500]):
            there.setdefault((found.enrolment_id, found.unit_id), {})[found.attempt] = found
    new: set[tuple[UUID, UUID, int]] = set()
    for each in decisions:
        named = {"learner": str(each.enrolment), "unit": each.unit.code, "attempt": each.attempt}
        before = there.get((each.enrolment.pk, each.unit.pk), {})
        place = (each.enrolment.pk, each.unit.pk, each.attempt)
        same = before.get(each.attempt)
        if same is not None and same.status == DecisionStatus.FINAL:
            raise DecisionIsFinal(N_("Attempt %(attempt)s of %(learner)s in %(unit)s is final."), **named)
        if same is not None or place in new:
            raise AlreadyDecided(N_("Attempt %(attempt)s of %(learner)s in %(unit)s has a decision."), **named)
        if each.attempt < 1:
            raise BadInput([Problem(N_("Attempts count from 1."), named, column="attempt")])
        last = before.get(each.attempt - 1)
        was_in_vain = (
            last is not None and last.status == DecisionStatus.FINAL and last.result == Result.NOT_YET_COMPETENT
        )
        if each.attempt > 1 and not was_in_vain:
            raise NoFurtherAttempt(
                N_("Attempt %(attempt)s of %(learner)s in %(unit)s comes only after a final “not yet competent”."),
                **named,
            )
        new.add(place)
