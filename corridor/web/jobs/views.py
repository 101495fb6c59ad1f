"""Long work: how far it is, why it failed, and how to stop it. Everyone sees their own; oversight sees all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.jobs import looking
from corridor.foundations.jobs.holding import cancel_job
from corridor.web.fields import read_after

from .kinds import kind_name

PER_PAGE = 50


@never_cache
@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    page = looking.page_of_jobs(by=request.actor, after=read_after(request), limit=PER_PAGE)
    shown = {
        "rows": [(job, kind_name(job.kind)) for job in page.rows],
        "next_after": page.next_after,
        "sees_all": request.actor.holds_everywhere(Permission.AUDIT_VIEW),
    }
    return render(request, "jobs/jobs.html", shown)


@never_cache
@require_GET
def job_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page follows the work while it is under way; without script a link does."""
    job = looking.get_job(key=str(key), by=request.actor)
    may_cancel = job.is_under_way and (
        job.owner_id == request.actor.user_id or request.actor.may(Permission.JOB_CANCEL)
    )
    shown = {
        "job": job,
        "kind": kind_name(job.kind),
        "may_cancel": may_cancel,
        "message": _(job.message) if job.message else "",
    }
    return render(request, "jobs/job.html", shown)


@require_POST
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    job = looking.get_job(key=str(key), by=request.actor)
    cancel_job(job=job, at=clock.real_now(), by=request.actor)
    messages.success(request, _("The work is stopped. What it had finished before stays."))
    return redirect("job", key)
