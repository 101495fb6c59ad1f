"""The ledger of personal data that left a country, its counters, and the thresholds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.people.actions.transfers import TransferDraft, record_transfer, set_threshold
from corridor.rooms.people.queries import rights as queries
from corridor.rooms.people.rights_words import DataClass, Occasion, TransferBasis
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.sheets import sheet_answer, wanted_sheet

from .forms import ThresholdForm, TransferForm


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 1900 <= int(asked) <= 2200 else on.year
    found = queries.show_ledger(year=year, by=by)
    if kind := wanted_sheet(request):
        return _sheet(kind, found)
    years = [(str(each), str(each)) for each in queries.years_of_ledger(by=by, on=on)]
    shown = {"ledger": found, "years": years, "may_record": by.may(Permission.TRANSFER_RECORD)}
    return render(request, "rights/transfers.html", shown)


def _sheet(kind: str, found: queries.Ledger) -> HttpResponse:
    heads = [
        _("Reference"), _("Day"), pgettext("a country", "From"), pgettext("a country", "To"), _("Kind of data"), _("Persons"), _("Ground in law"),
        _("How it left"), _("What left"), _("Why over the threshold"),
    ]  # fmt: skip
    rows = [
        [
            each.reference, each.happened_on, each.from_country, each.to_country, each.get_data_class_display(),
            each.persons, each.get_basis_display(), each.get_occasion_display(), each.about, each.over_because,
        ]
        for each in found.rows
    ]  # fmt: skip
    return sheet_answer(kind, f"transfers-{found.year}", heads, rows)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.TRANSFER_RECORD)
    form, status = TransferForm(posted(request), initial={"happened_on": clock.today()}), form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        draft = TransferDraft(
            happened_on=given["happened_on"], from_country=given["from_country"], to_country=given["to_country"],
            data_class=DataClass(given["data_class"]), basis=TransferBasis(given["basis"]),
            occasion=Occasion(given["occasion"]), about=given["about"], unlisted=given["unlisted"],
            over_because=given["over_because"],
        )  # fmt: skip
        try:
            made = record_transfer(draft=draft, at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(transfer)s stands in the ledger.") % {"transfer": made.reference})
            return redirect("transfers")
    return render(request, "rights/transfer_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def threshold(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.TRANSFER_RECORD)
    form, status = ThresholdForm(posted(request)), form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            set_threshold(
                from_country=given["from_country"], data_class=DataClass(given["data_class"]),
                persons=given["persons"], source=given["source"], by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The threshold stands."))
            return redirect("transfers")
    return render(request, "rights/threshold.html", {"form": form}, status=status)
