"""How late a register may be: what a programme asks for is computed for a session and a day, and never stored."""

from datetime import date, datetime, timedelta

from corridor.kernel.errors import Problem
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from .models import RegisterOpening, RegisterRule, Session, SigningWith
from .refusals import RegisterIsClosed, SaysNoReason


def rule_of(session: Session) -> RegisterRule:
    """The rule of the session's programme; the mild one where none was set."""
    programme = session.cohort.programme_id
    return RegisterRule.objects.filter(programme=programme).first() or RegisterRule(
        programme_id=programme, sign_with=SigningWith.NAME
    )


def closes_on(session: Session, rule: RegisterRule) -> date | None:
    """The day from which the register is closed, if it ever is."""
    return None if rule.closes_after_days is None else session.held_on + timedelta(days=rule.closes_after_days)


def needs_reason(session: Session, rule: RegisterRule, *, on: date) -> bool:
    return rule.late_after_days is not None and on >= session.held_on + timedelta(days=rule.late_after_days)


def is_closed(session: Session, rule: RegisterRule, *, at: datetime) -> bool:
    """Whether the calendar has closed it, and nobody has opened it again until now."""
    first = closes_on(session, rule)
    if first is None or local_day(at, session.cohort.site.zone) < first:
        return False
    return not RegisterOpening.objects.filter(session=session, opened_at__lte=at, ends_at__gt=at).exists()


def require_in_time(session: Session, *, at: datetime, reason: str) -> None:
    """
    :raises RegisterIsClosed: :raises SaysNoReason: both never on the day itself, which asks for no statement.
    """
    today = local_day(at, session.cohort.site.zone)
    if today <= session.held_on:
        return
    rule = rule_of(session)
    if is_closed(session, rule, at=at):
        raise RegisterIsClosed(
            N_("The register of %(session)s has closed. Ask the manager of the site to open it again."),
            session=str(session),
        )
    if needs_reason(session, rule, on=today) and not reason.strip():
        raise SaysNoReason(
            [
                Problem(
                    N_("The session was on %(day)s: say why its register comes so late."),
                    {"day": session.held_on},
                    column="reason",
                )
            ]
        )
