"""Taking up what dead workers left: the queue alone would leave their tasks running for ever."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Job


@transaction.atomic
def reap(*, at: datetime) -> list[Job]:
    """
    Give work back to the queue whose lease has run out, or whose time to be tried again has come. Return those jobs.

    ``at`` is the world's own instant. Two reapers at once give nothing twice: each holds the rows it gives back.
    """
    abandoned = Q(state=Job.State.RUNNING, held_until__lt=at)
    due_again = Q(state=Job.State.WAITING, attempts__gt=0) & (Q(not_before__isnull=True) | Q(not_before__lte=at))
    jobs = list(Job.objects.select_for_update().filter(abandoned | due_again).order_by("pk"))
    given = [job for job in jobs if _give_back(job.pk)]
    for job in given:
        job.state, job.held_until, job.not_before = Job.State.WAITING, None, None
        job.save(update_fields=["state", "held_until", "not_before"])
    return given


def _give_back(job_id: UUID) -> bool:
    """Make the job's task ready again. False: it is ready already, or the queue does not know it."""
    ended = [TaskResultStatus.RUNNING, TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]
    tasks = DBTaskResult.objects.filter(args_kwargs__kwargs__job_id=str(job_id), status__in=ended)
    return bool(
        tasks.update(
            status=TaskResultStatus.READY, started_at=None, finished_at=None, exception_class_path="", traceback=""
        )
    )
