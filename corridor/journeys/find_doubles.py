"""Looking for records of one human being: at once, or as a job that can be left and found again."""

from datetime import datetime

from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.rooms.people.actions import Searched, search_doubles
from corridor.rooms.training.queries import who_sent

KIND = "people.doubles"
SUBJECT = "people"


def search_people(*, at: datetime, by: Actor) -> Searched:
    """Search now. What a member is known to have sent speaks for a pair."""
    by.require(Permission.PERSON_MERGE)
    return search_doubles(at=at, by=by, members=who_sent(by=by))


def start_search(*, at: datetime, by: Actor) -> Job:
    """Give the search to the worker. :raises AlreadyUnderWay: if one waits or runs."""
    by.require(Permission.PERSON_MERGE)
    return start_job(kind=KIND, subject=SUBJECT, task=_search, total=1, by=by, at=at)


@task()
def _search(job_id: str) -> None:
    with take_up(job_id) as held:
        search_people(at=held.job.asked_at, by=NIGHTLY)
