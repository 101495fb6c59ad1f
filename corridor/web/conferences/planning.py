"""Plan a conference, and write down that it took place."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.drafts import ConferenceDraft
from corridor.rooms.members import queries as members
from corridor.rooms.members.standing import home_zone
from corridor.web.posting import form_status, posted, shown_on

from .forms import ConferenceForm


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.CONFERENCE_PLAN)
    countries = [row.country for row in members.count_by_country(on=clock.today(), by=request.actor)]
    form = ConferenceForm(posted(request), initial={"zone": home_zone()}, countries=countries)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        draft = ConferenceDraft(
            reference=chosen["reference"], place=chosen["place"], country=chosen["country"],
            starts_on=chosen["starts_on"], ends_before=chosen["ends_on"] + timedelta(days=1), titles=form.titles(),
            zone=chosen["zone"],
        )  # fmt: skip
        try:
            made = actions.plan_conference(conference=draft, by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(conference)s is planned; the first page tells it.") % {"conference": made.reference}
            )
            return redirect("conference", made.reference)
    return render(request, "conferences/plan.html", {"form": form}, status=status)


@require_POST
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    conference = queries.get_conference(reference=reference, by=request.actor)
    actions.hold_conference(conference=conference, on=clock.today(), by=request.actor)
    messages.success(
        request,
        _("%(conference)s took place. What was announced there can be written down.") % {"conference": reference},
    )
    return redirect("conference", reference)
