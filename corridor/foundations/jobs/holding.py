"""
Starting long work, holding it by a lease, and ending it.

A worker that dies leaves its lease behind; when that has run out, the reaper (reaping.py) gives the work to another. A worker that was only
slow finds at its next step that the work is no longer its own, and stops. Leases follow the world's own clock: pass ``clock.real_now()``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.tasks import Task

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import Refusal, WrongMoment
from corridor.kernel.wording import N_

from .models import Job

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=30)


class AlreadyUnderWay(WrongMoment):
    """The same work is waiting or running."""


class HeldElsewhere(WrongMoment):
    """Somebody else holds the work, or it has ended."""


class LeaseLost(WrongMoment):
    """The lease ran out and another worker has taken the work up."""


@transaction.atomic
def start_job(*, kind: str, subject: str, task: Task[..., Any], total: int = 0, by: Actor, at: datetime) -> Job:
    """
    Write down a piece of long work and give it to the queue, both in this transaction: a server that is killed leaves both or neither.
    ``task`` takes ``job_id`` alone.

    :raises AlreadyUnderWay: if the same kind of work on the same subject waits or runs.
    """
    _require_none_under_way(kind, subject)
    job = Job(kind=kind, subject=subject, total=total, asked_by=by.label, owner_id=by.user_id, asked_at=at)
    with contested(lambda: _require_none_under_way(kind, subject)):
        job.save(force_insert=True)
    log.record("jobs.started", by=by, subject=job)
    task.enqueue(job_id=str(job.pk))
    return job


def _require_none_under_way(kind: str, subject: str) -> None:
    under_way = [Job.State.WAITING, Job.State.RUNNING]
    if Job.objects.filter(kind=kind, subject=subject, state__in=under_way).exists():
        raise AlreadyUnderWay(
            N_("This is under way already (%(kind)s, %(subject)s). Follow it on the page of jobs."),
            kind=kind,
            subject=subject,
        )


class NotUnderWay(WrongMoment):
    """The work has ended; there is nothing to stop."""


@transaction.atomic
def cancel_job(*, job: Job, at: datetime, by: Actor) -> Job:
    """
    Stop work that waits or runs. Whoever holds it finds at its next step that it is no longer its own, and keeps nothing of that step.

    :raises AccessDenied: for anybody but who asked for it and who may stop all work.
    :raises NotUnderWay: if it has ended.
    """
    if by.user_id is None or job.owner_id != by.user_id:
        by.require(Permission.JOB_CANCEL)
    under_way = [Job.State.WAITING, Job.State.RUNNING]
    stopped = Job.objects.filter(pk=job.pk, state__in=under_way).update(
        state=Job.State.CANCELLED, held_until=None, not_before=None, ended_at=at, message=""
    )
    if not stopped:
        raise NotUnderWay(N_("This work has ended already; nothing was stopped."))
    log.record("jobs.cancelled", by=by, subject=job)
    return Job.objects.get(pk=job.pk)


class WorkBroke(Exception):
    """
    An error that nobody expected, by its kind and its place in the code alone. Its own words may repeat a value of a person (a database names
    the row that it refuses), and the queue and the server's log keep what they are given.
    """


class Hold:
    """
    ``with Hold(job_id=..., clock=real_now) as held``: the work is this worker's own until the block ends.

    Ends well: done. Ends with a Refusal: failed, with its sentence; trying again would not help. Ends with any other error: waits longer
    each time, and fails after the fifth. A refusal goes on to the queue as it is, any other error as ``WorkBroke``; what ends the process itself
    (a signal) goes on ending it.

    :raises HeldElsewhere: if another holds it or it has ended; the block does not run then.
    """

    def __init__(self, *, job_id: UUID | str, clock: Callable[[], datetime]) -> None:
        self._job_id = job_id
        self._clock = clock
        self.job: Job

    def __enter__(self) -> Self:
        at = self._clock()
        is_free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, held_until__lt=at)
        # One statement decides between two workers; whoever comes second changes no row.
        taken = Job.objects.filter(is_free, pk=self._job_id).update(
            state=Job.State.RUNNING, held_until=at + LEASE, attempts=F("attempts") + 1, not_before=None, message=""
        )
        if not taken:
            raise HeldElsewhere(N_("This work is held by another worker, or has ended."))
        self.job = Job.objects.get(pk=self._job_id)
        return self

    def advance(self, *, done: int, total: int | None = None) -> None:
        """
        Say how far it is, and keep the lease. Call it inside the transaction of the step: then a step is done once, by whoever holds the work.

        :raises LeaseLost: if another worker has taken it up meanwhile; what this one did since its last step must not be kept.
        """
        self.job.total = self.job.total if total is None else total
        self.job.done = min(done, self.job.total)
        self._write(done=self.job.done, total=self.job.total, held_until=self._clock() + LEASE)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._write(state=Job.State.DONE, done=F("total"), held_until=None, ended_at=self._clock())
        elif isinstance(error, LeaseLost):
            return
        elif isinstance(error, Refusal):
            self._end(str(error))
        elif self.job.attempts >= MOST_ATTEMPTS:
            self._end(_kind_of(error))
            _raise_by_kind(error, trace)
        else:
            wait = FIRST_WAIT * 2 ** (self.job.attempts - 1)
            self._write(
                state=Job.State.WAITING, held_until=None, not_before=self._clock() + wait, message=_kind_of(error)
            )
            _raise_by_kind(error, trace)

    def _end(self, message: str) -> None:
        at = self._clock()
        with transaction.atomic():
            self._write(state=Job.State.FAILED, held_until=None, ended_at=at, message=message)
            tell_owner(self.job, at=at)

    def _write(self, **values: Any) -> None:
        # The number of attempts tells this hold from a later one of the same job.
        mine = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.job.attempts)
        if not mine.update(**values):
            raise LeaseLost(N_("Another worker has taken this work up; this one stops."))


def tell_owner(job: Job, *, at: datetime) -> None:
    """Tell who asked for it that it failed; nobody asked for the house's own work."""
    if job.owner_id is not None:
        tell(Event.JOB_FAILED, to=[job.owner_id], about=job.subject, link=f"/jobs/{job.pk}/", at=at, by=NIGHTLY)


def _raise_by_kind(error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, Exception):
        raise WorkBroke(_kind_of(error)).with_traceback(trace) from None


def _kind_of(error: BaseException) -> str:
    """What the disk or the network says is said in full; of anything else the kind."""
    return f"{type(error).__name__}: {error}" if isinstance(error, OSError) else type(error).__name__
