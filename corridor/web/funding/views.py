"""Money promised between organisations: the list with its totals, one commitment, and the rates."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.kernel.money import NoRate
from corridor.rooms.funding import queries
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.wording import sentence

from .forms import STATES, CommitmentFilter

PER_PAGE = 25
MOVABLE = {"contracted", "disbursed", "withdrawn"}


@login_not_required
@require_GET
def commitment_list(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    asked = CommitmentFilter(request.GET, purposes=queries.PURPOSES, currencies=queries.currencies_reached(by=by))
    chosen = asked.cleaned_data if asked.is_valid() else {}
    narrowed: dict[str, Any] = {
        "member": chosen.get("member", ""), "purpose": chosen.get("purpose", ""),
        "states": [chosen["state"]] if chosen.get("state") else [],
    }  # fmt: skip
    rows = list(queries.list_commitments(by=by, on=on, after=read_after(request), **narrowed)[: PER_PAGE + 1])
    counts = queries.count_commitments(by=by, on=on)
    shown = {
        "form": asked, "rows": [(each, each.late_since(on)) for each in rows[:PER_PAGE]], "on": on, "counts": counts,
        "next_after": rows[PER_PAGE - 1].reference if len(rows) > PER_PAGE else "",
        "tabs": [(code, word, counts.get(code or "all", 0)) for code, word in STATES],
        "may_commit": by.may(Permission.FUNDING_COMMIT),
        **_totals(queries.list_commitments(by=by, on=on, **narrowed), chosen.get("into", ""), on, by),
    }  # fmt: skip
    return render(request, "funding/commitments.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def commitment_page(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    found = queries.get_commitment(reference=reference, by=by, on=on)
    paid, instalments = found.paid_by(on), []
    reached = 0
    for each in found.instalments.all():
        reached += each.units
        instalments.append((each, _state_of(found, is_past=each.due_on < on, is_paid=paid >= reached)))
    is_concerned = by.may(Permission.FUNDING_VIEW_ANY, on=found)
    shown = {
        "commitment": found, "late_since": found.late_since(on) if found.status == "contracted" else None,
        "instalments": instalments, "net": paid, "sees_papers": is_concerned,
        "life": [
            {"day": each.effective_on, "status": each.to_status, "by": each.by_label, "reason": each.reason}
            for each in reversed(found.changes.all())
        ],
        "may_contract": found.status == "pledged" and by.may(Permission.FUNDING_COMMIT),
        "may_withdraw": found.status in {"pledged", "contracted"} and by.may(Permission.FUNDING_COMMIT),
        "may_pay": found.status in MOVABLE and by.may(Permission.FUNDING_PAY, on=found),
    }  # fmt: skip
    return render(request, "funding/commitment.html", shown)


@require_GET
def paper(request: HttpRequest, reference: str, which: str) -> HttpResponse:
    """The papers are for those concerned and oversight, also of what is disclosed."""
    found = queries.get_commitment(reference=reference, by=request.actor, on=clock.today())
    request.actor.require(Permission.FUNDING_VIEW_ANY, on=found)
    document, content = queries.open_paper(reference=reference, paper=which, on=clock.today(), by=request.actor)
    return file_answer(document, content)


@login_not_required
@require_GET
def rate_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    rows = list(queries.list_rates(by=by, after=read_after(request))[: PER_PAGE + 1])
    last = rows[PER_PAGE - 1] if len(rows) > PER_PAGE else None
    shown = {
        "rows": rows[:PER_PAGE], "next_after": f"{last.on:%Y-%m-%d} {last.of} {last.into}" if last else "",
        "may_set": by.may(Permission.RATE_SET),
    }  # fmt: skip
    return render(request, "funding/rates.html", shown)


def _state_of(commitment: Any, *, is_past: bool, is_paid: bool) -> str:
    """Of an instalment: paid, gone with the commitment, overdue, or open."""
    if is_paid:
        return "disbursed"
    if commitment.status == "withdrawn":
        return "withdrawn"
    return "overdue" if is_past else "open"


def _totals(rows: Any, into: str, on: Any, by: Actor) -> dict[str, Any]:
    """Each currency for itself; in one of them only with rates, which are named, or the reason why not."""
    found = queries.total_of(rows=rows, by=by)
    if not into:
        return {"totals": found}
    try:
        reckoned = queries.reckoned_totals(found=found, into=into, on=on, by=by)
    except NoRate as refusal:
        return {"totals": found, "into": into, "no_rate": sentence(refusal)}
    used = {rate.of: rate for each in reckoned.values() for rate in each.rates}
    return {"totals": found, "into": into, "reckoned": reckoned, "rates": list(used.values())}
