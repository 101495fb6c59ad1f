"""
Saving a register of 40 marks with its audit entry, against the same rows written bare; by one writer, and by 16 at once.

Each writer is a thread with its own connection and its own cohort; sixteen of them share two processes. As the house is served they would not write
at once: each of the two processes answers one after the other, and the writers wait for their turn. Both are measured. Every save takes a
session that has no register yet.
"""

import multiprocessing
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from itertools import batched
from typing import Any

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
PROCESSES = 2
_FORK = multiprocessing.get_context("fork")
SAVES = 160
TRAINER = Actor(label="trainer", grants=frozenset({Grant(Role.VISITOR), Grant(Role.TRAINER)}))
MORNING = time_of_day(1, 30)
MARKS = dict.fromkeys(range(1, LEARNERS + 1), "present")

Save = Callable[[Session], object]


class Turn:
    """
    So many saves by so many writers in so many processes: the rate, how long each took, and how many were refused a lock.

    ``in_turn``: a process answers its writers one after the other; how long one takes then holds the wait for the others.
    """

    def __init__(self, save: Save, sessions: list[Session], writers: int, *, in_turn: bool = False) -> None:
        shares = [sessions[number::writers] for number in range(writers)]
        processes = min(PROCESSES, writers)
        begin, told = _FORK.Barrier(processes), _FORK.SimpleQueue()
        connection.close()  # a connection does not outlive a fork
        parts = [
            _FORK.Process(target=_answer if in_turn else _write, args=(save, shares[number::processes], begin, told))
            for number in range(processes)
        ]
        for each in parts:
            each.start()
        found: list[Part] = [told.get() for _ in parts]
        for each in parts:
            each.join()
        self.took = [second for part in found for second in part.took]
        self.locked_out = sum(part.locked_out for part in found)
        self.rate = len(self.took) / (max(part.ended for part in found) - min(part.begun for part in found))


@dataclass
class Part:
    """What one process of a turn did; its instants are of the clock that all processes of the machine share."""

    begun: float = 0.0
    ended: float = 0.0
    locked_out: int = 0
    took: list[float] = field(default_factory=list)


def _write(save: Save, shares: list[list[Session]], begin: Any, told: Any) -> None:
    """In a process of its own: a thread with a connection for each share. One connection is opened before the start, as a server has it."""
    part = Part()

    def write(sessions: list[Session]) -> None:
        try:
            for session in sessions:
                begun = time.perf_counter()
                try:
                    save(session)
                except OperationalError:
                    part.locked_out += 1
                part.took.append(time.perf_counter() - begun)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(shares)) as pool:
        begin.wait()
        part.begun = time.perf_counter()
        for done in [pool.submit(write, each) for each in shares]:
            done.result()
        part.ended = time.perf_counter()
    told.put(part)


def _answer(save: Save, shares: list[list[Session]], begin: Any, told: Any) -> None:
    """In a process of its own, with one connection: the next save of each writer, and again. Each asks as soon as its last is done."""
    part = Part()
    connection.ensure_connection()
    begin.wait()
    part.begun = time.perf_counter()
    asked = [part.begun] * len(shares)
    for sessions in zip(*shares, strict=True):
        for writer, session in enumerate(sessions):
            try:
                save(session)
            except OperationalError:
                part.locked_out += 1
            ended = time.perf_counter()
            part.took.append(ended - asked[writer])
            asked[writer] = ended
    part.ended = time.perf_counter()
    connection.close()
    told.put(part)


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (a number of saves, not a time, so that no session is taken twice)
    with stores.kept("registers"):
        waiting = batched(_sessions(SAVES * (5 * ROUNDS + 1)), SAVES)
        for save, session in zip((_ours, _bare), next(waiting), strict=False):
            save(session)
        turns = [
            [
                *[Turn(save, list(next(waiting)), writers) for writers in (1, WRITERS) for save in (_ours, _bare)],
                Turn(_ours, list(next(waiting)), WRITERS, in_turn=True),
            ]
            for _ in range(ROUNDS)
        ]
    alone, alone_bare, many, many_bare, served = zip(*turns, strict=True)
    return [
        _compare("save a register of 40, one writer", "the same rows, bare", alone, alone_bare, goal=0.7),
        _compare(f"save a register of 40, {WRITERS} writers", "the same rows, bare", many, many_bare, goal=0.7),
        _compare(f"save a register of 40, {WRITERS} writers", "one writer", many, alone, goal=1.2),
        _slowest(f"{WRITERS} writers", many),
        _compare(
            f"save a register of 40, {WRITERS} writers as the house is served", "one writer", served, alone, goal=1.2
        ),
        _slowest(f"{WRITERS} writers as the house is served", served),
    ]


def _slowest(whose: str, turns: tuple[Turn, ...]) -> Result:
    """How long the slowest of a hundred takes, against the one in the middle, each turn by itself."""
    halves, nearly = [], []
    for turn in turns:
        took = sorted(turn.took)
        halves.append(statistics.median(took) * 1000)
        nearly.append(took[int(len(took) * 0.99)] * 1000)
    return Result.of(
        f"the slowest of a hundred saves, {whose}", "the one in the middle", "ms", nearly, halves, goal=4.0
    )


def _compare(name: str, peer: str, ours: tuple[Turn, ...], theirs: tuple[Turn, ...], *, goal: float) -> Result:
    took = sorted(second for turn in ours for second in turn.took)
    half, nearly_all = statistics.median(took) * 1000, took[int(len(took) * 0.99)] * 1000
    return Result.of(
        name, peer, "per second", [turn.rate for turn in ours], [turn.rate for turn in theirs], goal=goal,
        note=f"p50 {half:.0f} ms, p99 {nearly_all:.0f} ms, {sum(turn.locked_out for turn in ours)} lock errors",
    )  # fmt: skip


def _sessions(count: int) -> list[Session]:
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
    return Session.objects.bulk_create(rows, batch_size=500)


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
