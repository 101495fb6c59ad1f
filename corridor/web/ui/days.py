"""Days, instants and numbers as the reader writes them (CLDR, Gregorian calendar, Latin figures)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent
from django.conf import settings
from django.utils.translation import gettext, ngettext

from .languages import cldr


def day_text(day: date, form: str = "long") -> str:
    """ "18 January 2024", or in the form "medium" "18 Jan 2024", "full" "Thursday, 18 January 2024"."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(settings.HOME_ZONE)).date() if day.tzinfo else day.date()
    return format_date(day, form, locale=cldr())


def month_text(day: date) -> str:
    """ "January 2024"."""
    return format_skeleton("yMMMM", day, locale=cldr())


def instant_text(at: datetime, zone: str = "") -> str:
    """ "25 January 2024, 08:10" in that zone, or in the alliance's home zone."""
    there = at.astimezone(ZoneInfo(zone or settings.HOME_ZONE))
    return gettext("%(day)s, %(time)s") % {
        "day": day_text(there.date()),
        "time": format_datetime(there, "HH:mm", locale=cldr()),
    }


def period_text(starts_on: date | None, ends_before: date | None) -> str:
    """A half-open period said with both days inside: "10 October 2022 to 18 January 2024"."""
    last = ends_before - timedelta(days=1) if ends_before else None
    if starts_on and last:
        if starts_on == last:
            return day_text(last)
        return gettext("%(first)s to %(last)s") % {"first": day_text(starts_on), "last": day_text(last)}
    if starts_on:
        return gettext("since %(first)s") % {"first": day_text(starts_on)}
    if last:
        return gettext("until %(last)s") % {"last": day_text(last)}
    return gettext("without end")


def distance_text(day: date, today: date) -> str:
    """ "in 13 days", "today", "33 days ago"."""
    days = (day - today).days
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": number_text(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number_text(-days)}


def number_text(number: int | float | Decimal) -> str:
    """ "2,914" as the reader groups it."""
    return format_decimal(number, locale=cldr())


def share_text(part: int, whole: int) -> str:
    """ "5 of 9 (55.6%)": a share never stands without its two numbers."""
    numbers = {"part": number_text(part), "whole": number_text(whole)}
    if not whole:
        return gettext("%(part)s of %(whole)s") % numbers
    percent = format_percent(Decimal(part) / Decimal(whole), "#,##0.0%", locale=cldr())
    return gettext("%(part)s of %(whole)s (%(percent)s)") % {**numbers, "percent": percent}


def value_text(value: object) -> object:
    """A value for a sentence, as its reader writes it: days, instants and numbers; anything else unchanged."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    return value
