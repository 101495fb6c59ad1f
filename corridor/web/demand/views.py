"""What employers say they need: the list, and one statement."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.money import written
from corridor.rooms.demand import queries
from corridor.rooms.demand.language_levels import written_level
from corridor.rooms.members import queries as members
from corridor.rooms.training import queries as training
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .forms import STATES, DemandFilter
from .totals import occupation_named

PER_PAGE = 25


@login_not_required
@require_GET
def demand_list(request: HttpRequest) -> HttpResponse:
    on, asked = clock.today(), DemandFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    kind_of_file = wanted_sheet(request)
    found = queries.list_demands(
        by=request.actor, on=on, occupation=chosen.get("occupation", ""), country=chosen.get("country", ""),
        sector=chosen.get("sector", ""), quarter=chosen.get("quarter", ""), unit=chosen.get("unit", ""),
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
    on = clock.today()
    statement = queries.get_demand(reference=reference, by=request.actor, on=on)
    may_state = request.actor.may(Permission.DEMAND_STATE, on=statement)
    shown = {
        "statement": statement,
        "may_meet": may_state and statement.status in {"stated", "partly_met"},
        "may_publish": may_state and statement.status == "draft",
        "may_state": may_state,
        "may_keep_paper": may_state and statement.strength != "spoken",
        "spoken_there": [written_level(each) for each in statement.languages.all()],
        "chain": queries.restatements_of(statement=statement, by=request.actor, on=on),
        "cohorts": training.list_cohorts(by=request.actor, demand=statement.pk),
        "occupation": occupation_named(statement.occupation_code, by=request.actor),
    }
    return render(request, "demand/demand.html", shown)


@require_GET
def paper_file(request: HttpRequest, reference: str) -> HttpResponse:
    document, content = queries.open_paper(reference=reference, by=request.actor)
    return file_answer(document, content)


def _heads() -> list[str]:
    return [
        _("Reference"), _("Employer"), _("Occupation"), _("ISCO-08"), _("Posts"), _("Country or region"), _("Stated on"),
        _("Needed by"), _("Strength"), _("State"), _("Source"), _("Town or plant"), _("Lowest wage"), _("Highest wage"), _("Currency"),
        _("The wage is for"), _("Levels of languages"),
    ]  # fmt: skip


def _cells(row: Any) -> list:
    return [
        row.reference, member_called(row.employer).text, row.occupation_title, row.occupation_code, row.posts,
        country_name(row.country), row.stated_on, row.needed_by, row.get_strength_display(), row.standing_then,
        row.get_source_mark_display(), row.place, *_wage(row), "; ".join(written_level(each) for each in row.languages.all()),
    ]  # fmt: skip


def _wage(row: Any) -> list[str]:
    if row.wage_from is None:
        return ["", "", "", ""]
    ends = [written(end.amount, end.currency) for end in (row.wage_from, row.wage_to)]
    return [*ends, row.wage_currency, row.get_wage_period_display()]
