"""Refusals and problems as sentences in the reader's language, with days and numbers as the reader writes them (CLDR)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import get_language, gettext

from corridor.kernel.wording import CountryCode, LanguageTags, Phrase

from . import countries
from .languages import FALLBACK, bcp47, cldr, is_right_to_left, language_name

# Signs of Unicode around what keeps its own direction inside a sentence (a name, a reference), as <bdi> does in a page.
_ISOLATE, _END = "\u2068", "\u2069"


class Said(Protocol):
    """A sentence to be: a template in English, marked for translation, and what fills it."""

    @property
    def message(self) -> str: ...

    @property
    def places(self) -> Mapping[str, object]: ...


def sentence(said: Said) -> str:
    """Translate the template first, fill its named places after."""
    template: str = gettext(said.message)
    if not said.places:
        return template
    return template % {name: _place(value) for name, value in said.places.items()}


def isolated(words: str) -> str:
    """A name or a reference for a sentence: where lines begin at the right it is set apart, so that it keeps its own direction."""
    return f"{_ISOLATE}{words}{_END}" if words and is_right_to_left(get_language() or FALLBACK) else words


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


def day_text(day: date, form: str = "long") -> str:
    """ "18 January 2024", or in the form "medium" "18 Jan 2024", "full" "Thursday, 18 January 2024"."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(settings.HOME_ZONE)).date() if day.tzinfo else day.date()
    return format_date(day, form, locale=_here())


def instant_text(at: datetime, zone: str = "") -> str:
    """ "25 January 2024, 08:10" in that zone, or in the alliance's home zone."""
    there = at.astimezone(ZoneInfo(zone or settings.HOME_ZONE))
    return gettext("%(day)s, %(time)s") % {
        "day": day_text(there.date()),
        "time": format_datetime(there, "HH:mm", locale=_here()),
    }


def number_text(number: int | float | Decimal) -> str:
    """ "2,914" as the reader groups it."""
    return format_decimal(number, locale=_here())


def _place(value: object) -> object:
    if isinstance(value, Phrase):
        return gettext(value)
    here = bcp47(get_language() or FALLBACK)
    if isinstance(value, CountryCode):
        return countries.country_name(value, here)
    if isinstance(value, LanguageTags):
        return format_list([language_name(tag, here) for tag in value.split(", ")], locale=_here())
    return isolated(value) if isinstance(value, str) else value_text(value)


def _here() -> Locale:
    return cldr(get_language() or FALLBACK)
