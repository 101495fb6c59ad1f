"""What parties owe under agreements: the list by days, one obligation, and setting it. settling.py keeps it and lets it off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.fulfil_obligation import link_of_record
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import ObligationDraft
from corridor.rooms.agreements.letting_off import may_let_off
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, shown_on

from .obligation_forms import ObligationFilter, ObligationForm

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
    times = [
        {
            "time": each,
            "link": link_of_record(kind=each.record_kind, reference=each.record_reference, by=by)
            if each.record_kind
            else "",
        }
        for each in reversed(found.occurrences.all())
    ]
    shown = {
        "obligation": found, "times": times, "next_due_on": found.next_due_on() if is_open else None,
        "may_fulfil": is_open and by.may(Permission.OBLIGATION_FULFIL, on=found),
        "may_waive": is_open and may_let_off(found, by=by),
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
        draft = ObligationDraft(
            agreement, given["member"].organisation, given["what"], given["due_on"], every_months=given["every_months"],
            shown_by=given["shown_by"] or "word",
        )  # fmt: skip
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


@require_GET
def evidence(request: HttpRequest, reference: str, number: int = 0) -> HttpResponse:
    document, content = queries.open_obligation_evidence(
        reference=reference, by=request.actor, on=clock.today(), number=number
    )
    return file_answer(document, content)
