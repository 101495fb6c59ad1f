"""Days, instants and numbers as the reader writes them (CLDR, Gregorian calendar, Latin figures)."""

from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_percent, get_currency_precision, get_decimal_symbol
from babel.units import format_unit
from django.utils.translation import gettext, ngettext

from corridor.foundations.vocabularies.sentences import day_text, instant_text, number_text, value_text

from .languages import cldr

__all__ = [
    "day_text", "distance_text", "duration_text", "instant_text", "money_text", "month_text", "number_text", "period_text", "printed_share_text",
    "share_text", "value_text",
]  # fmt: skip


def money_text(amount: Decimal, currency: str) -> str:
    """ "1,200,000 LAK": exact, in the places that the currency has."""
    return f"{number_text(round(amount, get_currency_precision(currency)))}\u00a0{currency}"


def month_text(day: date) -> str:
    """ "January 2024"."""
    return format_skeleton("yMMMM", day, locale=cldr())


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


def duration_text(minutes: int) -> str:
    """ "8 hours, 54 minutes", "2 days, 2 hours": the two largest parts, in the words of CLDR."""
    days, left = divmod(minutes, 24 * 60)
    parts = [(days, "day"), (left // 60, "hour"), (left % 60, "minute")]
    first = next((place for place, (number, _unit) in enumerate(parts) if number), len(parts) - 1)
    said = [_unit_text(number, unit) for number, unit in parts[first : first + 2] if number or first == len(parts) - 1]
    return format_list(said, style="unit", locale=cldr())


def _unit_text(number: int, unit: str) -> str:
    """CLDR leaves out the long words of a language where the short ones are the same."""
    name = f"duration-{unit}"
    long = format_unit(number, name, locale=cldr())
    return format_unit(number, name, length="short", locale=cldr()) if name in long else long


def share_text(part: int, whole: int) -> str:
    """ "5 of 9 (55.6%)": a share never stands without its two numbers."""
    numbers = {"part": number_text(part), "whole": number_text(whole)}
    if not whole:
        return gettext("%(part)s of %(whole)s") % numbers
    percent = format_percent(Decimal(part) / Decimal(whole), "#,##0.0%", locale=cldr())
    return gettext("%(part)s of %(whole)s (%(percent)s)") % {**numbers, "percent": percent}


def printed_share_text(printed: str) -> str:
    """A share as figures print it ("38.2%", "<0.1%", "-"), with the reader's own decimal sign: "38,2%" in Lao."""
    return printed.replace(".", get_decimal_symbol(cldr()))
