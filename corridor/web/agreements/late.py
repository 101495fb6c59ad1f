"""What is late in the alliance, for who oversees it; and what the own members owe."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.what_is_late import KINDS, Late, what_is_late, what_we_owe
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.web.fields import read_after

PER_PAGE = 50
WORDS = {
    "obligation": gettext_lazy("Obligation"), "announcement": gettext_lazy("Silent announcement"),
    "data_call": gettext_lazy("Data call not answered"), "payment": gettext_lazy("Payment"),
    "accreditation": gettext_lazy("Accreditation that ended"), "review": gettext_lazy("Review of a programme"),
    "risk": gettext_lazy("Risk of a programme"),
}  # fmt: skip
OWED_WORDS = WORDS | {
    "announcement": gettext_lazy("Report on an announcement"), "data_call": gettext_lazy("Answer to a data call"),
    "accreditation": gettext_lazy("Accreditation that ends"),
}  # fmt: skip


class LateFilter(forms.Form):
    member = forms.SlugField(
        label=gettext_lazy("Owed by"), required=False, max_length=60,
        help_text=gettext_lazy("The reference of a member, as in its address."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        required=False, choices=[("", ""), *((each, each) for each in KINDS)], widget=forms.HiddenInput()
    )


@require_GET
def late_list(request: HttpRequest) -> HttpResponse:
    by, on, asked = request.actor, clock.today(), LateFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    found = what_is_late(
        on=on, by=by, kind=chosen.get("kind", ""), member=chosen.get("member", ""), after=read_after(request), limit=PER_PAGE + 1
    )  # fmt: skip
    shown = {"form": asked, "on": on, "is_narrowed": any(chosen.values()), **_rows(found, WORDS)}
    return render(request, "agreements/late.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def owed_list(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    if not by.ids_with(Permission.OBLIGATION_FULFIL, "member"):
        raise AccessDenied(N_("This is for who speaks for a member."))
    asked = LateFilter(request.GET)
    kind = asked.cleaned_data["kind"] if asked.is_valid() else ""
    found = what_we_owe(on=on, by=by, kind=kind, after=read_after(request), limit=PER_PAGE + 1)
    return render(request, "agreements/owed.html", {"on": on, "is_narrowed": bool(kind), **_rows(found, OWED_WORDS)})


def _rows(found: list[Late], words: dict[str, Any]) -> dict[str, Any]:
    return {
        "rows": [(each, words[each.kind]) for each in found[:PER_PAGE]],
        "next_after": found[PER_PAGE - 1].after if len(found) > PER_PAGE else "",
        "tabs": [("", _("Everything")), *((kind, words[kind]) for kind in words)],
    }
