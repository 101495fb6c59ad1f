"""An obligation is kept, by what shows it, or let off with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.fulfil_obligation import Record, fulfil_obligation, records_showing
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import ObligationStep
from corridor.rooms.agreements.letting_off import require_may_let_off
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.days import day_text
from corridor.web.ui.names import in_words

from .obligation_forms import FulfilForm, WaiveForm

form_page = require_http_methods(["GET", "POST"])
LONGEST_WORDS = 90


@form_page
def fulfil(request: HttpRequest, reference: str) -> HttpResponse:
    by, today = request.actor, clock.today()
    found = queries.get_obligation(reference=reference, by=by, on=today)
    by.require(Permission.OBLIGATION_FULFIL, on=found)
    records = [(each.reference, _said(each)) for each in records_showing(obligation=found, on=today, by=by)]
    form = FulfilForm(posted(request), posted_files(request), initial={"on": today}, records=records)

    def settle(given: dict[str, Any]) -> None:
        sent = given.get("paper")
        upload = Upload(sent.name, sent.read(), found.what, kind="obligation") if sent else None
        fulfil_obligation(
            obligation=found, on=given["on"], today=today, at=clock.now(), by=by, record=given.get("record", ""),
            reason=given["reason"], upload=upload,
        )  # fmt: skip

    words = {
        "title": _("Say that it was kept"), "button": _("It was kept"), "done": _("It is written down that the obligation was kept."),
    }  # fmt: skip
    return _settled(request, found, form, settle, words)


@form_page
def waive(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_obligation(reference=reference, by=by, on=clock.today())
    require_may_let_off(found, by=by)
    form = WaiveForm(posted(request), initial={"on": clock.today()}, returns=found.next_due_on() is not None)

    def settle(given: dict[str, Any]) -> None:
        step = ObligationStep(
            found, ObligationStatus.WAIVED, given["on"], given["reason"], whole=given.get("whole") == "whole"
        )
        actions.settle_obligations(steps=[step], at=clock.now(), by=by)

    words = {"title": _("Let it off"), "button": _("Let it off"), "done": _("The obligation is let off.")}
    return _settled(request, found, form, settle, words)


def _said(record: Record) -> str:
    places = {"record": record.reference, "day": day_text(record.on), "words": in_words(record.words, LONGEST_WORDS)}
    return _("%(record)s, %(day)s: %(words)s") % places


def _settled(
    request: HttpRequest, found: Any, form: Any, settle: Callable[[dict[str, Any]], None], words: dict[str, str]
) -> HttpResponse:
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            settle(form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, words["done"])
            return redirect("obligation", found.reference)
    shown = {
        "form": form, "title": words["title"], "button": words["button"], "lead": found.what,
        "back": (found.reference, reverse("obligation", args=[found.reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
