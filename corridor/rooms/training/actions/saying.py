"""What devices said while they were away, taken into registers; and what a person decides where that could not simply be done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..agreeing import Saying, Value, agreed, sayings_of, standing, write_said
from ..guests import LONGEST_NAME, MOST_GUESTS
from ..keeping_time import is_closed, require_correctable, rule_of
from ..lifecycle import SessionStatus
from ..models import (
    Attendance,
    CaptureMode,
    Enrolment,
    EntryOrigin,
    Guest,
    RegisterEntry,
    Session,
)
from ..refusals import RegisterIsNotSigned, SessionIsCancelled
from ..registers import problems_of
from ..roll import Roll
from .locking import _let_attend
from .registers import _require_begun

ALL_WELL = ""


@dataclass(frozen=True, slots=True)
class SaidDraft:
    """What a device says of one place in the cohort; ``saw`` is the entry whose mark it showed."""

    enrolment: UUID
    value: Value
    saw: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """One event of a device. ``held_on`` is the day that the device knew the session to be on."""

    key: UUID
    session: UUID
    marks: tuple[SaidDraft, ...]
    held_on: date | None
    said_at: datetime | None
    seen_at: datetime | None
    reason: str = ""
    guests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contested:
    """One mark that could not simply be taken, and why: a code of ``docs/rules/journal.md``. Nothing of it is lost: somebody decides."""

    enrolment: UUID
    reason: str
    brought: Value
    standing: Value | None = None
    standing_by: str = ""
    standing_at: datetime | None = None


@transaction.atomic
def say_marks(*, said: Said, at: datetime, by: Actor) -> list[Contested]:
    """
    Take in what a device said of learners of one session. What contradicts nothing is written; what does comes back, to be decided.

    ``by`` is the account of the device, as it stands now. Said twice it is written once.

    :raises NotFound: if there is no such session. :raises BadInput: for a guest or a reason that is too long.
    """
    session = _hold(said.session)
    _require_readable(said)
    every = {each.enrolment: each for each in said.marks}
    before = sayings_of(session)
    places = Enrolment.objects.filter(cohort=session.cohort_id).select_related("person").in_bulk(list(every))
    roll = Roll.of_cohort(session.cohort)
    whole = _why_not_at_all(session, said, at=at, by=by)
    taken, left = {}, []
    for each in every.values():
        now = standing(before.get(each.enrolment, []))
        one = agreed(now.values())
        why = whole or _why_not_this(places.get(each.enrolment), session, said, roll)
        if why and one is not None and each.value.says_as(one):
            # It says what stands already: there is nothing to decide.
            continue
        if why:
            left.append(Contested(each.enrolment, why, each.value, one, *_who_said(now)))
            continue
        taken[each.enrolment] = (each.value, (each.saw,) if each.saw else ())
        after = standing([*before.get(each.enrolment, []), Saying(said.key, each.value, each.saw)])
        if agreed(after.values()) is None and said.key in after:
            left.append(Contested(each.enrolment, "other_mark", each.value, one, *_who_said(now)))
    if whole or not (taken or said.guests):
        return left
    entry, is_new = RegisterEntry.objects.get_or_create(
        pk=said.key,
        defaults={
            "session": session, "origin": EntryOrigin.DEVICE, "entered_by": by.label, "entered_at": at, "said_at": said.said_at,
            "reason": said.reason,
        },
    )  # fmt: skip
    if not is_new:
        return left
    Guest.objects.bulk_create([Guest(entry=entry, name=name) for name in said.guests])
    write_said(entry=entry, session=session, said=taken)
    _count_up(session, CaptureMode.LIVE if _is_live(session, said, at=at) else CaptureMode.LATE)
    _hold_when_whole(session, roll, by=by)
    log.record("training.marks_said", by=by, subject=session, count=len(taken))
    return left


@transaction.atomic
def settle_marks(
    *, session: Session, marks: Mapping[UUID, Value], reason: str, at: datetime, by: Actor
) -> RegisterEntry:
    """
    Decide what is true of learners of a session, whatever was said before. All of it stays to be read, with who and why.

    In a signed register it is a correction: a new mark beside the one that was signed.

    :raises RegisterLocked: for a trainer whose days to correct it are over. :raises SessionIsCancelled, SessionHasNotBegun:
    :raises BadInput: without a reason, or for a mark that does not exist.
    """
    session = _hold(session.pk)
    require_correctable(session, at=at, by=by)
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsCancelled(N_("%(session)s was cancelled; it has no register."), session=str(session))
    _require_begun(session, at=at)
    if not reason.strip() or len(reason) > 300:
        raise BadInput([Problem(N_("Say why, in at most %(most)s characters."), {"most": 300}, column="reason")])
    _require_values(marks.values())
    places = set(Enrolment.objects.filter(cohort=session.cohort_id, pk__in=marks).values_list("pk", flat=True))
    if places != set(marks):
        raise NotFound(N_("There is no such seat in %(session)s."), session=str(session))
    is_signed = session.status == SessionStatus.LOCKED
    entry = RegisterEntry.objects.create(
        session=session, origin=EntryOrigin.CORRECTION if is_signed else EntryOrigin.DECISION, entered_by=by.label, entered_at=at,
        reason=reason.strip(),
    )  # fmt: skip
    before = sayings_of(session)
    write_said(
        entry=entry, session=session,
        said={key: (value, tuple(standing(before.get(key, [])))) for key, value in marks.items()},
    )  # fmt: skip
    _count_up(session, CaptureMode(session.capture_mode) if session.capture_mode else CaptureMode.LATE)
    _hold_when_whole(session, Roll.of_cohort(session.cohort), by=by)
    if is_signed:
        _let_attend([session], by=by)
    log.record(
        "training.mark_corrected" if is_signed else "training.mark_settled", by=by, subject=session, count=len(marks)
    )
    return entry


def correct_mark(
    *, session: Session, enrolment: Enrolment, value: Value, reason: str, at: datetime, by: Actor
) -> RegisterEntry:
    """
    Correct one mark of a signed register; see ``settle_marks``.

    :raises RegisterIsNotSigned: while its trainer may simply take it again.
    """
    if session.status != SessionStatus.LOCKED:
        raise RegisterIsNotSigned(
            N_("The register of %(session)s is not signed. Its trainer takes it again."), session=str(session)
        )
    return settle_marks(session=session, marks={enrolment.pk: value}, reason=reason, at=at, by=by)


def _require_values(values: Collection[Value]) -> None:
    """:raises BadInput: for a mark that does not exist, minutes that are no part of a session, a remark that is too long."""
    problems = [problem for value in values for problem in problems_of(value)]
    if problems:
        raise BadInput(problems[:20])


def _hold(key: UUID) -> Session:
    rows = Session.objects.select_for_update(of=("self",)).select_related("cohort__site")
    session = rows.filter(pk=key).first()
    if session is None:
        raise NotFound(N_("There is no such session."))
    return session


def _require_readable(said: Said) -> None:
    _require_values([each.value for each in said.marks])
    if (
        len(said.reason) > 300
        or any(not 0 < len(name) <= LONGEST_NAME for name in said.guests)
        or len(said.guests) > MOST_GUESTS
    ):
        raise BadInput([Problem(N_("A guest or a reason is longer than is kept."))])


def _why_not_at_all(session: Session, said: Said, *, at: datetime, by: Actor) -> str:
    if not by.may(Permission.REGISTER_TAKE, on=session):
        return "not_trainer"
    if session.status == SessionStatus.CANCELLED:
        return "cancelled"
    if said.held_on is not None and said.held_on != session.held_on:
        return "moved"
    if session.status == SessionStatus.LOCKED:
        return "locked"
    if local_day(at, session.cohort.site.zone) < session.held_on:
        return "not_begun"
    return "closed" if is_closed(session, rule_of(session), at=at) else ALL_WELL


def _why_not_this(place: Enrolment | None, session: Session, said: Said, roll: Roll) -> str:
    if place is None:
        return "not_here"
    merged_at = place.person.merged_at
    if merged_at is not None and (said.seen_at is None or merged_at > said.seen_at):
        return "merged"
    return ALL_WELL if roll.may(place, session.held_on) else "not_on_roll"


def _who_said(now: Mapping[UUID, Value]) -> tuple[str, datetime | None]:
    entry = RegisterEntry.objects.filter(pk__in=list(now)).order_by("entered_at", "pk").first() if now else None
    return (entry.entered_by, entry.entered_at) if entry else ("", None)


def _is_live(session: Session, said: Said, *, at: datetime) -> bool:
    """The clock of a device counts as evidence only where it stands between the last time that it heard of us and now."""
    zone, clock = session.cohort.site.zone, said.said_at
    if clock is None or clock > at or (said.seen_at is not None and clock < said.seen_at):
        return local_day(at, zone) == session.held_on
    return local_day(clock, zone) == session.held_on


def _count_up(session: Session, mode: CaptureMode) -> None:
    Session.objects.filter(pk=session.pk).update(version=F("version") + 1, capture_mode=mode)


def _hold_when_whole(session: Session, roll: Roll, *, by: Actor) -> None:
    if session.status != SessionStatus.PLANNED:
        return
    marked = set(Attendance.objects.filter(session=session).values_list("enrolment_id", flat=True))
    if marked and {each.pk for each in roll.must(session.cohort_id, session.held_on)} <= marked:
        move_each([(session, session.held_on)], to=SessionStatus.HELD, by=by)
