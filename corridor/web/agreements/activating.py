"""How soon signed agreements become work, by the year of signing; and those under which nothing was delivered."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.agreements import queries

OUTCOMES = [("", ""), ("activated", "activated"), ("not", "not")]


class BehindForm(forms.Form):
    """Which number of the curve is opened."""

    year = forms.IntegerField(required=False, min_value=1900, max_value=2199)
    within = forms.TypedChoiceField(
        required=False, coerce=int, choices=[("", ""), *((each, each) for each in queries.WITHIN)]
    )
    outcome = forms.ChoiceField(required=False, choices=OUTCOMES)


class DormantForm(forms.Form):
    """After how many months without a delivery an agreement is called dormant."""

    months = forms.IntegerField(
        label=gettext_lazy("Months without a delivery"), required=False, min_value=1, max_value=120
    )


@login_not_required
@require_GET
def activation_page(request: HttpRequest) -> HttpResponse:
    by, on, asked = request.actor, clock.today(), BehindForm(request.GET)
    years = queries.activation_by_year(on=on, by=by)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    shown = {
        "years": [_row(each) for each in years], "on": on, "within": queries.WITHIN, "signed": sum(each.signed for each in years),
        "activated": sum(each.activated for each in years),
        "bars": [(str(each.year), each.activated) for each in years],
        "sees_dormant": by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT),
        **(_behind(chosen, request) if chosen.get("year") else {}),
    }  # fmt: skip
    return render(request, "agreements/activation.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def dormant_page(request: HttpRequest) -> HttpResponse:
    by, on, asked = request.actor, clock.today(), DormantForm(request.GET or {"months": settings.DORMANT_AFTER_MONTHS})
    chosen = asked.cleaned_data if asked.is_valid() else {}
    months = chosen.get("months") or settings.DORMANT_AFTER_MONTHS
    found = queries.dormant_agreements(on=on, by=by, months=months)
    shown = {"rows": found, "months": months, "on": on, "form": asked}
    return render(request, "agreements/dormant.html", shown, status=200 if asked.is_valid() else 422)


def _row(each: queries.SigningYear) -> dict[str, Any]:
    return {
        "year": each.year, "signed": each.signed, "activated": each.activated, "url": _url(year=each.year),
        "activated_url": _url(year=each.year, outcome="activated"),
        "steps": [(step, _url(year=each.year, within=step.months, outcome="activated")) for step in each.steps],
    }  # fmt: skip


def _url(**asked: Any) -> str:
    return f"?{urlencode(asked)}#behind"


def _behind(chosen: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    outcome = {"activated": True, "not": False}.get(chosen["outcome"])
    rows = queries.agreements_behind(
        on=clock.today(), by=request.actor, year=chosen["year"], months=chosen["within"] or 0, activated=outcome
    )
    places = {"year": str(chosen["year"]), "months": chosen["within"]}
    if outcome is None:
        heading = _("Signed in %(year)s") % places
    elif not chosen["within"]:
        heading = (
            _("Signed in %(year)s and activated") if outcome else _("Signed in %(year)s and not activated")
        ) % places
    else:
        heading = (
            _("Signed in %(year)s and activated within %(months)s months")
            if outcome
            else _("Signed in %(year)s and not activated within %(months)s months")
        ) % places
    return {"behind": rows, "behind_heading": heading, "other_url": _other(chosen, outcome)}


def _other(chosen: dict[str, Any], outcome: bool | None) -> str:
    """The rest of the same year: those of which the opposite holds."""
    if outcome is None:
        return ""
    asked = {"year": chosen["year"], "outcome": "not" if outcome else "activated"}
    return _url(**asked, **({"within": chosen["within"]} if chosen["within"] else {}))
