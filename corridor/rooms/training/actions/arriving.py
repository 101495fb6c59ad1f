"""Learners say that they are there, and their trainer confirms it: only what the trainer confirms becomes a mark."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..agreeing import Value, sayings_of, standing, write_said
from ..arriving import phone_print, read_code, require_fresh
from ..keeping_time import require_in_time
from ..lifecycle import SessionStatus
from ..models import (
    IN_THE_ROOM,
    Arrival,
    ArrivalScreen,
    Attendance,
    CaptureMode,
    Enrolment,
    EntryOrigin,
    Mark,
    RegisterEntry,
    Session,
)
from ..refusals import (
    ArrivalsHaveEnded,
    CodeIsOld,
    NobodyToConfirm,
    NoPlaceInThisCohort,
    PhoneOfAnother,
    RegisterLocked,
    SessionIsCancelled,
)
from ..registers import LONGEST_MINUTES
from ..roll import Roll
from .registers import _require_begun
from .saying import _count_up, _hold, _hold_when_whole

# Whoever has to sign in first has so long after scanning.
TIME_TO_SIGN_IN = timedelta(minutes=10)


@transaction.atomic
def show_screen(*, session: Session, at: datetime, by: Actor) -> ArrivalScreen:
    """
    Show the changing code of a session on its day; where it is shown already, that one, so that two trainers show the same.

    :raises RegisterLocked, SessionIsCancelled, SessionHasNotBegun: :raises ArrivalsHaveEnded: after the day of the session.
    """
    by.require(Permission.REGISTER_TAKE, on=session)
    held = _hold(session.pk)
    _require_open(held)
    _require_begun(held, at=at)
    zone = ZoneInfo(held.cohort.site.zone)
    if local_day(at, held.cohort.site.zone) > held.held_on:
        raise ArrivalsHaveEnded(N_("The day of %(session)s is over. Take its register instead."), session=str(held))
    standing_one = held.arrival_screens.filter(ends_at__gt=at).first()
    if standing_one is not None:
        return standing_one
    midnight = datetime.combine(held.held_on + timedelta(days=1), datetime.min.time(), zone)
    made = ArrivalScreen.objects.create(
        session=held, nonce=token_hex(32), shown_by=by.label, shown_at=at, ends_at=midnight.astimezone(UTC)
    )
    log.record("training.arrivals_opened", by=by, subject=held)
    return made


@transaction.atomic
def end_screen(*, session: Session, at: datetime, by: Actor) -> None:
    """No code of the session is taken from now on; who has said that they are there still waits. Done twice it is done once."""
    by.require(Permission.REGISTER_TAKE, on=session)
    held = _hold(session.pk)
    if held.arrival_screens.filter(ends_at__gt=at).update(ends_at=at):
        log.record("training.arrivals_ended", by=by, subject=held)


@transaction.atomic
def arrive(*, code: str, scanned_at: datetime, phone: str, at: datetime, by: Actor) -> Arrival:
    """
    Say that one is there, with the code on the screen. It is no mark: it waits for the trainer. Said twice it is said once.

    :raises NoSuchCode, CodeIsOld, ArrivalsHaveEnded: :raises NoPlaceInThisCohort: for whoever is not on the roll of that day.
    :raises PhoneOfAnother: if the phone has spoken for somebody else in this session.
    :raises RegisterLocked, SessionIsCancelled:
    """
    read = read_code(code)
    require_fresh(read, scanned_at=scanned_at)
    if not timedelta(0) <= at - scanned_at <= TIME_TO_SIGN_IN:
        raise CodeIsOld(N_("This code is not on the screen any more. Scan the one that is there now."))
    session = _hold(read.screen.session_id)
    place = _own_place(session, by=by)
    by.require(Permission.OWN_ARRIVAL_SAY, on=place)
    said = Arrival.objects.filter(session=session, enrolment=place).first()
    if said is not None:
        return said
    _require_open(session)
    if read.screen.ends_at <= at:
        raise ArrivalsHaveEnded(
            N_("The code of %(session)s is not shown any more. Tell your trainer."), session=str(session)
        )
    fingerprint = phone_print(phone)
    with contested(lambda: _require_own_phone(session, fingerprint)):
        _require_own_phone(session, fingerprint)
        made = Arrival.objects.create(
            screen=read.screen, session=session, enrolment=place, arrived_at=scanned_at, phone=fingerprint
        )
    log.record("training.arrival_said", by=by, subject=session)
    return made


@transaction.atomic
def confirm_arrivals(
    *,
    session: Session,
    places: Collection[UUID] | None,
    at: datetime,
    by: Actor,
    is_late: bool = False,
    reason: str = "",
) -> int:
    """
    Mark as present those of these places (None: all) who have said that they are there and are not marked so yet; or as late, by as many
    minutes as they said it after the beginning. Return how many. Whom the trainer does not confirm stays unmarked.

    :raises NobodyToConfirm: if one of them has not said so, or was marked meanwhile.
    :raises RegisterLocked, SessionIsCancelled, SessionHasNotBegun, RegisterIsClosed: :raises SaysNoReason: where one is asked.
    """
    by.require(Permission.REGISTER_TAKE, on=session)
    held = _hold(session.pk)
    _require_open(held)
    _require_begun(held, at=at)
    require_in_time(held, at=at, reason=reason)
    marked = Attendance.objects.filter(session=held, mark__in=IN_THE_ROOM).values_list("enrolment_id", flat=True)
    waiting = {each.enrolment_id: each for each in held.arrivals.exclude(enrolment__in=list(marked))}
    chosen = set(waiting) if places is None else set(places)
    if not chosen or chosen - set(waiting):
        raise NobodyToConfirm(
            N_("Nobody of these waits in %(session)s any more. Look at the list again."), session=str(held)
        )
    entry = RegisterEntry.objects.create(
        session=held, origin=EntryOrigin.ARRIVAL, entered_by=by.label, entered_at=at, reason=reason.strip()
    )
    before = sayings_of(held)
    write_said(
        entry=entry, session=held,
        said={
            key: (_value_of(waiting[key], held, is_late=is_late), tuple(standing(before.get(key, [])))) for key in chosen
        },
    )  # fmt: skip
    is_live = local_day(at, held.cohort.site.zone) == held.held_on
    _count_up(held, CaptureMode.LIVE if is_live else CaptureMode.LATE)
    _hold_when_whole(held, Roll.of([held.cohort_id]), by=by)
    log.record("training.arrivals_confirmed", by=by, subject=held, count=len(chosen))
    return len(chosen)


def _value_of(arrival: Arrival, session: Session, *, is_late: bool) -> Value:
    if not is_late:
        return Value(Mark.PRESENT)
    minutes = int((arrival.arrived_at - session.begins_at).total_seconds() // 60)
    return Value(Mark.LATE, min(minutes, LONGEST_MINUTES) if minutes > 0 else None)


def _own_place(session: Session, *, by: Actor) -> Enrolment:
    own = by.ids_with(Permission.OWN_ARRIVAL_SAY, "person")
    roll = Roll.of([session.cohort_id])
    for place in Enrolment.objects.filter(cohort=session.cohort_id, person__in=own).select_related("cohort", "person"):
        if roll.may(place, session.held_on):
            return place
    raise NoPlaceInThisCohort(
        N_("You have no place in %(cohort)s on that day. Ask your trainer."), cohort=session.cohort.reference
    )


def _require_own_phone(session: Session, fingerprint: str) -> None:
    if Arrival.objects.filter(session=session, phone=fingerprint).exists():
        raise PhoneOfAnother(
            N_("This phone has said already that somebody else is in %(session)s. Use your own, or tell your trainer."),
            session=str(session),
        )


def _require_open(session: Session) -> None:
    if session.status == SessionStatus.LOCKED:
        raise RegisterLocked(
            N_("The register of %(session)s is signed already. Tell your trainer."), session=str(session)
        )
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsCancelled(N_("%(session)s was cancelled; it has no register."), session=str(session))
