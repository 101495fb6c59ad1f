"""What somebody could do before they came: claimed by the learner, looked at with evidence and an interview, decided in the usual way."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from ..attempts import opens_another
from ..independence import require_independent, require_unconflicted
from ..judging import FindingDraft
from ..lifecycle import PriorStatus
from ..models import ChecklistPlace, Decision, Evidence, PriorClaim, Result, Way
from ..refusals import ClaimedAlready, EvidenceMissing, NotInCurriculum
from .deciding import NewDecision, _require_own, record_decisions


@transaction.atomic
def claim_prior_learning(*, enrolment: Enrolment, unit: Unit, claim: str, on: date, by: Actor) -> PriorClaim:
    """
    A learner claims to be competent in a unit already. Evidence is added to their place and unit.

    :raises ClaimedAlready: if a claim is open, or the unit is decided. :raises NotInCurriculum:
    """
    by.require(Permission.PRIOR_LEARNING_CLAIM, on=enrolment)
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
    if unit.version_id != enrolment.cohort.curriculum_version_id:
        raise NotInCurriculum(
            N_("Unit %(unit)s is not in the curriculum version that %(cohort)s follows."),
            unit=unit.code, cohort=enrolment.cohort.reference,
        )  # fmt: skip
    if not claim.strip():
        raise BadInput([Problem(N_("Say where and when it was learnt."), column="claim")])
    _require_unclaimed(enrolment, unit)
    made = PriorClaim(
        enrolment=enrolment, unit=unit, claimed_on=on, claim=claim.strip()[:5_000], status=PriorStatus.ASKED
    )
    with contested(lambda: _require_unclaimed(enrolment, unit)):
        made.save(force_insert=True)
    made.changes.create(from_status="", to_status=PriorStatus.ASKED, effective_on=on, by_label=by.label)
    log.record("assessment.prior_learning_claimed", by=by, subject=made)
    return made


@transaction.atomic
def interview(*, claim: PriorClaim, interviewer: Person, note: str, on: date, by: Actor) -> PriorClaim:
    """
    An assessor has talked with the learner about the claim, and writes down what was said.

    :raises AssessorIsTrainer, ConflictOfInterest, OwnAssessor: for who could not decide either.
    """
    held = _hold(claim)
    by.require(Permission.DECISION_RECORD, on=held)
    _require_own(interviewer, held.enrolment, by=by)
    require_independent([(interviewer, held.enrolment)])
    require_unconflicted([(interviewer, held.enrolment, on)])
    if not note.strip():
        raise BadInput([Problem(N_("Write down what was asked and answered."), column="note")])
    held.interviewer, held.interviewed_on, held.interview_note = interviewer, on, note.strip()[:5_000]
    held.save(update_fields=["interviewer", "interviewed_on", "interview_note"])
    move(held, to=PriorStatus.INTERVIEWED, on=on, by=by)
    log.record("assessment.prior_learning_interviewed", by=by, subject=held)
    return held


@transaction.atomic
def recognise_prior_learning(
    *, claim: PriorClaim, note: str, on: date, by: Actor, findings: Sequence[FindingDraft] = (),
    checklist: ChecklistPlace = ChecklistPlace.HERE,
) -> PriorClaim:  # fmt: skip
    """
    What was claimed is so: a decision "competent" is recorded by the interviewer, with the same rules as every other one.

    :raises EvidenceMissing: if nothing but words shows it. :raises WrongMoment: before the interview.
    """
    held = _hold(claim)
    by.require(Permission.DECISION_RECORD, on=held)
    attempt = _next_attempt(held.enrolment, held.unit)
    there = Evidence.objects.filter(enrolment=held.enrolment, unit=held.unit, attempt=attempt, document__isnull=False)
    if not there.exists():
        raise EvidenceMissing(
            N_("Nothing shows that %(learner)s can do %(unit)s already. Add a paper, a photo or a film first."),
            learner=str(held.enrolment), unit=held.unit.code,
        )  # fmt: skip
    if held.interviewer is None:
        raise WrongMoment(
            N_("Talk with the learner of %(learner)s first, and write it down."), learner=str(held.enrolment)
        )
    new = NewDecision(
        enrolment=held.enrolment, unit=held.unit, assessor=held.interviewer, result=Result.COMPETENT, decided_on=on,
        attempt=attempt, evidence_note=note, findings=tuple(findings), checklist=checklist, way=Way.PRIOR_LEARNING,
    )  # fmt: skip
    (held.decision,) = record_decisions(decisions=[new], by=by)
    held.save(update_fields=["decision"])
    move(held, to=PriorStatus.RECOGNISED, on=on, by=by)
    log.record("assessment.prior_learning_recognised", by=by, subject=held)
    return held


@transaction.atomic
def decline_prior_learning(*, claim: PriorClaim, reason: str, on: date, by: Actor) -> PriorClaim:
    """It is not shown; the learner takes part and is assessed like everybody. The learner reads the reason."""
    held = _hold(claim)
    by.require(Permission.DECISION_RECORD, on=held)
    if not reason.strip():
        raise BadInput([Problem(N_("Say to the learner what is missing."), column="reason")])
    move(held, to=PriorStatus.DECLINED, on=on, by=by, reason=reason.strip())
    log.record("assessment.prior_learning_declined", by=by, subject=held)
    return held


@transaction.atomic
def withdraw_prior_learning(*, claim: PriorClaim, on: date, by: Actor) -> PriorClaim:
    """The learner lets it rest."""
    held = _hold(claim)
    by.require(Permission.PRIOR_LEARNING_CLAIM, on=held)
    move(held, to=PriorStatus.WITHDRAWN, on=on, by=by)
    log.record("assessment.prior_learning_withdrawn", by=by, subject=held)
    return held


def _hold(claim: PriorClaim) -> PriorClaim:
    cohort = Enrolment.objects.values_list("cohort", flat=True).get(pk=claim.enrolment_id)
    # The cohort first, as whoever records a decision holds it.
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort)
    rows = PriorClaim.objects.select_for_update(of=("self",)).select_related(
        "enrolment__cohort", "enrolment__person", "unit", "interviewer"
    )
    return rows.get(pk=claim.pk)


def _require_unclaimed(enrolment: Enrolment, unit: Unit) -> None:
    is_open = PriorClaim.objects.filter(
        enrolment=enrolment, unit=unit, status__in=(PriorStatus.ASKED, PriorStatus.INTERVIEWED)
    )
    last = _last(enrolment, unit)
    if is_open.exists() or (last is not None and not opens_another(last)):
        raise ClaimedAlready(
            N_("%(learner)s has claimed %(unit)s already, or it was decided."), learner=str(enrolment), unit=unit.code
        )


def _last(enrolment: Enrolment, unit: Unit) -> Decision | None:
    return Decision.objects.filter(enrolment=enrolment, unit=unit).order_by("-attempt").first()


def _next_attempt(enrolment: Enrolment, unit: Unit) -> int:
    last = _last(enrolment, unit)
    return 1 if last is None else last.attempt + 1
