"""Where teaching happens: the list on a map, and one site with what runs there and what may be issued."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.leave_site import move_site as move_the_site
from corridor.kernel.errors import Refusal
from corridor.rooms.sites import queries
from corridor.rooms.sites.lifecycle import EquipmentStatus, SiteStatus
from corridor.rooms.training import queries as training
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.map import Place
from corridor.web.ui.names import site_called
from corridor.web.ui.steps import StepForm

from .forms import SiteFilter
from .rail import stations_of
from .story import SiteStory, site_story

PER_PAGE = 50


@login_not_required
@require_GET
def site_list(request: HttpRequest) -> HttpResponse:
    asked = SiteFilter(request.GET)
    asked.offer(countries=queries.countries_of_sites(by=request.actor), brands=queries.list_brands(by=request.actor))
    chosen = asked.cleaned_data if asked.is_valid() else {}
    on, state = clock.today(), chosen.get("state", "")
    found = list(
        queries.list_sites(
            by=request.actor, on=on, brand=chosen.get("brand", ""), country=chosen.get("country", ""),
            kind=chosen.get("kind", ""), words=chosen.get("q", ""), states=[state] if state else (),
            after=read_after(request),
        )[: PER_PAGE + 1]
    )  # fmt: skip
    rows = found[:PER_PAGE]
    taught = training.teaching_of(
        group=training.BY_SITE, keys=[site.pk for site in rows], on=on, by=request.actor
    )  # fmt: skip
    counts = queries.count_sites(by=request.actor, on=on)
    states = [(each.value, each.label, counts.get(each.value, 0)) for each in SiteStatus if counts.get(each.value)]
    shown = {
        "form": asked, "rows": [(site, taught[site.pk]) for site in rows], "counts": counts, "on": on,
        "next": rows[-1].reference if len(found) > PER_PAGE else "",
        "states": [("", _("All"), counts["all"]), *states],
        "places": [
            Place(site_called(site).text, max(len(site.listings_then), 1), float(site.latitude), float(site.longitude),
                  site.source_mark == "assumed")
            for site in rows
        ],
        "is_narrowed": any(chosen.values()),
    }  # fmt: skip
    return render(request, "sites/sites.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def site_page(request: HttpRequest, reference: str) -> HttpResponse:
    story = site_story(reference=reference, on=clock.today(), at=clock.now(), by=request.actor)
    by = request.actor
    shown = {
        "story": story, "stations": stations_of(story), "may_move": by.may(Permission.SITE_CHANGE_STATE),
        "may_staff": by.may(Permission.SITE_STAFF), "may_list": by.may(Permission.SITE_EDIT),
        "may_edit": by.may(Permission.SITE_EDIT, on=story.site), "equipment": _equipment(story, request),
        "may_visit": queries.may_visit(site=reference, on=story.on, by=by),
        "may_plan_view": by.may(Permission.SITE_PLAN_VIEW, on=story.site),
        "may_take": by.may(Permission.LEARNER_ENROL, on=story.site), "may_open": by.may(Permission.DOCUMENT_VIEW, on=story.site),
    }  # fmt: skip
    return render(request, "sites/site.html", shown)


@require_http_methods(["GET", "POST"])
def move_site(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.SITE_CHANGE_STATE)
    site = queries.get_site(reference=reference, by=request.actor)
    form = StepForm(posted(request), thing=site, today=clock.today())
    status = form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            move_the_site(site=site, to=form.state(), on=given["on"], reason=given["reason"], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The site has moved on."))
            return redirect("site", reference)
    return render(request, "sites/move.html", {"form": form, "site": site}, status=status)


def _equipment(story: SiteStory, request: HttpRequest) -> list[tuple[str, int]] | None:
    """How many things are in which state, for whoever may look at them."""
    if not request.actor.may(Permission.EQUIPMENT_VIEW, on=story.site):
        return None
    counts = queries.count_equipment(by=request.actor, on=story.on, site=story.site.reference)
    return [(each.value, counts[each.value]) for each in EquipmentStatus if counts.get(each.value)]
