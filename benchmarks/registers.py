"""
Saving a register of 40 marks with its audit entry, against the same rows written bare; by one writer, and by 16 at once.

Each writer is a thread with its own connection and its own cohort; every save takes a session that has no register yet.
"""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from queue import SimpleQueue

from django.db import OperationalError, connection, transaction
from django.db.models import F

from corridor.foundations.access import Actor, Grant, Role
from corridor.foundations.audit.models import Entry
from corridor.rooms.training.actions import take_register
from corridor.rooms.training.models import Attendance, CaptureMode, Cohort, Session, SessionChange
from tests.factories.training import make_cohort

from . import stores
from .measuring import Result

WRITERS, LEARNERS, ROUNDS = 16, 40, 5
SAVES = 160
TRAINER = Actor(label="trainer", grants=frozenset({Grant(Role.VISITOR), Grant(Role.TRAINER)}))
MORNING = time_of_day(1, 30)
MARKS = dict.fromkeys(range(1, LEARNERS + 1), "present")

Save = Callable[[Session], object]


class Turn:
    """So many saves by so many writers: the rate, how long each took, and how many were refused a lock."""

    def __init__(self, save: Save, waiting: "SimpleQueue[Session]", writers: int) -> None:
        self.took: list[float] = []
        self.locked_out = 0
        begun = time.perf_counter()
        with ThreadPoolExecutor(writers) as pool:
            for done in [pool.submit(self._write, save, waiting, SAVES // writers) for _ in range(writers)]:
                done.result()
        self.rate = len(self.took) / (time.perf_counter() - begun)

    def _write(self, save: Save, waiting: "SimpleQueue[Session]", saves: int) -> None:
        try:
            for _ in range(saves):
                session = waiting.get()
                begun = time.perf_counter()
                try:
                    save(session)
                except OperationalError:
                    self.locked_out += 1
                self.took.append(time.perf_counter() - begun)
        finally:
            connection.close()


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (a number of saves, not a time, so that no session is taken twice)
    with stores.kept("registers"):
        waiting = _sessions(SAVES * 2 * 2 * ROUNDS + 2 * WRITERS)
        for save in (_ours, _bare):
            save(waiting.get())
        turns = [
            [Turn(save, waiting, writers) for writers in (1, WRITERS) for save in (_ours, _bare)] for _ in range(ROUNDS)
        ]
    alone, alone_bare, many, many_bare = zip(*turns, strict=True)
    return [
        _compare("save a register of 40, one writer", "the same rows, bare", alone, alone_bare, goal=0.7),
        _compare(f"save a register of 40, {WRITERS} writers", "the same rows, bare", many, many_bare, goal=0.7),
        _compare(f"save a register of 40, {WRITERS} writers", "one writer", many, alone, goal=1.2),
        _slowest(many),
    ]


def _slowest(turns: tuple[Turn, ...]) -> Result:
    """How long the slowest of a hundred takes, against the one in the middle, each turn by itself."""
    halves, nearly = [], []
    for turn in turns:
        took = sorted(turn.took)
        halves.append(statistics.median(took) * 1000)
        nearly.append(took[int(len(took) * 0.99)] * 1000)
    return Result.of(
        f"the slowest of a hundred saves, {WRITERS} writers", "the one in the middle", "ms", nearly, halves, goal=4.0
    )


def _compare(name: str, peer: str, ours: tuple[Turn, ...], theirs: tuple[Turn, ...], *, goal: float) -> Result:
    took = sorted(second for turn in ours for second in turn.took)
    half, nearly_all = statistics.median(took) * 1000, took[int(len(took) * 0.99)] * 1000
    return Result.of(
        name, peer, "per second", [turn.rate for turn in ours], [turn.rate for turn in theirs], goal=goal,
        note=f"p50 {half:.0f} ms, p99 {nearly_all:.0f} ms, {sum(turn.locked_out for turn in ours)} lock errors",
    )  # fmt: skip


def _sessions(count: int) -> "SimpleQueue[Session]":
    """Planned sessions of 16 cohorts, one cohort after the other, so that writers do not meet in one."""
    cohorts = [make_cohort(f"COH-2023-{number:03}", learners=LEARNERS) for number in range(1, WRITERS + 1)]
    rows = []
    for number in range(count):
        cohort: Cohort = cohorts[number % WRITERS]
        begins_at = datetime.combine(cohort.starts_on, MORNING, UTC)
        rows.append(
            Session(
                cohort=cohort, number=number // WRITERS + 1, begins_at=begins_at, held_on=cohort.starts_on, minutes=180,
                kind="practice", status="planned",
            )
        )  # fmt: skip
    waiting: SimpleQueue[Session] = SimpleQueue()
    for session in Session.objects.bulk_create(rows, batch_size=500):
        waiting.put(session)
    return waiting


def _ours(session: Session) -> None:
    take_register(
        session=session, marks=MARKS, version=session.version, capture_mode=CaptureMode.LIVE,
        at=session.begins_at + timedelta(hours=2), by=TRAINER,
    )  # fmt: skip


def _bare(session: Session) -> None:
    seats = list(session.cohort.enrolments.values_list("pk", flat=True))
    rows = [Attendance(session=session, enrolment_id=seat, mark="present") for seat in seats]
    with transaction.atomic():
        Session.objects.filter(pk=session.pk).update(version=F("version") + 1, status="held")
        SessionChange.objects.create(
            session=session, from_status="planned", to_status="held", effective_on=session.held_on, by_label="trainer"
        )
        Attendance.objects.bulk_create(rows)
        Entry.objects.create(event="taken", by="trainer", subject=str(session.pk), count=len(rows))
