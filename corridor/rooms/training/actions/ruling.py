"""How registers of a programme are kept, and opening one again that had closed."""

from datetime import datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.programmes.models import Programme

from ..keeping_time import is_closed, is_locked, rule_of
from ..lifecycle import SessionStatus
from ..models import RegisterOpening, RegisterRule, Session, SigningWith
from ..refusals import RegisterIsOpen

LONGEST_OPENING = timedelta(days=30)
MOST_DAYS_TO_LOCK = 60


@transaction.atomic
def set_register_rule(
    *,
    programme: Programme,
    late_after_days: int | None,
    closes_after_days: int | None,
    sign_with: SigningWith,
    locks_after_days: int = 0,
    by: Actor,
) -> RegisterRule:
    """
    Say from when on a register of the programme is late, when it closes, and how it is signed (None: never); and for so many days after
    the signature its trainer may correct marks.

    :raises BadInput: if it would close before it is late.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE, on=programme)
    if closes_after_days is not None and (closes_after_days < 1 or closes_after_days < (late_after_days or 0)):
        problem = N_("A register closes a day after its session at the earliest, and not before it is late.")
        raise BadInput([Problem(problem, column="closes_after_days")])
    if not 0 <= locks_after_days <= MOST_DAYS_TO_LOCK:
        problem = N_("A signed register is locked after at most %(most)s days.")
        raise BadInput([Problem(problem, {"most": MOST_DAYS_TO_LOCK}, column="locks_after_days")])
    rule, _ = RegisterRule.objects.update_or_create(
        programme=programme,
        defaults={
            "late_after_days": late_after_days, "closes_after_days": closes_after_days, "sign_with": sign_with,
            "locks_after_days": locks_after_days,
        },
    )  # fmt: skip
    log.record("training.register_rule_set", by=by, subject=programme)
    return rule


@transaction.atomic
def open_register(*, session: Session, reason: str, until: datetime, at: datetime, by: Actor) -> RegisterOpening:
    """
    Open a register again that the calendar had closed or locked, for its trainer, until an instant. One that is signed stays signed: its
    trainer corrects it mark by mark, and all that was said stays to be read.

    :raises RegisterIsOpen: if it has neither closed nor locked.
    :raises BadInput: without a reason, or for an end that is past or far away.
    """
    by.require(Permission.REGISTER_CORRECT, on=session)
    held = Session.objects.select_for_update(of=("self",)).select_related("cohort__site").get(pk=session.pk)
    rule, is_signed = rule_of(held), held.status == SessionStatus.LOCKED
    if not (is_locked(held, rule, at=at) if is_signed else is_closed(held, rule, at=at)):
        raise RegisterIsOpen(N_("The register of %(session)s is open."), session=str(held))
    problems = []
    if not reason.strip() or len(reason) > 300:
        problems.append(Problem(N_("Say why, in at most %(most)s characters."), {"most": 300}, column="reason"))
    if not at < until <= at + LONGEST_OPENING:
        problems.append(
            Problem(
                N_("A register is opened for at most %(days)s days."), {"days": LONGEST_OPENING.days}, column="days"
            )
        )
    if problems:
        raise BadInput(problems)
    opening = RegisterOpening.objects.create(
        session=held, opened_by=by.label, opened_at=at, ends_at=until, reason=reason.strip()
    )
    log.record("training.register_unlocked" if is_signed else "training.register_opened", by=by, subject=held)
    return opening
