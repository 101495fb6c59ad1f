"""Sheets on their way out: at once where nobody's data cross a border; else whoever takes it reads first what the ledger will say."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.journeys.import_sheets import kind_named
from corridor.journeys.take_sheet import Destination, TakenSheet, take_sheet
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.people.rights_words import Occasion, TransferBasis
from corridor.web.posting import posted, shown_on


class LeavingForm(forms.Form):
    """Where the file goes, on which ground, and why over a threshold."""

    to = forms.RegexField(
        "^[A-Z]{2}$",
        label=_("It goes to"),
        help_text=_("Two letters of ISO 3166-1; filled in from where your office is."),
    )
    basis = forms.ChoiceField(label=_("Ground in law"), choices=TransferBasis.choices, initial=TransferBasis.CONTRACT)
    over_because = forms.CharField(
        label=_("Why it leaves over a threshold"), max_length=300, required=False,
        help_text=_("Only where a threshold is reached."),
    )  # fmt: skip

    def destination(self) -> Destination:
        given = self.cleaned_data
        return Destination(given["to"], TransferBasis(given["basis"]), given["over_because"])


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    if form not in kind_named(name=kind, by=request.actor).forms:
        raise NotFound(N_("A sheet is written as XLSX or CSV, a package of OneRoster as ZIP."))

    def take(destination: Destination) -> TakenSheet:
        return take_sheet(
            kind=kind, form=form, language=get_language() or "en", narrowed=request.GET.dict(), destination=destination,
            occasion=Occasion.EXPORT, on=clock.today(), at=clock.now(), by=request.actor,
        )  # fmt: skip

    return answer(request, take)


def answer(request: HttpRequest, take: Any) -> HttpResponse:
    """The file that ``take(destination)`` gives, or the page that says what would cross which border and asks for the ground in law."""
    asked = LeavingForm(posted(request))
    refused = 0
    if asked.is_valid():
        try:
            return file_answer(take(asked.destination()))
        except Refusal as refusal:
            refused = shown_on(asked, refusal)
    taken = take(Destination(is_confirmed=False))
    if not taken.waits:
        return file_answer(taken)
    if not asked.is_bound:
        asked = LeavingForm(initial={"to": taken.to_country})
    shown = {"form": asked, "taken": taken, "is_over": any(each.is_over for each in taken.crossings)}
    return render(request, "imports/leaving.html", shown, status=refused or (422 if asked.is_bound else 200))


def file_answer(taken: TakenSheet) -> HttpResponse:
    response = HttpResponse(taken.content, content_type=taken.media_type)
    response["Content-Disposition"] = content_disposition_header(True, taken.name)  # type: ignore[assignment]
    response["Cache-Control"] = "private, no-store"
    return response
