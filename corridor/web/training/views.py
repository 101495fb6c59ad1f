"""Cohorts as those who work with them see them, and a learner's own path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.learning_path import learning_path
from corridor.rooms.training import queries
from corridor.rooms.training.lifecycle import CohortStatus

from .story import cohort_story


@require_GET
def cohort_list(request: HttpRequest) -> HttpResponse:
    everything = list(queries.list_cohorts(by=request.actor))
    wanted = request.GET.get("state", "")
    counts = {state: sum(each.status == state.value for each in everything) for state in CohortStatus}
    shown = {
        "cohorts": [each for each in everything if wanted in {"", each.status}],
        "all": len(everything),
        "running": counts[CohortStatus.RUNNING],
        "states": [("", _("All"), len(everything)), *((s.value, s.label, n) for s, n in counts.items() if n)],
        "may_open": request.actor.holds_somewhere(Permission.COHORT_OPEN),
        "is_narrowed": bool(wanted),
    }
    return render(request, "training/cohorts.html", shown)


@require_GET
def cohort_page(request: HttpRequest, reference: str) -> HttpResponse:
    story = cohort_story(reference=reference, on=clock.today(), by=request.actor)
    return render(request, "training/cohort.html", {"story": story})


@require_GET
def own_path(request: HttpRequest) -> HttpResponse:
    shown = {
        "path": learning_path(on=clock.today(), at=clock.now(), by=request.actor), "placements": queries.own_placements(by=request.actor),
    }  # fmt: skip
    return render(request, "training/path.html", shown)
