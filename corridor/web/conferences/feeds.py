"""The ledger for other sites: a feed (Atom, RFC 4287), and a small page that may stand in a frame."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.lifecycle import ENDED
from corridor.web.context import alliance_names
from corridor.web.ui.names import member_called, reader_language, title_of

from .rows import ledger_row

MOST_ENTRIES, MOST_ROWS = 100, 12
# A frame on somebody else's page: no script, nothing from elsewhere, and only the sites that the setting names.
WIDGET_CSP = {
    "default-src": ["'none'"], "style-src": ["'self'"], "font-src": ["'self'"], "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"], "form-action": ["'none'"], "frame-ancestors": settings.WIDGET_SITES,
}  # fmt: skip


def feed_address(conference: str) -> str:
    return _address("announcement-feed", conference)


def widget_address(conference: str) -> str:
    """Whole, for the page of somebody else."""
    return f"{settings.PUBLIC_URL}{_address('announcement-widget', conference)}"


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """What anyone may read, whoever asks: a feed is kept by machines in between. ``conference`` narrows it."""
    on, conference = clock.today(), request.GET.get("conference", "")[:40]
    rows = list(queries.changed_announcements(by=VISITOR, on=on, conference=conference)[:MOST_ENTRIES])
    title = _("What was promised, and what came of it")
    name = alliance_names(VISITOR).short_name
    made = _Atom(
        title=f"{title} · {name}" if name else title,
        link=f"{settings.PUBLIC_URL}{reverse('announcements')}",
        feed_url=f"{settings.PUBLIC_URL}{feed_address(conference)}",
        description="", language=reader_language(), author_name=name or title,
        feed_guid=f"{settings.PUBLIC_URL}{feed_address(conference)}",
    )  # fmt: skip
    for row in rows:
        shown = ledger_row(row, on=on)
        made.add_item(
            title=title_of(row).text, link=f"{settings.PUBLIC_URL}{shown['url']}", unique_id=f"urn:uuid:{row.pk}",
            description=" ".join([f"{row.reference}, {member_called(row.owner).text}.", *shown["lines"]]),
            pubdate=_instant(row.announced_on), updateddate=_updated(row, on=on),
            categories=[row.conference.reference, "silent" if row.silent_then else row.status_then],
        )  # fmt: skip
    response = HttpResponse(made.writeString("utf-8"), content_type=feedgenerator.Atom1Feed.content_type)
    response["Cache-Control"] = "public, max-age=900"
    return response


@login_not_required
@require_GET
@xframe_options_exempt
@csp_override(WIDGET_CSP)
def widget(request: HttpRequest) -> HttpResponse:
    """``conference``, ``lang`` and ``theme`` stand in the address: a frame of another site has no cookies of ours."""
    on, conference = clock.today(), request.GET.get("conference", "")[:40]
    spoken = {code for code, _name in settings.LANGUAGES}
    language, theme = request.GET.get("lang", "").lower(), request.GET.get("theme", "")
    with translation.override(language if language in spoken else translation.get_language()):
        held = queries.get_conference(reference=conference, by=VISITOR) if conference else None
        found = queries.list_announcements(by=VISITOR, on=on, conference=conference, sort="newest")
        shown = {
            "conference": held, "rows": [ledger_row(each, on=on) for each in found[:MOST_ROWS]], "on": on,
            "counts": queries.count_announcements(by=VISITOR, on=on, conference=conference),
            "whole": f"{settings.PUBLIC_URL}{reverse('announcements')}" + (f"?conference={conference}" if conference else ""),
            "theme": theme if theme in {"light", "dark"} else "", "site": settings.PUBLIC_URL,
        }  # fmt: skip
        response = render(request, "conferences/widget.html", shown)
    response["Cache-Control"] = "public, max-age=900"
    return response


class _Atom(feedgenerator.Atom1Feed):
    """The feed is as old as its newest entry: the same content gives the same bytes."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def _updated(row: Any, *, on: date) -> datetime:
    """When its entry last changed: by what was written, or by the day on which it fell silent."""
    known = [_instant(row.confirmed_on or row.announced_on), row.changed_at, row.reported_at]
    if row.silent_then and row.status_then not in ENDED:
        known.append(_instant(min(row.due_then + timedelta(days=1), on)))
    return max(each for each in known if each is not None)


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _address(name: str, conference: str) -> str:
    return reverse(name) + (f"?{urlencode({'conference': conference})}" if conference else "")
