"""
Telling the secretariat what has been kept long enough, and what comes next: asked every night by the worker, told once a month. Nothing goes by it.
"""

from datetime import date, datetime

from django.db import transaction
from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.periods import add_months
from corridor.rooms.people.secretariat import secretariat_ids

from .keep_no_longer import DueRecords, preview_retention

KIND = "people.remind_retention"
AHEAD_MONTHS = 1


def look_ahead(*, on: date, by: Actor) -> list[DueRecords]:
    """As the preview of the day a month later: what is over by now is ``by(on)``, what comes until then ``after(on)``. Changes nothing."""
    return preview_retention(on=add_months(on, AHEAD_MONTHS), by=by)


@transaction.atomic
def remind_of_retention(*, on: date, at: datetime, by: Actor) -> int:
    """
    Tell the secretariat how many records have been kept as long as their rule says, and how many will have been within a month; each of the two once
    a month. Return how many accounts were told of something.
    """
    by.require(Permission.RETENTION_SET)
    rows = look_ahead(on=on, by=by)
    told = 0
    for event, count in (
        (Event.RETENTION_DUE, sum(len(each.by(on)) for each in rows)),
        (Event.RETENTION_SOON, sum(len(each.after(on)) for each in rows)),
    ):
        if count:
            places = {"day": add_months(on, AHEAD_MONTHS).isoformat()}
            told += tell(
                event, to=secretariat_ids(on=on), about=str(count), link="/retention/", at=at, by=by, places=places,
                once=f"retention-{on:%Y-%m}",
            )  # fmt: skip
    return told


def remind_of_retention_tonight(*, on: date, at: datetime, by: Actor) -> Job | None:
    """Start it as a job, once a night; None where it is done, or under way. ``at`` is the world's own clock."""
    begun = Job.objects.filter(kind=KIND, subject=on.isoformat()).exclude(state=Job.State.FAILED)
    return None if begun.exists() else start_job(kind=KIND, subject=on.isoformat(), task=_remind, by=by, at=at)


@task
def _remind(job_id: str) -> None:
    with take_up(job_id) as held:
        remind_of_retention(on=date.fromisoformat(held.job.subject), at=held.job.asked_at, by=NIGHTLY)
