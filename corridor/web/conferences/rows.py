"""Announcements as rows of the ledger, on the ledger itself, on the home page and on a conference's page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.rooms.conferences.silence import ENDED
from corridor.web.ui.days import day_text, distance_text
from corridor.web.ui.names import in_words, member_called, title_of


def ledger_row(announcement: Any, *, on: date) -> dict[str, Any]:
    """For ``partials/ledger_row.html``: silent ones say so, and what they were before is beside it."""
    is_silent, is_over = announcement.silent_then, announcement.status_then in ENDED
    lines = [_told(announcement)]
    if is_silent:
        lines.insert(0, _("It stands as “%(state)s”.") % {"state": _state(announcement)})
    if is_over:
        words = _("no report is due any more")
    elif is_silent:
        words = _("report was due, %(distance)s") % {"distance": distance_text(announcement.due_then, on)}
    else:
        words = _("next report, %(distance)s") % {"distance": distance_text(announcement.due_then, on)}
    return {
        "status": "silent" if is_silent else announcement.status_then, "title": title_of(announcement).text,
        "url": reverse("announcement", args=[announcement.reference]), "reference": announcement.reference,
        "owner": member_called(announcement.owner).text, "lines": [line for line in lines if line],
        "day": None if is_over else announcement.due_then, "day_words": words, "is_late": is_silent,
    }  # fmt: skip


def short_row(announcement: Any, *, on: date) -> dict[str, Any]:
    """The same without number and owner, with where it was announced: for the home page."""
    row = ledger_row(announcement, on=on)
    said = _("Announced at “%(conference)s” on %(day)s.") % {
        "conference": title_of(announcement.conference).text, "day": day_text(announcement.announced_on),
    }  # fmt: skip
    return {**row, "reference": "", "owner": "", "lines": [said, *row["lines"][-1:]]}


def _told(announcement: Any) -> str:
    if not announcement.told:
        if announcement.silent_then:
            return _("Nothing was heard after the stage.")
        return _("No report yet; the first is not due.") if announcement.status_then not in ENDED else ""
    places = {"day": day_text(announcement.told_on), "text": in_words(announcement.told, 22)}
    return _("Last heard on %(day)s: “%(text)s”") % places


def _state(announcement: Any) -> str:
    return str(type(announcement.LIFE.first)(announcement.status_then).label)
