"""Versions of an agreement: the list, one whole, two side by side, and how translations stand."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.rooms.agreements import actions, queries

from .differing import shown_differences


class CompareForm(forms.Form):
    """Which two versions."""

    first = forms.TypedChoiceField(label=gettext_lazy("Version"), coerce=int)
    second = forms.TypedChoiceField(label=gettext_lazy("Compared with"), coerce=int)

    def __init__(self, *args, numbers: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].choices = [(number, str(number)) for number in numbers]


@require_GET
def versions(request: HttpRequest, reference: str) -> HttpResponse:
    found = list(queries.list_versions(reference=reference, by=request.actor))
    texts, mark = queries.language_versions(reference=reference, by=request.actor)
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    table = queries.table_of(agreement=agreement, by=request.actor, on=clock.today())
    shown = {
        "agreement": agreement, "versions": found, "texts": texts, "mark": mark,
        "may_review": bool(table.sides) or table.is_office,
    }  # fmt: skip
    return render(request, "agreements/versions.html", shown)


@require_GET
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    reading = queries.read_version(reference=reference, number=number, by=request.actor)
    return render(request, "agreements/version.html", {"reading": reading, "agreement": reading.agreement})


@require_GET
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    found = list(queries.list_versions(reference=reference, by=request.actor))
    numbers = [each.number for each in found]
    # Who asks for none in particular reads how the latest differs from the one before it.
    latest = {"first": numbers[-2:][0], "second": numbers[-1]} if numbers else {}
    form = CompareForm(request.GET or latest, numbers=numbers)
    shown = {"form": form, "agreement": queries.get_agreement(reference=reference, by=request.actor), "compared": None}
    if form.is_valid():
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        shown["compared"] = queries.compare_versions(reference=reference, first=first, second=second, by=request.actor)
        shown["rows"] = shown_differences(shown["compared"].differences)
    return render(request, "agreements/compare.html", shown, status=200 if form.is_valid() else 422)


@require_POST
def review(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    over = request.POST.get("over", "")
    actions.review_translation(agreement=agreement, language=language, over=over, on=clock.today(), by=request.actor)
    messages.success(request, _("The language version is marked as reviewed."))
    return redirect("agreement-versions", reference)
