"""What happened here, who did it and to what: for oversight."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from corridor.foundations.audit import queries
from corridor.web.fields import DayField
from corridor.web.ui.days import instant_text
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

PER_PAGE = 50


class EntryFilter(forms.Form):
    """What the log is narrowed to; its state is in the address."""

    q = forms.CharField(label=gettext_lazy("Search in events and records"), required=False, max_length=100)
    who = forms.CharField(label=gettext_lazy("Done by"), required=False, max_length=150)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("To"), required=False)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput())


@require_GET
def entry_list(request: HttpRequest) -> HttpResponse:
    asked = EntryFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    kind_of_file = wanted_sheet(request)
    found = queries.list_entries(
        by=request.actor, words=chosen.get("q", ""), who=chosen.get("who", ""), first_day=chosen.get("first"),
        last_day=chosen.get("last"), before=None if kind_of_file else chosen.get("after"),
    )  # fmt: skip
    if kind_of_file:
        heads = [_("Position"), _("Instant"), _("Event"), _("Done by"), _("Record"), _("How many"), _("Seal")]
        cells = (
            [row.place, instant_text(row.happened_at), row.event, row.by, row.subject, row.count, row.seal]
            for row in found[:MOST_ROWS]
        )
        return sheet_answer(kind_of_file, "audit", heads, cells)
    rows = list(found[: PER_PAGE + 1])
    del asked.fields["after"]
    shown = {
        "form": asked, "rows": rows[:PER_PAGE], "next_after": str(rows[PER_PAGE - 1].pk) if len(rows) > PER_PAGE else "",
        "chain": queries.chain_state(by=request.actor),
    }  # fmt: skip
    return render(request, "audit/entries.html", shown, status=200 if asked.is_valid() else 422)
