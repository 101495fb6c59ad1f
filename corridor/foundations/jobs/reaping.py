"""Taking up what dead workers left: the queue alone would leave their tasks running for ever."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from corridor.kernel.wording import N_

from .holding import LEASE, MOST_ATTEMPTS, tell_owner
from .models import Job

KILLS_WORKERS = N_(
    "The worker stopped in the middle each time it was tried, so it is not tried again. Tell the administrator."
)


_TAKEN = [TaskResultStatus.RUNNING, TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]


@transaction.atomic
def reap(*, at: datetime) -> list[Job]:
    """
    Give work back to the queue whose lease has run out, whose time to be tried again has come, or whose worker died before it took the
    lease. Return those jobs. Work under which every worker so far has died is given up, and who asked for it is told.

    ``at`` is the world's own instant. Two reapers at once give nothing twice: each holds the rows it gives back.
    """
    abandoned = Q(state=Job.State.RUNNING, held_until__lt=at)
    due_again = Q(state=Job.State.WAITING, attempts__gt=0) & (Q(not_before__isnull=True) | Q(not_before__lte=at))
    never_held = Q(state=Job.State.WAITING, attempts=0, pk__in=_claimed_long_ago(at))
    jobs = list(Job.objects.select_for_update().filter(abandoned | due_again | never_held).order_by("pk"))
    hopeless = [job for job in jobs if job.state == Job.State.RUNNING and job.attempts >= MOST_ATTEMPTS]
    for job in hopeless:
        _give_up(job, at)
    given = [job for job in jobs if job not in hopeless and _give_back(job.pk)]
    for job in given:
        job.state, job.held_until, job.not_before = Job.State.WAITING, None, None
        job.save(update_fields=["state", "held_until", "not_before"])
    return given


def _claimed_long_ago(at: datetime) -> list[UUID]:
    """The jobs whose task a worker took from the queue longer ago than a lease; it ended or died since."""
    tasks = DBTaskResult.objects.filter(status__in=_TAKEN, started_at__lt=at - LEASE)
    waiting = {
        str(key): key for key in Job.objects.filter(state=Job.State.WAITING, attempts=0).values_list("pk", flat=True)
    }
    if not waiting:
        return []
    named = tasks.filter(args_kwargs__kwargs__job_id__in=list(waiting))
    return [waiting[each.args_kwargs["kwargs"]["job_id"]] for each in named]


def _give_up(job: Job, at: datetime) -> None:
    job.state, job.held_until, job.ended_at, job.message = Job.State.FAILED, None, at, KILLS_WORKERS
    job.save(update_fields=["state", "held_until", "ended_at", "message"])
    tell_owner(job, at=at)


def _give_back(job_id: UUID) -> bool:
    """Make the job's task ready again. False: it is ready already, or the queue does not know it."""
    tasks = DBTaskResult.objects.filter(args_kwargs__kwargs__job_id=str(job_id), status__in=_TAKEN)
    return bool(
        tasks.update(
            status=TaskResultStatus.READY, started_at=None, finished_at=None, exception_class_path="", traceback=""
        )
    )
