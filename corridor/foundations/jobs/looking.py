"""How far long work is."""

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import Job


def list_jobs(*, by: Actor) -> QuerySet[Job]:
    """One's own jobs, the latest first; who may see the audit sees all."""
    if by.holds_everywhere(Permission.AUDIT_VIEW):
        return Job.objects.all()
    return Job.objects.filter(asked_by=by.label)


def get_job(*, key: str, by: Actor) -> Job:
    """:raises NotFound: if there is no such job, or none that the reader may see."""
    job = list_jobs(by=by).filter(pk=key).first()
    if job is None:
        raise NotFound(N_("There is no such job that you may see."))
    return job


def latest_job(*, kind: str, subject: str, by: Actor) -> Job | None:
    """The latest job of that kind about that subject which the reader may see, if there is one."""
    return list_jobs(by=by).filter(kind=kind, subject=subject).first()
