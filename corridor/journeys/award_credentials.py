"""
Awarding a cohort: decisions become credentials, one for each learner who proved anything, and the cohort is certified.

First every credential is prepared in one transaction; then they are signed fifty at a time. A worker that is killed between two sets has
signed whole sets, and whoever takes the work up signs the rest: a draft that was signed is no draft any more.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.kernel.wording import N_
from corridor.rooms.assessment.counting import latest_final
from corridor.rooms.assessment.holding_up import held_up
from corridor.rooms.assessment.models import Result
from corridor.rooms.credentials.actions import draft_credentials, sign_drafts
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.entitlement import entitlement_for
from corridor.rooms.credentials.keys import key_in_use
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.credentials.refusals import CohortIsNotAssessed
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import require_come
from corridor.rooms.training.actions import move_cohorts
from corridor.rooms.training.actions.cohorts import CohortStep
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment

KIND = "credentials.award"


@dataclass(frozen=True)
class Awarding:
    """What awarding a cohort gives: how many awards and statements, how many learners with nothing to certify, and the job that signs."""

    cohort: Cohort
    issuer: Organisation
    on: date
    awards: int
    statements: int
    nothing: int
    job: Job | None = None


def preview_awarding(*, cohort: Cohort, issuer: Organisation, on: date, at: datetime, by: Actor) -> Awarding:
    """What ``award_cohort`` would give. Changes nothing; raises what it would raise."""
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    _require_ready(cohort, issuer=issuer, on=on, at=at)
    drafts, nothing = _drafts(cohort)
    return _awarding(cohort, issuer, on, drafts, nothing)


def award_cohort(
    *,
    cohort: Cohort,
    issuer: Organisation,
    on: date,
    at: datetime,
    by: Actor,
    expires_before: date | None = None,
    wait: bool = False,
) -> Awarding:
    """
    Award a cohort whose assessments are closed, as of a day: an award where all required units are finally competent, otherwise a
    statement of the competent units, nothing without one. With ``wait`` everything is signed before this returns.

    ``at`` is the instant that the signatures bear; the issuer's key must be in use then.

    :raises NotEntitled: names member, site, programme and day. :raises CohortIsNotAssessed: before its assessments are closed, and after
        it was awarded. :raises NoSigningKey: if the issuer has no key for that instant.
    :raises DayToCome: for a day that has not come at that instant.
    :raises AppealIsOpen, DecisionIsDrawn: while somebody still looks at a decision again.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    with transaction.atomic():
        held = (
            Cohort.objects.select_for_update(of=("self",), no_key=True)
            .select_related("programme", "site")
            .get(pk=cohort.pk)
        )
        _require_ready(held, issuer=issuer, on=on, at=at)
        drafts, nothing = _drafts(held)
        if drafts:
            draft_credentials(cohort=held, issuer=issuer, drafts=drafts, on=on, by=by, expires_before=expires_before)
        job = None if wait or not drafts else _start(held, by=by, at=at)
    if job is None:
        while not sign_next(cohort=cohort, at=at, by=by):
            continue
    cohort.refresh_from_db(fields=["status"])
    return _awarding(held, issuer, on, drafts, nothing, job=job)


def continue_awarding(*, cohort: Cohort, at: datetime, by: Actor) -> Job:
    """
    Sign what an awarding left unsigned when its job failed (a missing key, a name). ``at`` is the instant of the signatures.

    :raises AlreadyUnderWay: if its job still runs. :raises CohortIsNotAssessed: if nothing is left to sign.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    if not _unsigned(cohort):
        raise CohortIsNotAssessed(N_("No credential of %(cohort)s waits to be signed."), cohort=cohort.reference)
    return _start(cohort, by=by, at=at)


@task
def _sign_cohort(job_id: str) -> None:
    """The queue's part: sign set after set, each in a transaction of its own together with how far the job is."""
    with take_up(job_id) as held:
        cohort = Cohort.objects.select_related("site", "programme").get(reference=held.job.subject)
        by = Actor(label=held.job.asked_by, grants=NIGHTLY.grants)
        has_ended = False
        while not has_ended:
            with transaction.atomic():
                has_ended = sign_next(cohort=cohort, at=held.job.asked_at, by=by)
                held.advance(done=held.job.total - _unsigned(cohort))


@transaction.atomic
def sign_next(*, cohort: Cohort, at: datetime, by: Actor) -> bool:
    """Sign the next set; with the last one the cohort is certified. True when nothing is left."""
    signed = sign_drafts(cohort=cohort, at=at, by=by)
    if _unsigned(cohort):
        return False
    held = Cohort.objects.get(pk=cohort.pk)
    if held.status == CohortStatus.ASSESSED:
        last = signed[-1].issued_on if signed else _last_day(held)
        move_cohorts(steps=[CohortStep(cohort=held, to=CohortStatus.CERTIFIED, on=last)], by=by)
    return True


def _require_ready(cohort: Cohort, *, issuer: Organisation, on: date, at: datetime) -> None:
    if cohort.status != CohortStatus.ASSESSED:
        raise CohortIsNotAssessed(
            N_("%(cohort)s is “%(now)s”; it can be awarded when its assessments are closed, and once."),
            cohort=cohort.reference,
            now=CohortStatus(cohort.status).label,
        )
    if _unsigned(cohort):
        raise CohortIsNotAssessed(N_("%(cohort)s is being awarded already."), cohort=cohort.reference)
    for obstacle in held_up(cohort):
        raise obstacle
    closed_on = _last_day(cohort)
    if on < closed_on:
        raise CohortIsNotAssessed(
            N_("The assessments of %(cohort)s were closed on %(day)s; nothing can be awarded before."),
            cohort=cohort.reference,
            day=closed_on,
        )
    require_come([on], at=at)
    entitlement_for(cohort=cohort, issuer=issuer, on=on)
    key_in_use(issuer, at=at)


def _drafts(cohort: Cohort) -> tuple[list[CredentialDraft], int]:
    """
    What each learner has proved, by seat; and how many have proved nothing. Who holds a credential of the cohort gets no second one; who was
    moved to a cohort that follows the same version is awarded there, with what was decided here.
    """
    holding = Credential.objects.filter(cohort=cohort).exclude(status=CredentialStatus.REPLACED).values("enrolment")
    moved = Enrolment.objects.filter(
        cohort=cohort,
        status=EnrolmentStatus.TRANSFERRED,
        moved_to__cohort__curriculum_version=cohort.curriculum_version_id,
    )
    places = Enrolment.objects.filter(cohort=cohort).exclude(pk__in=holding).exclude(pk__in=moved.values("pk"))
    enrolments = list(places.order_by("number"))
    final = latest_final([each.pk for each in enrolments])
    units = list(Unit.objects.filter(version=cohort.curriculum_version_id).order_by("position"))
    required = {unit.pk for unit in units if unit.requirement == Unit.Requirement.REQUIRED}
    drafts = []
    for enrolment in enrolments:
        decisions = [final[enrolment.pk, unit.pk] for unit in units if (enrolment.pk, unit.pk) in final]
        proven = tuple(decision for decision in decisions if decision.result == Result.COMPETENT)
        if proven:
            is_award = bool(required) and required <= {decision.unit_id for decision in proven}
            kind = CredentialKind.AWARD if is_award else CredentialKind.STATEMENT
            drafts.append(CredentialDraft(enrolment=enrolment, kind=kind, decisions=proven))
    return drafts, len(enrolments) - len(drafts)


def _awarding(
    cohort: Cohort,
    issuer: Organisation,
    on: date,
    drafts: list[CredentialDraft],
    nothing: int,
    *,
    job: Job | None = None,
) -> Awarding:
    awards = sum(draft.kind == CredentialKind.AWARD for draft in drafts)
    return Awarding(cohort, issuer, on, awards, len(drafts) - awards, nothing, job)


def _start(cohort: Cohort, *, by: Actor, at: datetime) -> Job:
    return start_job(kind=KIND, subject=cohort.reference, task=_sign_cohort, total=_unsigned(cohort), by=by, at=at)


def _unsigned(cohort: Cohort) -> int:
    return Credential.objects.filter(cohort=cohort, status=CredentialStatus.DRAFT).count()


def _last_day(cohort: Cohort) -> date:
    """The day of its last change: for a cohort that is assessed, the day on which its assessments were closed."""
    return max(cohort.changes.values_list("effective_on", flat=True), default=cohort.ends_before)
