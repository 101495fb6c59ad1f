"""The ledger of what was promised, one announcement, and one conference."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.periods import add_months
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.lifecycle import ENDED, AnnouncementStatus
from corridor.web.documents.answers import file_answer
from corridor.web.fields import read_after
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called, title_of
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .feeds import feed_address, widget_address
from .forms import PROMISED, STATES, LedgerFilter
from .rows import ledger_row
from .story import announcement_story

PER_PAGE = 25


@login_not_required
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    on, asked = clock.today(), LedgerFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    found = queries.list_announcements(by=request.actor, on=on, after=_read_after(request), **_narrowed(chosen))
    kind_of_file = wanted_sheet(request)
    if kind_of_file:
        return sheet_answer(kind_of_file, f"announcements-{on.isoformat()}", _heads(), map(_cells, found[:MOST_ROWS]))
    rows = list(found[: PER_PAGE + 1])
    conferences = list(queries.list_conferences(by=request.actor, on=on))
    asked.offer(
        conferences=conferences, owners=queries.list_owners(by=request.actor), countries=queries.list_countries(by=request.actor)
    )  # fmt: skip
    within = {name: chosen.get(name, "") for name in ("conference", "owner", "country")}
    counts = queries.count_announcements(by=request.actor, on=on, **within)
    end_of_month = date.fromordinal(add_months(on.replace(day=1), 1).toordinal() - 1)
    shown = {
        "form": asked, "on": on, "rows": [ledger_row(each, on=on) for each in rows[:PER_PAGE]],
        "next_after": _write_after(rows[PER_PAGE - 1], chosen.get("sort", "")) if len(rows) > PER_PAGE else "",
        "tabs": [(code, word, counts.get(code or "all", 0)) for code, word in STATES],
        "conferences": [
            (each, queries.count_announcements(by=request.actor, on=on, conference=each.reference))
            for each in [one for one in conferences if one.status_then == "held"][:2]
        ],
        "silent": queries.count_announcements(by=request.actor, on=on)["silent"] if any(within.values()) else counts["silent"],
        "due": queries.reports_due(by=request.actor, on=on, until=end_of_month), "end_of_month": end_of_month,
        "may_make": request.actor.may(Permission.ANNOUNCEMENT_MAKE),
        "may_plan": request.actor.may(Permission.CONFERENCE_PLAN), "feed": feed_address(chosen.get("conference", "")),
    }  # fmt: skip
    return render(request, "conferences/ledger.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def announcement_page(request: HttpRequest, reference: str) -> HttpResponse:
    story = announcement_story(reference=reference, on=clock.today(), by=request.actor)
    said, by = story.announcement, request.actor
    is_over = said.status_then in ENDED
    shown = {
        "story": story,
        "announcement": said,
        "may_report": not is_over and by.may(Permission.ANNOUNCEMENT_REPORT, on=said),
        "may_confirm": not said.confirmed_by and by.may(Permission.ANNOUNCEMENT_CONFIRM) and said.made_by != by.label,
        "may_move": not is_over and bool(said.confirmed_by) and by.may(Permission.ANNOUNCEMENT_MOVE),
        "may_merge": said.status not in {"merged"}
        and bool(said.confirmed_by)
        and by.may(Permission.ANNOUNCEMENT_MERGE),
        "may_describe": not is_over and by.may(Permission.ANNOUNCEMENT_MAKE),
        "sees_hands": by.may(Permission.ANNOUNCEMENT_MAKE) or by.may(Permission.ANNOUNCEMENT_CONFIRM),
    }
    return render(request, "conferences/announcement.html", shown)


@login_not_required
@require_GET
def report_evidence(request: HttpRequest, reference: str, document: str) -> HttpResponse:
    found = queries.get_report_evidence(reference=reference, document=document, by=request.actor)
    return file_answer(found, bytes_of(found))


@login_not_required
@require_GET
def conference_page(request: HttpRequest, reference: str) -> HttpResponse:
    on = clock.today()
    conference = queries.get_conference(reference=reference, by=request.actor)
    found = queries.list_announcements(by=request.actor, on=on, conference=reference, sort="number")
    shown = {
        "conference": conference, "on": on, "rows": [ledger_row(each, on=on) for each in found],
        "counts": queries.count_announcements(by=request.actor, on=on, conference=reference),
        "may_hold": conference.status == "planned" and request.actor.may(Permission.CONFERENCE_PLAN),
        "is_open": queries.registration_of(conference=conference, on=on, by=request.actor)[1],
        "sees_delegates": request.actor.may(Permission.DELEGATE_VIEW),
        "sees_contributions": request.actor.holds_somewhere(Permission.CONTRIBUTION_SEND) or request.actor.may(Permission.CONTRIBUTION_VIEW),
        "feed": feed_address(reference), "widget": widget_address(reference),
    }  # fmt: skip
    return render(request, "conferences/conference.html", shown)


def _narrowed(chosen: dict[str, Any]) -> dict[str, Any]:
    state = chosen.get("state", "")
    return {
        "words": chosen.get("q", ""), "conference": chosen.get("conference", ""), "owner": chosen.get("owner", ""),
        "sort": chosen.get("sort") or "due", "silent": True if state == "silent" else None,
        "states": _states(state), "country": chosen.get("country", ""),
    }  # fmt: skip


def _states(state: str) -> list[str]:
    if state == PROMISED:
        return [each.value for each in AnnouncementStatus if each != AnnouncementStatus.MERGED]
    return [state] if state and state != "silent" else []


def _write_after(row: Any, sort: str) -> str:
    day = {"newest": row.announced_on, "number": None}.get(sort, row.due_then)
    return f"{day.isoformat() if day else ''}~{row.reference}"


def _read_after(request: HttpRequest) -> tuple[date | None, str] | None:
    """The keyset of the address; one that cannot be read begins at the start."""
    day, _tilde, reference = read_after(request).partition("~")
    if not reference:
        return None
    try:
        return (date.fromisoformat(day) if day else date.min), reference
    except ValueError:
        return None


def _heads() -> list[str]:
    return [
        _("Number"), _("Title"), _("Conference"), _("Owner"), _("Country or region"), _("Announced on"), _("State"),
        _("Silent"), _("Report due"), _("Last report"), _("Source"),
    ]  # fmt: skip


def _cells(row: Any) -> list:
    return [
        row.reference, title_of(row).text, row.conference.reference, member_called(row.owner).text,
        country_name(row.country) if row.country else "", row.announced_on,
        str(type(row.LIFE.first)(row.status_then).label), _("silent") if row.silent_then else "",
        None if row.status_then in ENDED else row.due_then, row.told_on, row.get_source_mark_display(),
    ]  # fmt: skip
