"""What parties owe under agreements: the list by days, one obligation, setting it, keeping it, letting it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import ObligationDraft, ObligationStep
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .forms import FulfilForm, ObligationFilter, ObligationForm, WaiveForm

PER_PAGE = 50
form_page = require_http_methods(["GET", "POST"])
STATES = ("open", "overdue", "fulfilled", "waived")


@require_GET
def obligation_list(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    if not by.holds_somewhere(Permission.AGREEMENT_VIEW_TEXT):
        raise AccessDenied(N_("Obligations are for the parties of agreements and those who oversee the alliance."))
    asked = ObligationFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    narrowed = {name: chosen.get(name, "") for name in ("member", "agreement", "state")}
    rows = list(queries.list_obligations(by=by, on=on, after=read_after(request), **narrowed)[: PER_PAGE + 1])
    counts, last = queries.count_obligations(by=by, on=on), rows[PER_PAGE - 1] if len(rows) > PER_PAGE else None
    words = dict(zip(STATES, (pgettext("state", "Open"), _("Overdue"), _("Fulfilled"), _("Waived")), strict=True))
    shown = {
        "form": asked, "rows": rows[:PER_PAGE], "next_after": f"{last.due_on:%Y-%m-%d} {last.reference}" if last else "",
        "tabs": [("", _("All"), counts["all"]), *((state, words[state], counts.get(state, 0)) for state in STATES)],
        "open": counts.get("open", 0), "overdue": counts.get("overdue", 0), "on": on, "is_narrowed": any(narrowed.values()),
    }  # fmt: skip
    return render(request, "agreements/obligations.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def obligation_page(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_obligation(reference=reference, by=by, on=clock.today())
    is_open = found.status == ObligationStatus.OPEN
    life = [
        {"day": each.effective_on, "status": each.to_status, "by": each.by_label, "reason": each.reason}
        for each in reversed(found.changes.all())
    ]
    shown = {
        "obligation": found, "life": life,
        "may_fulfil": is_open and by.may(Permission.OBLIGATION_FULFIL, on=found),
        "may_waive": is_open and by.may(Permission.OBLIGATION_SET, on=found),
    }  # fmt: skip
    return render(request, "agreements/obligation.html", shown)


@form_page
def set_one(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.OBLIGATION_SET)
    agreement = queries.get_agreement(reference=reference, by=by)
    form, status = ObligationForm(posted(request), parties=agreement.parties.all()), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        draft = ObligationDraft(agreement, given["member"].organisation, given["what"], given["due_on"])
        try:
            made = actions.set_obligations(obligations=[draft], by=by)[0]
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(obligation)s is written down; it stands on the desk of whoever speaks for the member.") % {"obligation": made.reference}
            )  # fmt: skip
            return redirect("agreement", reference)
    shown = {
        "form": form, "title": _("Write down what is owed"), "button": _("Write it down"), "lead": "",
        "back": (reference, reverse("agreement", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def fulfil(request: HttpRequest, reference: str) -> HttpResponse:
    form = FulfilForm(posted(request), posted_files(request), initial={"on": clock.today()})
    words = {
        "title": _("Say that it was kept"), "button": _("It was kept"), "done": _("It is written down that the obligation was kept."),
    }  # fmt: skip
    return _settle(request, reference, form, ObligationStatus.FULFILLED, Permission.OBLIGATION_FULFIL, words)


@form_page
def waive(request: HttpRequest, reference: str) -> HttpResponse:
    form = WaiveForm(posted(request), initial={"on": clock.today()})
    words = {"title": _("Let it off"), "button": _("Let it off"), "done": _("The obligation is let off.")}
    return _settle(request, reference, form, ObligationStatus.WAIVED, Permission.OBLIGATION_SET, words)


@require_GET
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    document, content = queries.open_obligation_evidence(reference=reference, by=request.actor, on=clock.today())
    return file_answer(document, content)


def _settle(
    request: HttpRequest, reference: str, form: Any, to: ObligationStatus, permission: Permission, words: dict[str, str]
) -> HttpResponse:
    by, status = request.actor, form_status(request)
    found = queries.get_obligation(reference=reference, by=by, on=clock.today())
    by.require(permission, on=found)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        sent = given.get("paper")
        upload = Upload(sent.name, sent.read(), found.what, kind="obligation") if sent else None
        step = ObligationStep(found, to, given["on"], given["reason"], upload=upload)
        try:
            actions.settle_obligations(steps=[step], at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, words["done"])
            return redirect("obligation", reference)
    shown = {
        "form": form, "title": words["title"], "button": words["button"], "lead": found.what,
        "back": (reference, reverse("obligation", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
