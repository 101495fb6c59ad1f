"""How far long work is."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import Job


def list_jobs(*, by: Actor) -> QuerySet[Job]:
    """One's own jobs, the latest first; who may see the audit sees all."""
    if by.holds_everywhere(Permission.AUDIT_VIEW):
        return Job.objects.all()
    return Job.objects.filter(asked_by=by.label)


@dataclass(frozen=True)
class JobPage:
    """``next_after`` goes into ``after`` for the next page; empty on the last one."""

    rows: list[Job]
    next_after: str = ""


def page_of_jobs(*, by: Actor, after: str = "", limit: int = 50) -> JobPage:
    """As list_jobs, a page at a time. ``after`` is the key of the last job before; what is none begins at the latest."""
    seen = list_jobs(by=by)
    last = seen.filter(pk=after).first() if _is_key(after) else None
    if last is not None:
        seen = seen.filter(Q(asked_at__lt=last.asked_at) | Q(asked_at=last.asked_at, pk__lt=last.pk))
    rows = list(seen[: limit + 1])
    return JobPage(rows[:limit], str(rows[limit - 1].pk) if len(rows) > limit else "")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def get_job(*, key: str, by: Actor) -> Job:
    """:raises NotFound: if there is no such job, or none that the reader may see."""
    job = list_jobs(by=by).filter(pk=key).first()
    if job is None:
        raise NotFound(N_("There is no such job that you may see."))
    return job


def latest_job(*, kind: str, subject: str, by: Actor) -> Job | None:
    """The latest job of that kind about that subject which the reader may see, if there is one."""
    return list_jobs(by=by).filter(kind=kind, subject=subject).first()
