"""How late a register may be: what a programme asks for is computed for a session and a day, and never stored."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import Problem
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from .lifecycle import SessionStatus
from .models import RegisterOpening, RegisterRule, Session, SigningWith
from .refusals import RegisterIsClosed, RegisterLocked, SaysNoReason


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
    return not _is_opened(session, at=at)


def locks_on(session: Session, rule: RegisterRule) -> date | None:
    """The day from which its trainer corrects no mark of a signed register any more: that of the signature, unless the programme leaves time."""
    if session.status != SessionStatus.LOCKED or session.signed_at is None:
        return None
    return local_day(session.signed_at, session.cohort.site.zone) + timedelta(days=rule.locks_after_days)


def is_locked(session: Session, rule: RegisterRule, *, at: datetime) -> bool:
    """Whether only those who correct registers may correct it: it is signed, its days are over, and nobody has opened it again until now."""
    first = locks_on(session, rule)
    if first is None or local_day(at, session.cohort.site.zone) < first:
        return False
    return not _is_opened(session, at=at)


def require_correctable(session: Session, *, at: datetime, by: Actor) -> None:
    """
    Who corrects registers may always; who signs this one, while it is signed and not locked.

    :raises RegisterLocked: once the days of its trainer are over. :raises AccessDenied: for everybody else.
    """
    if by.may(Permission.REGISTER_CORRECT, on=session):
        return
    is_signed = session.status == SessionStatus.LOCKED
    by.require(Permission.REGISTER_LOCK if is_signed else Permission.REGISTER_CORRECT, on=session)
    rule = rule_of(session)
    if is_locked(session, rule, at=at):
        raise RegisterLocked(
            N_("The register of %(session)s is locked since %(day)s. Ask the manager of the site to open it again."),
            session=str(session), day=locks_on(session, rule),
        )  # fmt: skip


def _is_opened(session: Session, *, at: datetime) -> bool:
    return RegisterOpening.objects.filter(session=session, opened_at__lte=at, ends_at__gt=at).exists()


class Rules:
    """What the programmes of several sessions ask of their registers, and which were opened again until now. Two statements."""

    def __init__(self, sessions: Collection[Session], *, at: datetime) -> None:
        # On the day itself nothing is asked.
        self._days = {each.pk: local_day(at, each.cohort.site.zone) for each in sessions}
        late = [each for each in sessions if self._days[each.pk] > each.held_on]
        rules = RegisterRule.objects.filter(programme__in={each.cohort.programme_id for each in late}) if late else ()
        self._rules = {rule.programme_id: rule for rule in rules}
        asked = [each.pk for each in late if each.cohort.programme_id in self._rules]
        opened = RegisterOpening.objects.filter(session__in=asked, opened_at__lte=at, ends_at__gt=at) if asked else None
        self._opened = set(opened.values_list("session_id", flat=True)) if opened is not None else set()

    def require_in_time(self, session: Session, *, reason: str) -> None:
        """:raises RegisterIsClosed: :raises SaysNoReason: both never on the day itself, which asks for no statement."""
        rule = self._rules.get(session.cohort.programme_id)
        on = self._days[session.pk]
        if rule is None or on <= session.held_on:
            return
        first = closes_on(session, rule)
        if first is not None and on >= first and session.pk not in self._opened:
            raise RegisterIsClosed(
                N_("The register of %(session)s has closed. Ask the manager of the site to open it again."),
                session=str(session),
            )
        if needs_reason(session, rule, on=on) and not reason.strip():
            message = N_("The session was on %(day)s: say why its register comes so late.")
            raise SaysNoReason([Problem(message, {"day": session.held_on}, column="reason")])


def require_in_time(session: Session, *, at: datetime, reason: str) -> None:
    """The same for one register."""
    Rules([session], at=at).require_in_time(session, reason=reason)
