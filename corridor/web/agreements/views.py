"""Agreements: that there are some, between whom and in which state, is public; the text is for the parties and oversight."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.agreements import queries
from corridor.rooms.agreements.sides import may_write
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.ui.names import agreement_title, listed, member_called
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .differing import amending
from .forms import STATES, AgreementFilter, DayForm
from .story import agreement_story

PER_PAGE = 25
# The secretariat writes down what becomes of these (writing.move); the rest is for the parties.
MOVED_BY_HAND = frozenset({"proposed", "signed", "in_force", "activated", "suspended"})


@login_not_required
@require_GET
def agreement_list(request: HttpRequest) -> HttpResponse:
    on, asked = clock.today(), AgreementFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    kind_of_file = wanted_sheet(request)
    found = queries.list_agreements(
        by=request.actor, on=on, words=chosen.get("q", ""), member=chosen.get("member", ""),
        states=[chosen["state"]] if chosen.get("state") else [], after="" if kind_of_file else read_after(request),
    )  # fmt: skip
    if kind_of_file:
        return sheet_answer(kind_of_file, f"agreements-{on.isoformat()}", _heads(), map(_cells, found[:MOST_ROWS]))
    rows, counts = list(found[: PER_PAGE + 1]), queries.count_agreements(by=request.actor, on=on)
    shown = {
        "form": asked, "rows": rows[:PER_PAGE], "next_after": rows[PER_PAGE - 1].reference if len(rows) > PER_PAGE else "",
        "counts": counts, "tabs": [(code, word, counts.get(code or "all", 0)) for code, word in STATES], "on": on,
        "may_draft": request.actor.may(Permission.AGREEMENT_DRAFT),
        "sees_obligations": request.actor.holds_somewhere(Permission.AGREEMENT_VIEW_TEXT),
    }  # fmt: skip
    return render(request, "agreements/agreements.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def agreement_page(request: HttpRequest, reference: str) -> HttpResponse:
    asked = DayForm(request.GET or None)
    today = clock.today()
    on = (asked.cleaned_data["on"] or today) if asked.is_valid() else today
    story = agreement_story(reference=reference, on=on, by=request.actor, is_past=on != today)
    agreement, by = story.agreement, request.actor
    is_now = on == today
    shown = {
        "story": story, "agreement": agreement, "is_now": is_now, "asked": asked,
        "table": queries.table_of(agreement=agreement, by=by, on=on), "near": queries.hanging_on(agreement=agreement, by=by),
        "amending": amending(agreement, by=by) if story.sees_text else None,
        "lines": queries.lines_of(agreement=agreement, by=by) if story.sees_text and is_now else (),
        "obligations": queries.list_obligations(by=by, on=story.on, agreement=reference) if story.sees_text else (),
        "may_oblige": agreement.status != "terminated" and by.may(Permission.OBLIGATION_SET),
        "to_sign": agreement.status == "proposed" and any(not party.is_signed() for party in story.signs_for),
        "may_propose": agreement.status == "draft" and (by.may(Permission.AGREEMENT_PROPOSE) or may_write(agreement, by=by)),
        "may_paper": agreement.status == "proposed" and by.may(Permission.AGREEMENT_SIGN_ON_PAPER),
        "may_move": agreement.status in MOVED_BY_HAND and by.may(Permission.AGREEMENT_TERMINATE),
    }  # fmt: skip
    status = 422 if asked.is_bound and not asked.is_valid() else 200
    return render(request, "agreements/agreement.html", shown, status=status)


@require_GET
def text_page(request: HttpRequest, reference: str) -> HttpResponse:
    reading = queries.read_text(reference=reference, by=request.actor)
    lines = queries.lines_of(agreement=reading.agreement, by=request.actor)
    return render(request, "agreements/text.html", {"reading": reading, "agreement": reading.agreement, "lines": lines})


@require_GET
def scan(request: HttpRequest, reference: str, member: str) -> HttpResponse:
    document, content = queries.open_scan(reference=reference, member=member, by=request.actor)
    return file_answer(document, content)


def _heads() -> list[str]:
    return [
        _("Reference"),
        _("Title"),
        _("Parties"),
        _("First day"),
        _("Last day"),
        _("State"),
        _("Answers"),
        _("Source"),
    ]


def _cells(row: Any) -> list:
    last = row.ends_before.fromordinal(row.ends_before.toordinal() - 1) if row.ends_before else None
    return [
        row.reference, agreement_title(row).text,
        listed([member_called(party.organisation).text for party in row.parties.all()]), row.starts_on, last,
        row.standing_then, row.announcement.reference if row.announcement else "", row.get_source_mark_display(),
    ]  # fmt: skip
