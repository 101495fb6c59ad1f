"""What runs, where, with whom, and what it leads to: the list, and one programme's story."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.lifecycle import ProgrammeStatus
from corridor.rooms.sites import queries as sites
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.steps import StepForm

from .forms import ProgrammeFilter
from .rail import stations_of
from .rows import programme_rows
from .steps import steps_of
from .story import programme_story

PER_PAGE = 50


@login_not_required
@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    asked = ProgrammeFilter(request.GET)
    asked.offer(countries=sites.countries_of_sites(by=request.actor), brands=sites.list_brands(by=request.actor))
    chosen = asked.cleaned_data if asked.is_valid() else {}
    on, state = clock.today(), chosen.get("state", "")
    found = queries.list_programmes(
        by=request.actor, on=on, kind=chosen.get("kind", ""), country=chosen.get("country", ""),
        brand=chosen.get("brand", ""), words=chosen.get("q", ""), states=[state] if state else (),
        after=read_after(request),
    )  # fmt: skip
    rows = programme_rows(found[: PER_PAGE + 1], on=on, by=request.actor)
    counts = queries.count_programmes(by=request.actor, on=on)
    states = [(each.value, each.label, counts.get(each.value, 0)) for each in ProgrammeStatus if counts.get(each.value)]
    shown = {
        "form": asked, "rows": rows[:PER_PAGE], "counts": counts, "on": on,
        "next": rows[PER_PAGE - 1].programme.reference if len(rows) > PER_PAGE else "",
        "states": [("", _("All"), counts["all"]), *states],
        "is_narrowed": any(chosen.values()), "may_propose": request.actor.may(Permission.PROGRAMME_PROPOSE),
    }  # fmt: skip
    return render(request, "programmes/programmes.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def programme_page(request: HttpRequest, reference: str) -> HttpResponse:
    story = programme_story(reference=reference, on=clock.today(), at=clock.now(), by=request.actor)
    shown = {
        "story": story, "steps": steps_of(story), "stations": stations_of(story),
        "may_move": request.actor.may(Permission.PROGRAMME_CHANGE_STATE),
        "may_change": request.actor.may(Permission.PROGRAMME_PROPOSE) and story.programme.status not in {"completed", "cancelled"},
        "may_see_log": request.actor.may(Permission.PROGRAMME_VIEW_LOG, on=story.programme),
        "splits": queries.funding_of(programme=story.programme, by=request.actor),
        "split_url": reverse("programme-funding", args=[reference]) if request.actor.may(Permission.FUNDING_COMMIT) else "",
    }  # fmt: skip
    return render(request, "programmes/programme.html", shown)


@require_http_methods(["GET", "POST"])
def move_programme(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.PROGRAMME_CHANGE_STATE)
    programme = queries.get_programme(reference=reference, by=request.actor)
    form = StepForm(posted(request), thing=programme, today=clock.today())
    status = form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.move_programme(
                programme=programme, to=form.state(), on=given["on"], reason=given["reason"], by=request.actor
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The programme has moved on."))
            return redirect("programme", reference)
    shown = {"form": form, "programme": programme}
    return render(request, "programmes/move.html", shown, status=status)
