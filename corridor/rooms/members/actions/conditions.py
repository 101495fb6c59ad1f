"""Conditions of an application: the applicant hands in evidence, the secretariat accepts, refuses or waives."""

from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.lifecycles.models import LONGEST_REASON
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..lifecycle import ApplicationStatus, ConditionStatus
from ..models import Application, ApplicationCondition, DocumentAsked, Evidence

UNDER_WAY = (
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.WITH_CONDITIONS,
    ApplicationStatus.APPROVED,
)


@transaction.atomic
def hand_in_evidence(
    *,
    condition: ApplicationCondition,
    on: date,
    at: datetime,
    by: Actor,
    note: str = "",
    upload: Upload | None = None,
) -> Evidence:
    """
    Hand in a note, a file or both for one condition; more may follow until it is judged.

    :raises BadInput: without either, or for a file that is not kept. :raises WrongMoment: once it is accepted or waived, or all is over.
    """
    condition = _held(condition)
    by.require(Permission.APPLICATION_FILL, on=condition.application)
    if not note.strip() and upload is None:
        raise BadInput([Problem(N_("Write a note or choose a file."), column="note")])
    if len(note) > 1000:
        raise BadInput([Problem(N_("This note is too long."), column="note")])
    document = receive(upload, at=at, by=by) if upload is not None else None
    if condition.status != ConditionStatus.HANDED_IN:
        move(condition, to=ConditionStatus.HANDED_IN, on=on, by=by)
    evidence = Evidence.objects.create(condition=condition, document=document, note=note.strip(), handed_in_at=at)
    log.record("members.evidence_handed_in", by=by, subject=condition)
    return evidence


@transaction.atomic
def judge_condition(
    *, condition: ApplicationCondition, to: ConditionStatus, on: date, by: Actor, reason: str = ""
) -> ApplicationCondition:
    """
    Accept or refuse what was handed in, or waive the condition; refusing and waiving say why, and the applicant reads it.

    :raises BadInput: without a reason where one is needed. :raises WrongMoment: if its state does not lead there.
    """
    by.require(Permission.APPLICATION_MANAGE)
    condition = _held(condition)
    if to in {ConditionStatus.REFUSED, ConditionStatus.WAIVED} and not reason.strip():
        raise BadInput([Problem(N_("Say why; the applicant reads it."), column="reason")])
    if len(reason.strip()) > LONGEST_REASON:
        raise BadInput(
            [Problem(N_("Say why in at most %(most)s characters."), {"most": LONGEST_REASON}, column="reason")]
        )
    condition.reason = reason.strip()
    condition.save(update_fields=["reason"])
    move(condition, to=to, on=on, by=by, reason=condition.reason)
    log.record("members.condition_judged", by=by, subject=condition)
    return condition


@transaction.atomic
def add_condition(
    *, application: Application, wanted: str, due_on: date, by: Actor, document: DocumentAsked | None = None
) -> ApplicationCondition:
    """Ask one more thing of an application under way. :raises WrongMoment: if it is over. :raises BadInput: without words."""
    by.require(Permission.APPLICATION_MANAGE)
    application = Application.objects.select_for_update().get(pk=application.pk)
    _require_under_way(application)
    if not wanted.strip() or len(wanted) > 300:
        raise BadInput([Problem(N_("Write what is wanted, in at most 300 characters."), column="wanted")])
    condition = ApplicationCondition.objects.create(
        application=application, wanted=wanted.strip(), due_on=due_on, document=document, status=ConditionStatus.OPEN
    )
    log.record("members.condition_added", by=by, subject=condition)
    return condition


def _held(condition: ApplicationCondition) -> ApplicationCondition:
    held = (
        ApplicationCondition.objects.select_for_update(of=("self",))
        .select_related("application", "part")
        .get(pk=condition.pk)
    )
    _require_under_way(held.application)
    return held


def _require_under_way(application: Application) -> None:
    if application.status not in UNDER_WAY:
        raise WrongMoment(
            N_("%(application)s is “%(state)s”; this cannot be done any more."),
            application=application.reference,
            state=application.get_status_display(),
        )
