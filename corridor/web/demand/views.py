"""What employers say they need: the list, one statement, stating and restating it, and saying that it is met."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import actions, queries
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.members import queries as members
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .forms import STATES, DemandFilter, DemandForm, MetForm

PER_PAGE = 25


@login_not_required
@require_GET
def demand_list(request: HttpRequest) -> HttpResponse:
    on, asked = clock.today(), DemandFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    kind_of_file = wanted_sheet(request)
    found = queries.list_demands(
        by=request.actor, on=on, occupation=chosen.get("occupation", ""), country=chosen.get("country", ""),
        states=[chosen["state"]] if chosen.get("state") else [], after="" if kind_of_file else read_after(request),
    )  # fmt: skip
    if kind_of_file:
        return sheet_answer(kind_of_file, f"demand-{on.isoformat()}", _heads(), map(_cells, found[:MOST_ROWS]))
    rows, counts = list(found[: PER_PAGE + 1]), queries.count_demands(by=request.actor, on=on)
    asked.offer_countries(counts.countries)
    shown = {
        "form": asked, "rows": rows[:PER_PAGE], "next_after": rows[PER_PAGE - 1].reference if len(rows) > PER_PAGE else "",
        "tabs": [(code, word, counts.by_state.get(code or "all", 0)) for code, word in STATES], "on": on,
        "open_posts": counts.open_posts, "may_state": members.spoken_for(
            permission=Permission.DEMAND_STATE, on=on, by=request.actor, kind="company"
        ).exists(),
    }  # fmt: skip
    return render(request, "demand/demands.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def demand_page(request: HttpRequest, reference: str) -> HttpResponse:
    statement = queries.get_demand(reference=reference, by=request.actor, on=clock.today())
    may_state = request.actor.may(Permission.DEMAND_STATE, on=statement)
    shown = {
        "statement": statement,
        "may_meet": may_state and statement.status in {"stated", "partly_met"},
        "may_publish": may_state and statement.status == "draft",
        "may_state": may_state,
    }
    return render(request, "demand/demand.html", shown)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    on, by = clock.today(), request.actor
    employers = list(members.spoken_for(permission=Permission.DEMAND_STATE, on=on, by=by, kind="company"))
    if not employers:
        raise AccessDenied(N_("Companies state what they need: you speak for none."))
    form = DemandForm(
        posted(request),
        employers=employers,
        countries=[row.country for row in members.count_by_country(on=on, by=by)],
        versions=list(curricula.list_versions(by=by)),
        own=[each for each in queries.demands_of(by=by, on=on) if each.standing_then != "restated"],
    )
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        draft = DemandDraft(
            employer=next(each for each in employers if each.reference == chosen["employer"]),
            occupation_code=chosen["occupation_code"], occupation_title=chosen["occupation_title"],
            posts=chosen["posts"], country=chosen["country"], needed_by=chosen["needed_by"], stated_on=on,
            strength=chosen["strength"], units=[form.known_units[key] for key in chosen["units"]],
            replaces=form.own.get(chosen["replaces"]),
        )  # fmt: skip
        try:
            made = actions.state_demand(demand=draft, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(statement)s is stated, dated today. Cohorts can cite it.") % {"statement": made.reference}
            )
            return redirect("demand", made.reference)
    return render(request, "demand/state.html", {"form": form}, status=status)


@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    statement = queries.get_demand(reference=reference, by=request.actor)
    actions.publish_draft(statement=statement, on=clock.today(), by=request.actor)
    messages.success(
        request, _("%(statement)s is stated, dated today. Cohorts can cite it.") % {"statement": reference}
    )
    return redirect("demand", reference)


@require_http_methods(["GET", "POST"])
def met(request: HttpRequest, reference: str) -> HttpResponse:
    statement = queries.get_demand(reference=reference, by=request.actor)
    request.actor.require(Permission.DEMAND_STATE, on=statement)
    form = MetForm(posted(request))
    status = form_status(request)
    if form.is_valid():
        try:
            actions.mark_met(
                statement=statement, on=clock.today(), partly=form.cleaned_data["how_far"] == "partly",
                reason=form.cleaned_data["reason"], by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("How far %(statement)s is met is written down.") % {"statement": reference})
            return redirect("demand", reference)
    return render(request, "demand/met.html", {"form": form, "statement": statement}, status=status)


def _heads() -> list[str]:
    return [
        _("Reference"), _("Employer"), _("Occupation"), _("ISCO-08"), _("Posts"), _("Country or region"), _("Stated on"),
        _("Needed by"), _("Strength"), _("State"), _("Source"),
    ]  # fmt: skip


def _cells(row: Any) -> list:
    return [
        row.reference, member_called(row.employer).text, row.occupation_title, row.occupation_code, row.posts,
        country_name(row.country), row.stated_on, row.needed_by, row.get_strength_display(), row.standing_then,
        row.get_source_mark_display(),
    ]  # fmt: skip
