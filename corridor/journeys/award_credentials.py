"""
Awarding a cohort: decisions become credentials, one for each learner who proved anything, and the cohort is certified.

First every credential is prepared in one transaction; then they are signed fifty at a time. A worker that is killed between two sets has
signed whole sets, and whoever takes the work up signs the rest: a draft that was signed is no draft any more.

Whoever is not ready keeps the whole cohort waiting, unless those who are ready are asked for alone: then the others are awarded later, and
the cohort is certified with the last of them. What several members sign together is issued when all have (co_sign_credentials.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.kernel.wording import N_
from corridor.rooms.credentials.actions import draft_credentials, sign_drafts
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.credentials.refusals import CohortIsNotAssessed
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.actions import move_cohorts
from corridor.rooms.training.actions.cohorts import CohortStep
from corridor.rooms.training.lifecycle import CohortStatus
from corridor.rooms.training.models import Cohort

from ._award_drafts import (
    LOOKED_AT_AGAIN,
    Obstacles,
    in_the_way,
    is_held_up,
    last_day,
    proven_drafts,
    require_all_ready,
    require_awardable,
    unsigned,
)

KIND = "credentials.award"


@dataclass(frozen=True)
class Awarding:
    """
    What awarding a cohort gives: how many awards and statements, how many learners with nothing to certify, how many that wait because
    something is in the way, and the job that signs.
    """

    cohort: Cohort
    issuer: Organisation
    on: date
    awards: int
    statements: int
    nothing: int
    job: Job | None = None
    waiting: int = 0


def preview_awarding(
    *, cohort: Cohort, issuer: Organisation, on: date, at: datetime, by: Actor, signers: Sequence[Organisation] = ()
) -> Awarding:
    """
    What ``award_cohort`` would give to those who are ready, and how many wait (award_preview.py names them). Changes nothing; raises what is in
    the way of all.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    require_awardable(cohort, issuer=issuer, on=on, at=at, signers=signers)
    drafts, nothing = proven_drafts(cohort)
    return _awarding(cohort, issuer, on, drafts, nothing, in_the_way(cohort, drafts, issuer=issuer))


def award_cohort(
    *,
    cohort: Cohort,
    issuer: Organisation,
    on: date,
    at: datetime,
    by: Actor,
    expires_before: date | None = None,
    wait: bool = False,
    only_ready: bool = False,
    is_history: bool = False,
    signers: Sequence[Organisation] = (),
) -> Awarding:
    """
    Award a cohort whose assessments are closed, as of a day: an award where all required units are finally competent, otherwise a
    statement of the competent units, nothing without one. With ``wait`` everything is signed before this returns.

    ``at`` is the instant that the signatures bear; the issuer's key must be in use then. ``signers`` sign beside the issuer, each by an act of
    its own. ``is_history``: a sheet of what was awarded before anybody asked for confirmed names and reviewed texts.

    :raises NotEntitled: names member, site, programme and day. :raises CohortIsNotAssessed: before its assessments are closed, and after
        it was awarded. :raises NoSigningKey: if the issuer has no key for that instant.
    :raises DayToCome: for a day that has not come at that instant.
    :raises AppealIsOpen, DecisionIsDrawn: while somebody still looks at a decision again, :raises NotAllReady: with everything else that is in
        the way, learner by learner; neither with ``only_ready``.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    with transaction.atomic():
        held = (
            Cohort.objects.select_for_update(of=("self",), no_key=True)
            .select_related("programme", "site")
            .get(pk=cohort.pk)
        )
        require_awardable(held, issuer=issuer, on=on, at=at, signers=signers)
        drafts, nothing = proven_drafts(held)
        obstacles = in_the_way(held, drafts, issuer=issuer)
        if is_history:
            obstacles = {
                key: [each for each in rows if each.code in LOOKED_AT_AGAIN] for key, rows in obstacles.items()
            }
        if not only_ready:
            require_all_ready(obstacles, cohort=held)
        ready = [each for each in drafts if not obstacles[each.enrolment.pk]]
        if ready:
            draft_credentials(
                cohort=held, issuer=issuer, drafts=ready, on=on, by=by, expires_before=expires_before, signers=signers
            )
        job = None if wait or not ready else _start(held, by=by, at=at)
    if job is None:
        while not sign_next(cohort=cohort, at=at, by=by):
            continue
    cohort.refresh_from_db(fields=["status"])
    return _awarding(held, issuer, on, drafts, nothing, obstacles, job=job)


def continue_awarding(*, cohort: Cohort, at: datetime, by: Actor) -> Job:
    """
    Sign what an awarding left unsigned when its job failed (a missing key, a name). ``at`` is the instant of the signatures.

    :raises AlreadyUnderWay: if its job still runs. :raises CohortIsNotAssessed: if nothing is left to sign.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    if not unsigned(cohort):
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
                held.advance(done=held.job.total - unsigned(cohort))


@transaction.atomic
def sign_next(*, cohort: Cohort, at: datetime, by: Actor) -> bool:
    """Sign the next set; with the last one the cohort is certified. True when nothing is left."""
    signed = sign_drafts(cohort=cohort, at=at, by=by)
    if unsigned(cohort):
        return False
    certify_if_complete(cohort=cohort, on=signed[-1].issued_on if signed else None, by=by)
    return True


def certify_if_complete(*, cohort: Cohort, on: date | None, by: Actor) -> None:
    """Certify the cohort with the last signature on the last credential, unless somebody is still looked at again."""
    held = Cohort.objects.get(pk=cohort.pk)
    if held.status != CohortStatus.ASSESSED or proven_drafts(held)[0] or is_held_up(held):
        return
    if Credential.objects.filter(cohort=held, status=CredentialStatus.DRAFT).exists():
        return
    days = [last_day(held), *([on] if on else [])]
    move_cohorts(steps=[CohortStep(cohort=held, to=CohortStatus.CERTIFIED, on=max(days))], by=by)


def _awarding(
    cohort: Cohort,
    issuer: Organisation,
    on: date,
    drafts: list[CredentialDraft],
    nothing: int,
    obstacles: Obstacles,
    *,
    job: Job | None = None,
) -> Awarding:
    ready = [draft for draft in drafts if not obstacles[draft.enrolment.pk]]
    awards = sum(draft.kind == CredentialKind.AWARD for draft in ready)
    return Awarding(cohort, issuer, on, awards, len(ready) - awards, nothing, job, len(drafts) - len(ready))


def _start(cohort: Cohort, *, by: Actor, at: datetime) -> Job:
    return start_job(kind=KIND, subject=cohort.reference, task=_sign_cohort, total=unsigned(cohort), by=by, at=at)
