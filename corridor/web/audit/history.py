"""What happened to one record, for who may change it and for oversight."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.journeys.tell_history import tell_history
from corridor.web.grants.access import page_of
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .views import PER_PAGE, cells_of, heads


@require_GET
def record_history(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    found, entries = tell_history(kind=kind, reference=reference, by=request.actor)
    kind_of_file = wanted_sheet(request)
    if kind_of_file:
        return sheet_answer(kind_of_file, f"audit-{reference}", heads(), map(cells_of, entries[:MOST_ROWS]))
    before = request.GET.get("after", "")
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    rows = list(entries[: PER_PAGE + 1])
    shown = {
        "rows": rows[:PER_PAGE], "next_after": str(rows[PER_PAGE - 1].pk) if len(rows) > PER_PAGE else "", "kind": kind,
        "reference": reference, "page": page_of(found), "word": _(found.kind.word),
    }  # fmt: skip
    return render(request, "audit/history.html", shown)
