"""Signing a register: from then on it counts, and never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.moving import move_each
from corridor.kernel.errors import StaleForm
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..agreeing import contested_of, require_agreed
from ..keeping_time import is_closed, rule_of
from ..lifecycle import CohortStatus, EnrolmentStatus, SessionStatus
from ..models import IN_THE_ROOM, CaptureMode, Cohort, Enrolment, SaidMark, Session
from ..refusals import RegisterIsClosed, RegisterIsEmpty, RegisterLocked, SessionIsCancelled
from ..registers import exceptions_of, marks_of

NOT_BEGUN = [CohortStatus.PLANNED.value, CohortStatus.RECRUITING.value]


@dataclass(frozen=True, kw_only=True)
class Signature:
    """
    Who signs the register of a session, when; with the paper sheet behind it where there is one.

    ``version`` is the version that the signer saw on the screen; None for a sheet that was signed on paper.
    """

    session: Session
    signed_by: str
    signed_at: datetime
    version: int | None = None
    capture_mode: CaptureMode | None = None
    sheet: Document | None = None


def lock_register(*, session: Session, version: int, at: datetime, by: Actor) -> Session:
    """Sign one register as oneself, as it was when ``version`` was read; see ``lock_registers``."""
    if is_closed(session, rule_of(session), at=at):
        raise RegisterIsClosed(
            N_("The register of %(session)s has closed. Ask the manager of the site to open it again."),
            session=str(session),
        )
    lock_registers(signatures=[Signature(session=session, signed_by=by.label, signed_at=at, version=version)], by=by)
    session.refresh_from_db()
    return session


@transaction.atomic
def lock_registers(*, signatures: Sequence[Signature], by: Actor) -> list[Session]:
    """
    Lock held sessions, each with its signer and instant. Who is enrolled and was in the room attends from that day; a cohort runs
    from the day of its first locked session.

    :raises RegisterLocked, SessionIsCancelled, RegisterIsEmpty: names the first session that cannot be signed; none is then.
    :raises RegisterContested: while two entries say different things of one learner.
    :raises StaleForm: if the register was taken again after the signer saw it.
    """
    given = {signature.session.pk: signature for signature in signatures}
    sessions = _hold(list(given))
    cohorts = {session.cohort_id: session.cohort for session in sessions}
    for cohort in cohorts.values():
        by.require(Permission.REGISTER_LOCK, on=cohort)
    for session in sessions:
        _require_held(session, seen=given[session.pk].version)
    _require_agreed(sessions)
    move_each([(each, _day_of(given[each.pk], each)) for each in sessions], to=SessionStatus.LOCKED, by=by)
    for session in sessions:
        signature = given[session.pk]
        session.signed_by, session.signed_at = signature.signed_by, signature.signed_at
        session.capture_mode = signature.capture_mode or session.capture_mode
        session.sheet = signature.sheet or session.sheet
        session.version += 1
    # The rows are held, so writing them whole loses nothing; bulk_update would spell out every value of every row.
    signed = ["signed_by", "signed_at", "capture_mode", "sheet", "version"]
    Session.objects.bulk_create(
        sessions, update_conflicts=True, unique_fields=["pk"], update_fields=signed, batch_size=500
    )
    _let_attend(sessions, by=by)
    _let_run(sessions, by=by)
    log.record_each("training.register_locked", by=by, subjects=sessions)
    return sessions


def _hold(keys: list[UUID]) -> list[Session]:
    held: list[Session] = []
    for start in range(0, len(keys), 500):
        rows = Session.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + 500])
        held += rows.select_related("cohort__site", "sheet").order_by("pk")
    return held


def _require_agreed(sessions: Sequence[Session]) -> None:
    """Only registers into which more than one has written can be contested; the rest is not read."""
    keys = [session.pk for session in sessions]
    more: set[UUID] = set()
    for start in range(0, len(keys), 500):
        rows = SaidMark.objects.filter(entry__session__in=keys[start : start + 500]).order_by()
        more.update(rows.values_list("entry__session", flat=True).distinct())
    for session in sessions:
        if session.pk in more:
            require_agreed(session, contested_of(session))


def _require_held(session: Session, *, seen: int | None) -> None:
    if session.status == SessionStatus.LOCKED:
        raise RegisterLocked(N_("The register of %(session)s is signed and locked already."), session=str(session))
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsCancelled(N_("%(session)s was cancelled; it has no register."), session=str(session))
    if session.status == SessionStatus.PLANNED:
        raise RegisterIsEmpty(
            N_("Nobody has taken the register of %(session)s yet; there is nothing to sign."), session=str(session)
        )
    if seen is not None and seen != session.version:
        raise StaleForm(
            N_("Somebody else has taken the register of %(session)s since you opened it. Look at it again, then sign."),
            theirs=exceptions_of(marks_of(session)),
            session=str(session),
        )


def _day_of(signature: Signature, session: Session) -> date:
    # A signature given on the day itself, read in another zone, must not fall before the session.
    return max(local_day(signature.signed_at, session.cohort.site.zone), session.held_on)


def _let_attend(sessions: Sequence[Session], *, by: Actor) -> None:
    keys = [session.pk for session in sessions]
    due: dict[UUID, date] = {}
    for start in range(0, len(keys), 500):
        rows = (
            Enrolment.objects.filter(status=EnrolmentStatus.ENROLLED)
            .filter(marks__session__in=keys[start : start + 500], marks__mark__in=IN_THE_ROOM)
            .annotate(first=Min("marks__session__held_on"))
            .values_list("pk", "first")
        )
        for key, day in rows:
            due[key] = min(day, due.get(key, day))
    held = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=due).select_related("cohort").order_by("pk")
    move_each([(enrolment, due[enrolment.pk]) for enrolment in held], to=EnrolmentStatus.ATTENDING, by=by)


def _let_run(sessions: Sequence[Session], *, by: Actor) -> None:
    first: dict[UUID, date] = {}
    for session in sessions:
        first[session.cohort_id] = min(session.held_on, first.get(session.cohort_id, session.held_on))
    waiting = Cohort.objects.select_for_update().filter(pk__in=first, status__in=NOT_BEGUN).order_by("pk")
    move_each([(cohort, first[cohort.pk]) for cohort in waiting], to=CohortStatus.RUNNING, by=by)
