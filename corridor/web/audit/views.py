"""What happened here, who did it and to what: for oversight."""

from typing import Any

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

from .words import event_words

PER_PAGE = 50


class EntryFilter(forms.Form):
    """What the log is narrowed to; its state is in the address."""

    q = forms.CharField(label=gettext_lazy("Search in events and records"), required=False, max_length=100)
    who = forms.CharField(label=gettext_lazy("Done by"), required=False, max_length=150)
    event = forms.RegexField(
        "^[a-z_]+(\\.[a-z_]+)?$", label=gettext_lazy("Event"), required=False, max_length=80,
        help_text=gettext_lazy("Whole, or the part before the dot."),
    )  # fmt: skip
    kind = forms.RegexField(
        "^[A-Za-z]+\\.[A-Za-z]+$", label=gettext_lazy("Kind of record"), required=False, max_length=80,
        help_text=gettext_lazy("As the entries write it before the colon."),
    )  # fmt: skip
    reference = forms.CharField(label=gettext_lazy("Key of the record"), required=False, max_length=80)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("To"), required=False)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput())


@require_GET
def entry_list(request: HttpRequest) -> HttpResponse:
    asked = EntryFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    kind_of_file = wanted_sheet(request)
    found = queries.list_entries(
        by=request.actor, words=chosen.get("q", ""), who=chosen.get("who", ""), event=chosen.get("event", ""),
        kind=chosen.get("kind", ""), reference=chosen.get("reference", ""), first_day=chosen.get("first"),
        last_day=chosen.get("last"), before=None if kind_of_file else chosen.get("after"),
    )  # fmt: skip
    if kind_of_file:
        return sheet_answer(kind_of_file, "audit", heads(), map(cells_of, found[:MOST_ROWS]))
    rows = list(found[: PER_PAGE + 1])
    del asked.fields["after"]
    shown = {
        "form": asked, "rows": rows[:PER_PAGE], "next_after": str(rows[PER_PAGE - 1].pk) if len(rows) > PER_PAGE else "",
        "chain": queries.chain_state(by=request.actor),
    }  # fmt: skip
    return render(request, "audit/entries.html", shown, status=200 if asked.is_valid() else 422)


def heads() -> list[str]:
    """The columns of a sheet of entries."""
    return [
        _("Position"), _("Instant"), _("Event"), _("What happened"), _("Done by"), _("Record"), _("How many"), _("What changed"), _("Seal"),
    ]  # fmt: skip


def cells_of(row: Any) -> list[Any]:
    """One entry in these columns; its changes in one cell, each with both values where they are not personal."""
    changed = "; ".join(
        f"{each.field}: {each.before} → {each.after}" if each.before or each.after else each.field
        for each in row.details.all()
    )
    return [
        row.place,
        instant_text(row.happened_at),
        row.event,
        event_words(row.event),
        row.by,
        row.subject,
        row.count,
        changed,
        row.seal,
    ]
