"""Looking for organisations that are recorded twice: at once, or as a job that can be left and found again."""

from datetime import datetime

from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.rooms.members.actions import look_for_doubles

KIND, SUBJECT = "members.doubles", "organisations"


def start_looking(*, at: datetime, by: Actor) -> Job:
    """Give the search to the worker. :raises AlreadyUnderWay: if one waits or runs."""
    by.require(Permission.MEMBER_MERGE)
    return start_job(kind=KIND, subject=SUBJECT, task=_look, total=1, by=by, at=at)


@task()
def _look(job_id: str) -> None:
    with take_up(job_id) as held:
        look_for_doubles(at=held.job.asked_at, by=NIGHTLY)
