"""The week as a table to read and to print, and the same for a calendar program, under an address that only its owner knows."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.journeys.recognise import recognise
from corridor.kernel.calendar_files import MEDIA_TYPE, CalendarSpan, calendar_file
from corridor.rooms.training import actions, queries
from corridor.web.ui.names import reader_language, session_called

from .planning_forms import WeekForm

# What a calendar program gets.
BEFORE, AHEAD = timedelta(days=31), timedelta(days=366)


@require_http_methods(["GET", "POST"])
def timetable_page(request: HttpRequest) -> HttpResponse:
    """A week; sent, it makes a new address, which is shown on the answer and nowhere after."""
    by, today, made = request.actor, clock.today(), None
    if request.method == "POST":
        made = actions.make_timetable_address(language=get_language() or "en", at=clock.real_now(), by=by)
    asked = WeekForm(request.GET)
    asked.is_valid()
    chosen = asked.cleaned_data
    monday = _monday(chosen.get("week", ""), today)
    narrowed = {name: chosen[name] for name in ("cohort", "site") if chosen.get(name)}
    has_own = queries.own_sessions(by=by).exists()
    whose = chosen.get("whose") or ("own" if has_own and not narrowed else "all")
    week = queries.timetable(
        first=monday, last=monday + timedelta(days=6), by=by, language=reader_language(), own=whose == "own", **narrowed
    )
    shown = {
        "days": _days(week), "week": week, "today": today, "whose": whose, "narrowed": narrowed, "here": _link(monday, whose, narrowed),
        "before": _link(monday - timedelta(days=7), whose, narrowed), "after": _link(monday + timedelta(days=7), whose, narrowed),
        "tabs": [("own", _("My sessions")), ("all", _("Everything I may see"))] if has_own else [],
        "address": queries.own_timetable_address(by=by), "may_have_address": by.person_id is not None, "made": made,
        "made_url": request.build_absolute_uri(reverse("timetable-file", args=[made.secret])) if made else "",
    }  # fmt: skip
    return render(request, "training/timetable.html", shown)


@require_POST
def end_address(request: HttpRequest) -> HttpResponse:
    actions.end_timetable_address(at=clock.real_now(), by=request.actor)
    messages.success(request, _("The address opens nothing any more."))
    return redirect("timetable")


@login_not_required
@require_GET
def timetable_feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 (whoever holds the address is its owner)
    owner, today = queries.timetable_owner(secret=secret, by=VISITOR), clock.today()
    by = recognise(owner.user, on=today, at=clock.real_now())
    with override(owner.language):
        found = queries.timetable(
            first=today - BEFORE, last=today + AHEAD, by=by, language=owner.language, own=True
        )  # fmt: skip
        content = calendar_file(
            [_span(each) for each in found.sessions if each.status != "cancelled"], name=_("My sessions"),
            home=urlsplit(settings.PUBLIC_URL).hostname or "corridor", language=owner.language, at=clock.real_now(),
            of="Sessions",
        )  # fmt: skip
    headers = {
        "Content-Disposition": 'inline; filename="sessions.ics"', "Cache-Control": "private, max-age=900",
        "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def _days(week: queries.Timetable) -> list[dict[str, Any]]:
    """Each day with its sessions and the holidays of the countries that are taught in; days with neither are left out."""
    found = [
        {"day": day, "sessions": week.on(day), "holidays": week.holidays.get(day, {}).items()} for day in week.days
    ]
    return [each for each in found if each["sessions"] or each["holidays"]]


def _span(session: Any) -> CalendarSpan:
    parts = [session.room.name] if session.room else []
    return CalendarSpan(
        str(session.pk), session.begins_at, session.ends_at, session_called(session).text,
        f"{session} · {session.get_kind_display()}", f"{settings.PUBLIC_URL}{reverse('timetable')}",
        ", ".join([*parts, session.cohort.site.city]),
    )  # fmt: skip


def _monday(week: str, today: date) -> date:
    if week:
        year, number = int(week[:4]), int(week[6:])
        # The 28th of December lies in the last week of its year.
        if 1900 <= year <= 2199 and 1 <= number <= date(year, 12, 28).isocalendar().week:
            return date.fromisocalendar(year, number, 1)
    return today - timedelta(days=today.weekday())


def _link(monday: date, whose: str, narrowed: dict[str, str]) -> str:
    year, number, _day = monday.isocalendar()
    return "?" + urlencode({"week": f"{year}-W{number:02}", "whose": whose, **narrowed})
