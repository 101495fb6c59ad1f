"""How many people are looked for, which units nobody teaches, and what occupations are called."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Actor
from corridor.journeys.demand_gaps import UnitWanted, demand_gaps
from corridor.rooms.demand.occupations import find_occupations
from corridor.rooms.demand.totals import DIMENSIONS, DemandTotal, totals_of_demand
from corridor.web.fields import read_after
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import listed, reader_language, title_in
from corridor.web.ui.sheets import sheet_answer, wanted_sheet

WORDS = {
    "sector": gettext_lazy("Sector"), "country": gettext_lazy("Country or region"), "quarter": gettext_lazy("Quarter"),
    "unit": gettext_lazy("Unit"),
}  # fmt: skip
PER_PAGE = 50
MOST_LETTERS = 100


@login_not_required
@require_GET
def demand_totals(request: HttpRequest) -> HttpResponse:
    on, asked = clock.today(), request.GET.get("per", "")
    per: Any = asked if asked in DIMENSIONS else "sector"
    totals = [
        (total, _name(total, per), _opens(per, total.key))
        for total in totals_of_demand(per=per, by=request.actor, on=on)
    ]
    if kind_of_file := wanted_sheet(request):
        heads = [str(WORDS[per]), _("Code"), _("Statements"), _("Posts")]
        cells: list[Any] = [[name, total.key, total.statements, total.posts] for total, name, _url in totals]
        return sheet_answer(kind_of_file, f"demand-{per}-{on.isoformat()}", heads, cells)
    shown = {
        "per": per, "word": WORDS[per], "rows": totals, "on": on,
        "tabs": [(dimension, WORDS[dimension]) for dimension in DIMENSIONS],
        "posts": sum(total.posts for total, _name, _url in totals), "statements": sum(total.statements for total, _name, _url in totals),
    }  # fmt: skip
    return render(request, "demand/totals.html", shown)


@login_not_required
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    found = demand_gaps(by=request.actor, on=on)
    if kind_of_file := wanted_sheet(request):
        heads = [_("Unit"), _("Code"), _("Statements"), _("Posts"), _("Wanted in"), _("Taught in")]
        cells = [_gap_cells(each) for each in [*found.nowhere, *found.elsewhere]]
        return sheet_answer(kind_of_file, f"demand-gaps-{on.isoformat()}", heads, cells)
    tables = [
        (_("Taught at no site"), [(each, _opens("unit", each.key)) for each in found.nowhere]),
        (_("Taught, but not in every country where it is wanted"), [(each, _opens("unit", each.key)) for each in found.elsewhere]),
    ]  # fmt: skip
    return render(request, "demand/gaps.html", {"tables": tables, "found": found, "on": on})


@login_not_required
@require_GET
def occupations(request: HttpRequest) -> HttpResponse:
    words, after = request.GET.get("q", "").strip()[:MOST_LETTERS], read_after(request)
    found = find_occupations(words=words, by=request.actor)
    rows = list((found.filter(code__gt=after) if after else found)[: PER_PAGE + 1])
    shown = {
        "words": words, "rows": [_occupation(each) for each in rows[:PER_PAGE]],
        "next_after": rows[PER_PAGE - 1].code if len(rows) > PER_PAGE else "",
    }  # fmt: skip
    return render(request, "demand/occupations.html", shown)


def occupation_named(code: str, *, by: Actor) -> str:
    """What the classification calls it, to this reader; empty where nobody has read that in."""
    found = find_occupations(words=code, by=by).filter(code=code).first()
    return found.titled(reader_language())[0] if found else ""


def _occupation(each: Any) -> dict[str, Any]:
    text, language = each.titled(reader_language())
    others = [(word.text, word.language) for word in each.words.all() if word.text != text]
    return {"code": each.code, "title": text or each.code, "language": language, "others": others}


def _name(total: DemandTotal, per: str) -> str:
    if per == "country":
        return country_name(total.key)
    if per == "sector":
        return (
            total.thing.titled(reader_language())[0] or total.key if total.thing else _("Nobody has said what they do")
        )
    if per == "unit":
        return title_in(total.thing).text or total.thing.code
    year, number = total.key.split("-Q")
    return _("Quarter %(number)s of %(year)s") % {"number": number, "year": year}


def _opens(per: str, key: str) -> str:
    return f"{reverse('demands')}?{urlencode({'state': 'open', per: key})}"


def _gap_cells(each: UnitWanted) -> list[Any]:
    return [
        title_in(each.unit).text or each.unit.code, each.key, each.statements, each.posts,
        listed(country_name(code) for code in sorted(each.wanted_in)), listed(country_name(code) for code in sorted(each.taught_in)),
    ]  # fmt: skip
