"""The cascade: who trained whom, as a table, as a tree and as a sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.rooms.training.queries.cascade import CascadeRow, cascade_for
from corridor.web.fields import read_after
from corridor.web.ui.sheets import sheet_answer, wanted_sheet

from .forms import CascadeFilter

PER_PAGE = 50


@require_GET
def cascade_page(request: HttpRequest) -> HttpResponse:
    asked = CascadeFilter(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    narrowed = {"generation": given.get("generation", ""), "teaching": given.get("teaching", "")}
    view = cascade_for(on=clock.today(), by=request.actor, **narrowed)
    if kind := wanted_sheet(request):
        return sheet_answer(kind, "cascade", _heads(), (_cells(row) for row in view.rows))
    after = read_after(request)
    rows = [row for row in view.rows if not after or _place(row) > after]
    shown = {
        "rows": rows[:PER_PAGE], "next_after": _place(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else "",
        "form": asked, "view": view, "is_tree": given.get("view") == "tree", "is_narrowed": any(narrowed.values()),
        "has_not": sum(count.by_teaching.get("has_not_taught", 0) for count in view.counts),
        "trained": sum(count.trained for count in view.counts),
        "tabs": [("table", _("As a table")), ("tree", _("As a tree"))],
    }  # fmt: skip
    return render(request, "trainers/cascade.html", shown, status=200 if asked.is_valid() else 422)


def _place(row: CascadeRow) -> str:
    """Where a row stands in the list: by generation, unknown last, then by reference."""
    return f"{'z' if row.node.generation is None else f'{row.node.generation:03}'} {row.who.reference}"


def _heads() -> list[str]:
    return [
        "person", "name", "generation", "lines", "trained_by", "cohort", "trained_on", "teaching", "first_taught_on", "last_taught_on",
        "sessions", "minutes",
    ]  # fmt: skip


def _cells(row: CascadeRow) -> list[object]:
    node = row.node
    return [
        row.who.reference, row.who.name.romanised_name or row.who.name.own_name, row.generation, row.lines,
        ";".join(each.reference or "?" for each in row.by), row.cohort, node.trained_on, str(row.teaching or ""),
        node.first_taught_on, node.last_taught_on, len(node.own), node.minutes,
    ]  # fmt: skip
