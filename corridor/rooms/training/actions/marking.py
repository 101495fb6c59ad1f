"""Marks from sheets, some at a time: a session is held when the last one on its roll has a mark."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each, take_back
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..agreeing import (
    Value,
    agreed,
    remove_empty_entries,
    require_agreed,
    sayings_of,
    standing,
    write_said,
    written_mark,
)
from ..keeping_time import Rules
from ..lifecycle import SessionStatus
from ..models import Attendance, CaptureMode, Enrolment, EntryOrigin, Mark, RegisterEntry, SaidMark, Session
from ..roll import Roll
from .registers import _hold_all, _require_begun

AT_ONCE = 500
# What a sheet says of a learner, by the columns of a mark.
SAID = ["mark", "minutes_late", "remark"]


@dataclass(frozen=True, slots=True)
class MarkWritten:
    """One learner's mark in one session; ``key`` is that of the row, new or standing."""

    key: UUID
    session: Session
    enrolment: Enrolment
    mark: Mark
    minutes_late: int | None = None
    remark: str = ""
    # Why so late, where the programme asks.
    reason: str = ""

    @property
    def value(self) -> Value:
        return Value(self.mark, self.minutes_late, self.remark)


@transaction.atomic
def write_marks(*, marks: Sequence[MarkWritten], at: datetime, by: Actor) -> int:
    """
    Write marks into registers that are not locked, new ones and corrected ones. Return how many.

    A planned session is held once everybody who attended the cohort on its day has a mark; until then it cannot be locked.

    :raises RegisterLocked, SessionIsCancelled, SessionHasNotBegun, RegisterIsClosed, SaysNoReason: names the first session.
    """
    sessions = _hold_all({each.session.pk: each.session for each in marks}, by=by)
    for session in sessions.values():
        _require_begun(session, at=at)
    rules = Rules(sessions.values(), at=at)
    for each in marks:
        rules.require_in_time(sessions[each.session.pk], reason=each.reason)
    entries = _note_written_over(sessions, marks, at=at, by=by)
    Attendance.objects.bulk_create(
        [
            Attendance(
                pk=each.key, session_id=each.session.pk, enrolment_id=each.enrolment.pk, mark=each.mark,
                minutes_late=each.minutes_late, remark=each.remark, entry=entries.get((each.session.pk, each.reason)),
            )
            for each in marks
        ],
        update_conflicts=True, unique_fields=["session", "enrolment"], update_fields=SAID, batch_size=AT_ONCE,
    )  # fmt: skip
    whole = [session for session in _whole(sessions) if session.status == SessionStatus.PLANNED]
    move_each([(session, session.held_on) for session in whole], to=SessionStatus.HELD, by=by)
    _count_up(sessions)
    _remember("training.attendance_recorded", sessions, by=by)
    return len(marks)


@transaction.atomic
def take_marks_back(
    *,
    made: Mapping[UUID, Mapping[str, str]],
    changed: Mapping[UUID, Mapping[str, tuple[str, str]]],
    at: datetime,
    by: Actor,
) -> None:
    """
    Take back what an import wrote, by the columns of SAID: ``made`` (as it stands) is removed, ``changed`` (now, before) gets what stood.

    :raises BuiltOn: if a register was signed since, or a mark was changed again.
    """
    rows = list(Attendance.objects.select_related("entry").filter(pk__in=[*made, *changed]))
    held = Session.objects.select_for_update(of=("self",)).select_related("cohort__site")
    sessions: dict[object, Session] = dict(held.in_bulk({row.session_id for row in rows}))
    for session in sessions.values():
        by.require(Permission.REGISTER_TAKE, on=session)
        if session.status == SessionStatus.LOCKED:
            raise BuiltOn(
                N_("The register of %(session)s was signed since; the import cannot be taken back."),
                session=str(session),
            )
    told = set(
        SaidMark.objects.filter(entry__session__in=list(sessions)).values_list("entry__session_id", "enrolment_id")
    )
    for row in rows:
        shifts = changed.get(row.pk, {})
        now = made[row.pk] if row.pk in made else {name: new for name, (new, _old) in shifts.items()}
        standing_now = written_mark(row)
        is_own = row.entry is None or (
            row.entry.origin == EntryOrigin.SHEET and (row.session_id, row.enrolment_id) not in told
        )
        if any(standing_now[name] != text for name, text in now.items()) or (row.pk in made and not is_own):
            raise BuiltOn(
                N_("A mark in %(session)s was changed again since; the import cannot be taken back."),
                session=str(sessions[row.session_id]),
            )
        for name, (_new, old) in shifts.items():
            setattr(row, name, (int(old) if old else None) if name == "minutes_late" else old)
    written = {row.session_id for row in rows if row.pk in changed and row.entry_id is not None}
    for key in written:
        before = sayings_of(sessions[key])
        again = [row for row in rows if row.session_id == key and row.pk in changed]
        said = {
            row.enrolment_id: (Value(row.mark, row.minutes_late, row.remark), tuple(standing(before[row.enrolment_id])))
            for row in again
        }
        _write_beside(sessions[key], said, at=at, by=by)
    plain = [row for row in rows if row.pk in changed and row.session_id not in written]
    Attendance.objects.bulk_update(plain, SAID, batch_size=AT_ONCE)
    Attendance.objects.filter(pk__in=list(made)).delete()
    remove_empty_entries([row.entry_id for row in rows if row.pk in made and row.entry_id])
    whole = {session.pk for session in _whole(sessions)}
    for session in sessions.values():
        if session.status == SessionStatus.HELD and session.pk not in whole:
            take_back(session)
    _count_up(sessions)
    _remember("training.attendance_taken_back", sessions, by=by)


def _note_written_over(
    sessions: Mapping[object, Session], marks: Sequence[MarkWritten], *, at: datetime, by: Actor
) -> dict[tuple[object, str], RegisterEntry]:
    """
    Where a page or a device has written before, a sheet writes beside it, like any other; where only sheets have, the row alone tells. What
    says why it comes late is an entry of its own: return those, by session and reason.

    :raises RegisterContested: where two entries say different things of one learner.
    """
    written = set(RegisterEntry.objects.filter(session__in=list(sessions)).values_list("session_id", flat=True))
    said = dict.fromkeys((each.session.pk, each.reason) for each in marks)
    entries: dict[tuple[object, str], RegisterEntry] = {
        (key, reason): RegisterEntry(
            session=sessions[key], origin=EntryOrigin.SHEET, entered_by=by.label, entered_at=at, reason=reason
        )
        for key, reason in said
        if reason
    }
    RegisterEntry.objects.bulk_create(entries.values())
    for session in (
        each for each in sessions.values() if each.pk in written or any(key == each.pk for key, _ in entries)
    ):
        before = {place: standing(told) for place, told in sayings_of(session).items()}
        require_agreed(session, before)
        for reason in [reason for key, reason in said if key == session.pk]:
            differs = {
                each.enrolment.pk: (each.value, tuple(before[each.enrolment.pk]))
                for each in marks
                if each.session.pk == session.pk
                and each.reason == reason
                and (one := agreed(before.get(each.enrolment.pk, {}).values())) is not None
                and one != each.value
            }
            _write_beside(session, differs, at=at, by=by, entry=entries.get((session.pk, reason)))
    return entries


def _write_beside(
    session: Session,
    said: Mapping[UUID, tuple[Value, tuple[UUID, ...]]],
    *,
    at: datetime,
    by: Actor,
    entry: RegisterEntry | None = None,
) -> None:
    if said:
        entry = entry or RegisterEntry.objects.create(
            session=session, origin=EntryOrigin.SHEET, entered_by=by.label, entered_at=at
        )
        write_said(entry=entry, session=session, said=said)


def _whole(sessions: Mapping[object, Session]) -> list[Session]:
    """Those in which everybody who attended on the day has a mark; three statements."""
    roll = Roll.of({session.cohort_id for session in sessions.values()})
    marked: dict[UUID, set[UUID]] = defaultdict(set)
    for session, enrolment in Attendance.objects.filter(session__in=list(sessions)).values_list(
        "session_id", "enrolment_id"
    ):
        marked[session].add(enrolment)
    return [
        session
        for session in sessions.values()
        if marked[session.pk]
        and {each.pk for each in roll.must(session.cohort_id, session.held_on, also_enrolled=False)}
        <= marked[session.pk]
    ]


def _count_up(sessions: Mapping[object, Session]) -> None:
    Session.objects.filter(pk__in=list(sessions)).update(version=F("version") + 1, capture_mode=CaptureMode.IMPORTED)


def _remember(event: str, sessions: Mapping[object, Session], *, by: Actor) -> None:
    counts: dict[Any, int] = defaultdict(int)
    for session in sessions.values():
        counts[session.cohort] += 1
    for cohort, count in counts.items():
        log.record(event, by=by, subject=cohort, count=count)
