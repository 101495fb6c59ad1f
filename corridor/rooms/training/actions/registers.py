"""Taking a register at the door of the room, and taking in many that were kept elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, move_each, ready_step, require_step
from corridor.foundations.ready import ready_row, ready_update, send_if_found
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..agreeing import Value, agreed, ready_attendance, require_agreed, sayings_of, standing, write_said
from ..guests import read_guests, write_guests
from ..keeping_time import require_in_time
from ..lifecycle import SessionStatus
from ..models import Attendance, CaptureMode, Enrolment, EntryOrigin, Mark, RegisterEntry, Session
from ..refusals import RegisterLocked, SessionHasNotBegun, SessionIsCancelled
from ..registers import exceptions_of, marks_of, read_roll_call
from ..roll import Roll

FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class MarkToRecord:
    """One learner's mark in one session, from a sheet."""

    session: Session
    enrolment: Enrolment
    mark: Mark


def take_register(
    *,
    session: Session,
    marks: Mapping[int, str | Value],
    version: int,
    capture_mode: CaptureMode,
    at: datetime,
    by: Actor,
    reason: str = "",
    guests: Iterable[str] | None = None,
) -> Session:
    """
    Write the whole register of one session: a mark for everybody on the roll, by seat number. Until it is locked it may be taken again.

    ``version`` is the version of the register that the form showed; each write raises it by one. ``guests`` are all who were there
    without a place; left out, they stay as they stand.

    :raises StaleForm: if somebody else has written it since; carries both registers.
    :raises RegisterLocked, SessionIsCancelled, SessionHasNotBegun, RegisterIsClosed:
    :raises RegisterContested: while two entries say different things of one learner.
    :raises BadInput: for a seat number that is not on the roll, one left out, a mark that does not exist, or no reason where one is asked.
    """
    by.require(Permission.REGISTER_TAKE, on=session)
    _require_begun(session, at=at)
    _require_open(session)
    require_in_time(session, at=at, reason=reason)
    # All that needs no lock is done before: on SQLite whatever happens inside the transaction makes every other writer wait.
    called = read_roll_call(session, marks)
    named = None if guests is None else read_guests(guests)
    # Versions only rise: who is behind already need not wait for the session to be told so.
    if session.version > version:
        raise _lost(session, marks, version=version, by=by)
    entry = RegisterEntry(
        session=session, entered_by=by.label, entered_at=at, reason=reason.strip(),
        origin=EntryOrigin.PAPER if capture_mode == CaptureMode.PAPER else EntryOrigin.PAGE,
    )  # fmt: skip
    remembered = log.ready("training.register_taken", by=by, subject=session, count=len(called))
    status, found, then = session.status, Session.objects.filter(pk=session.pk, status=session.status), [remembered]
    if session.status == SessionStatus.PLANNED:
        status = SessionStatus.HELD
        found, step = ready_step(Step(session, SessionStatus.HELD, session.held_on), by=by)
        then.append(step)
    then.append(ready_row(entry))
    # The first writing stands in the marks alone; from the second on what was said before is kept beside them.
    if version == FIRST_VERSION and called:
        then.append(ready_attendance(session, [(place, value, entry.pk) for place, value in called]))
    # It writes only if nobody was faster: two registers at once cannot both find their version.
    first = ready_update(
        found.filter(version=version), version=F("version") + 1, capture_mode=capture_mode, status=status
    )
    with transaction.atomic():
        won = send_if_found(first, then)
        if won and version != FIRST_VERSION:
            _write_again(session, entry, dict(called))
        if won and named is not None:
            write_guests(session=session, entry=entry, names=named, at=at, by=by.label)
    if not won:
        raise _lost(session, marks, version=version, by=by)
    session.version, session.capture_mode, session.status = version + 1, capture_mode, status
    return session


@transaction.atomic
def record_attendance(*, marks: Sequence[MarkToRecord], capture_mode: CaptureMode, at: datetime, by: Actor) -> int:
    """
    Take in registers of planned sessions from sheets, whole; the sessions are held then. Return how many marks.

    Everybody who attended the cohort on the day needs a mark; who was enrolled and had never come by then may be left out.

    :raises BadInput: names every learner who is missing, or was not on the roll that day; at most 100.
    :raises RegisterLocked, SessionIsCancelled, SessionHasNotBegun:
    """
    sessions = _hold_all({each.session.pk: each.session for each in marks}, by=by)
    for session in sessions.values():
        _require_begun(session, at=at)
    roll = Roll.of({session.cohort_id for session in sessions.values()})
    problems = _problems_of(marks, sessions, roll)
    if problems:
        raise BadInput(problems[:100])
    Attendance.objects.bulk_create(
        [Attendance(session_id=each.session.pk, enrolment_id=each.enrolment.pk, mark=each.mark) for each in marks],
        batch_size=500,
    )
    move_each([(session, session.held_on) for session in sessions.values()], to=SessionStatus.HELD, by=by)
    keys = list(sessions)
    for start in range(0, len(keys), 500):
        Session.objects.filter(pk__in=keys[start : start + 500]).update(
            capture_mode=capture_mode, version=F("version") + 1
        )
    counts: dict[object, int] = {}
    for each in marks:
        counts[each.session.cohort_id] = counts.get(each.session.cohort_id, 0) + 1
    for cohort in {session.cohort_id: session.cohort for session in sessions.values()}.values():
        log.record("training.attendance_recorded", by=by, subject=cohort, count=counts[cohort.pk])
    return len(marks)


def _write_again(session: Session, entry: RegisterEntry, values: Mapping[UUID, Value]) -> None:
    before = {place: standing(said) for place, said in sayings_of(session).items()}
    require_agreed(session, before)
    write_said(
        entry=entry, session=session,
        said={
            place: (value, tuple(before.get(place, ())))
            for place, value in values.items()
            if place not in before or agreed(before[place].values()) != value
        },
    )  # fmt: skip


def _require_begun(session: Session, *, at: datetime) -> None:
    if local_day(at, session.cohort.site.zone) < session.held_on:
        raise SessionHasNotBegun(
            N_("%(session)s is on %(day)s. Its register opens on that day."), session=str(session), day=session.held_on
        )


def _require_open(session: Session) -> None:
    if session.status == SessionStatus.LOCKED:
        raise RegisterLocked(
            N_("The register of %(session)s is signed and locked. It does not change any more."), session=str(session)
        )
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsCancelled(N_("%(session)s was cancelled; it has no register."), session=str(session))


def _lost(session: Session, yours: Mapping[int, str | Value], *, version: int, by: Actor) -> Exception:
    """Say why the write found no row: it was signed or cancelled meanwhile, its day does not follow, or somebody else has written it."""
    now = Session.objects.select_related("cohort").get(pk=session.pk)
    _require_open(now)
    if (now.version, now.status) == (version, SessionStatus.PLANNED):
        require_step(Step(now, SessionStatus.HELD, session.held_on), by=by)
    return StaleForm(
        N_("Somebody else has taken the register of %(session)s since you opened it. Compare, and take it again."),
        theirs=exceptions_of(marks_of(now)),
        yours=exceptions_of(yours),
        session=str(now),
    )


def _hold_all(wanted: Mapping[object, Session], *, by: Actor) -> dict[object, Session]:
    keys, held = list(wanted), {}
    for start in range(0, len(keys), 500):
        rows = Session.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + 500])
        held |= {session.pk: session for session in rows.select_related("cohort__site").order_by("pk")}
    for cohort in {session.cohort_id: session.cohort for session in held.values()}.values():
        by.require(Permission.REGISTER_TAKE, on=cohort)
    for session in held.values():
        _require_open(session)
    return held


def _problems_of(marks: Sequence[MarkToRecord], sessions: Mapping[object, Session], roll: Roll) -> list[Problem]:
    problems = []
    marked: dict[object, set[object]] = {key: set() for key in sessions}
    for each in marks:
        places = {"session": each.session.number, "number": each.enrolment.number, "day": each.session.held_on}
        if each.enrolment.pk in marked[each.session.pk]:
            problems.append(Problem(N_("Seat %(number)s is marked twice in session %(session)s."), places))
        elif not roll.may(each.enrolment, each.session.held_on):
            problems.append(
                Problem(N_("Seat %(number)s was not on the roll on %(day)s (session %(session)s)."), places)
            )
        marked[each.session.pk].add(each.enrolment.pk)
    for key, session in sessions.items():
        for enrolment in roll.must(session.cohort_id, session.held_on, also_enrolled=False):
            if enrolment.pk not in marked[key]:
                places = {"session": str(session), "number": enrolment.number}
                problems.append(Problem(N_("Seat %(number)s has no mark in %(session)s."), places))
    return problems
