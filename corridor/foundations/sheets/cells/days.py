"""Days as offices write them: in any order, any digits, the Buddhist calendar, with the names of months, or as a spreadsheet's number."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from corridor.foundations.vocabularies.languages import cldr
from corridor.kernel.wording import N_

from ..columns import BUDDHIST_YEARS_AHEAD, EARLIEST, LATEST, Cell
from .cleaning import bare
from .reading import CannotRead, CellReader, How, Mended

LANGUAGES = ("en", "zh-Hans", "id", "ko", "th", "si", "ta", "lo", "my", "km", "fil", "ur")
# Serial numbers of spreadsheets are taken for days between these: 1 January 1930 and 31 December 2099.
SERIALS = range(10_959, 73_051)
_SERIAL_ZERO = date(1899, 12, 30)
# Workbooks of old Macintoshes begin to count so many days later.
DAYS_TO_1904 = 1_462
_MARKS = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ພ\.?\s?ສ\.?|ຄ\.?\s?ສ\.?|ព\.?\s?ស\.?|គ\.?\s?ស\.?|\bB\.?\s?E\.?|\bA\.?\s?D\.?|\bC\.?\s?E\.?)"
_ERA = re.compile(_MARKS, re.IGNORECASE)
_BUDDHIST_ERA = re.compile(r"(?:พ\.?\s?ศ|ພ\.?\s?ສ|ព\.?\s?ស|\bB\.?\s?E)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日일.]?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ,]\s?(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{2})")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_TOKENS = re.compile(
    r"\d+|[^\W\d]+(?:[\u0300-\u036f\u0d80-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0b80-\u0bff]*[^\W\d]*)*"
)


def looks_buddhist(year: int) -> bool:
    return year > LATEST and EARLIEST <= year - BUDDHIST_YEARS_AHEAD <= LATEST


def order_shown(cell: Cell) -> str:
    """What a cell proves about the order of its column: "dmy", "mdy", "?" (both could be meant), or "" (nothing)."""
    if not isinstance(cell, str):
        return ""
    found = _YEAR_LAST.fullmatch(_without_era(bare(cell)))
    if found is None:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 12:
        return "dmy"
    if second > 12:
        return "mdy"
    return "" if first == second else "?"


def year_shown(cell: Cell) -> int | None:
    """The year that stands in the cell, as it stands; None where none does."""
    if isinstance(cell, date):
        return cell.year
    if not isinstance(cell, str):
        return None
    found = re.search(r"(?<!\d)\d{4}(?!\d)", bare(cell))
    return int(found[0]) if found else None


def _read(cell: Cell, how: How) -> date | Mended:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise CannotRead(
                "day_has_time", N_("“%(cell)s” is a day with a time; the column takes a day."), cell=str(cell),
                fix=N_("Leave the time out."),
            )  # fmt: skip
        return _in_calendar(cell.year, cell.month, cell.day, str(cell.date()), how)
    if isinstance(cell, date):
        return _in_calendar(cell.year, cell.month, cell.day, str(cell), how)
    written = _MIDNIGHT.sub("", bare(cell))
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_number or re.fullmatch(r"\d{5}(\.0)?", written):
        return _serial(written, how)
    era = _ERA.search(written)
    if era and not _BUDDHIST_ERA.search(era[0]):
        # A common era is said: the year is as it stands.
        how = replace(how, buddhist="no")
    elif era:
        how = replace(how, buddhist="yes")
    plain = _without_era(written)
    year, month, day_of_month = _parts(plain, written, how)
    return _in_calendar(year, month, day_of_month, written, how)


def _without_era(written: str) -> str:
    return re.sub(r"\s{2,}", " ", _ERA.sub(" ", written)).strip()


def _parts(plain: str, written: str, how: How) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_LAST.fullmatch(plain):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        order = how.order or order_shown(plain)
        if order == "mdy":
            return year, first, second
        if order == "?":
            raise CannotRead(
                "day_order", N_("“%(cell)s” can be read in two ways; say which comes first, the day or the month."),
                cell=written, fix=N_("Answer the question about the order, or write the day like 2024-01-31."),
            )  # fmt: skip
        return year, second, first
    if _SHORT_YEAR.fullmatch(plain):
        raise CannotRead(
            "day_short_year",
            N_("“%(cell)s” has a year of two digits."),
            cell=written,
            fix=N_("Write the year with four digits."),
        )
    if named := _named_month(plain):
        return named
    raise CannotRead(
        "day",
        N_("“%(cell)s” is no day."),
        cell=written,
        fix=N_("Write the year, the month and the day like 2024-01-31."),
    )


def _named_month(plain: str) -> tuple[int, int, int] | None:
    """A day with the name of its month in one of twelve languages: "12 มกราคม 2567", "January 31, 2024"."""
    folded = plain.casefold()
    for name, month in month_names():
        if name in folded:
            numbers = re.findall(r"\d+", folded.replace(name, " ", 1))
            years, days = [n for n in numbers if len(n) == 4], [n for n in numbers if len(n) <= 2]
            if len(numbers) == 2 and len(years) == 1 and len(days) == 1:
                return int(years[0]), month, int(days[0])
    return None


@lru_cache
def month_names() -> tuple[tuple[str, int], ...]:
    """Every name of a month in the twelve languages, the longest first; names that are digits in disguise are left out."""
    found: dict[str, int] = {}
    for tag in LANGUAGES:
        months = cldr(tag).months
        for width in ("wide", "abbreviated"):
            for use in ("format", "stand-alone"):
                for number, name in months[use][width].items():
                    folded = bare(str(name)).casefold()
                    if not any(sign.isdigit() for sign in folded) and len(folded) > 2:
                        found.setdefault(folded, number)
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _serial(written: str, how: How) -> Mended:
    number = float(written)
    if how.from_1904:
        number += DAYS_TO_1904
    if not number.is_integer() or int(number) not in SERIALS:
        raise CannotRead(
            "day_number",
            N_("“%(cell)s” is a number, not a day."),
            cell=written,
            fix=N_("Give the cell the format of a date."),
        )
    day = _SERIAL_ZERO + timedelta(days=int(number))
    return Mended(
        day,
        N_("The spreadsheet's number %(cell)s is read as the day %(day)s."),
        {"cell": written, "day": day.isoformat()},
    )


def _in_calendar(year: int, month: int, day_of_month: int, written: str, how: How) -> date | Mended:
    common_year = year
    if looks_buddhist(year):
        if how.buddhist != "yes":
            raise CannotRead(
                "day_buddhist", N_("“%(cell)s” looks like a year of the Buddhist calendar (%(common_year)s)."),
                cell=written, common_year=str(year - BUDDHIST_YEARS_AHEAD),
                fix=N_("Answer the question about the calendar, or write the year %(common_year)s."),
            )  # fmt: skip
        common_year = year - BUDDHIST_YEARS_AHEAD
    if not EARLIEST <= common_year <= LATEST:
        raise CannotRead(
            "day_far", N_("“%(cell)s” lies too far away to be meant."), cell=written, fix=N_("Look at the year.")
        )
    try:
        day = date(common_year, month, day_of_month)
    except ValueError:
        raise CannotRead(
            "day", N_("There is no day %(cell)s."), cell=written, fix=N_("Look at the month and the day.")
        ) from None
    if common_year != year:
        return Mended(
            day,
            N_("The Buddhist year %(year)s is read as %(common_year)s."),
            {"year": str(year), "common_year": str(common_year)},
        )
    return day


day = CellReader(_read, asks="day", told_as="day")
