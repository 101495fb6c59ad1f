"""How one cell is read: each reader takes the cell as it stands in the file and answers a clean value, or says why it cannot."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from corridor.foundations.vocabularies.countries import is_country
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

# What a CSV (text alone) or a workbook holds in a cell.
Cell = str | int | float | bool | date | datetime | time | timedelta

EARLIEST, LATEST = 1900, 2200
# The Buddhist calendar of Thailand, Laos and Cambodia counts 543 years more.
BUDDHIST_YEARS_AHEAD = 543
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOCAL_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}")
_REFERENCE = re.compile(r"[A-Za-z0-9_-]+")
_USER_NAME = re.compile(r"[\w.@+-]+")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Unreadable(Refusal):
    """The cell does not hold what its column asks for."""


@dataclass(frozen=True)
class Reader:
    """``read`` takes a cell that is not empty; ``empty`` is what an empty cell of an optional column means."""

    read: Callable[[Cell], Any]
    empty: Any = None

    def __call__(self, cell: Cell) -> Any:
        return self.read(cell)


def as_written(cell: Cell) -> str:
    """The cell as text, the way a person would write it: 5.0 is "5", a day is ISO; text in Unicode's composed form (NFC)."""
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell).strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    return str(cell)


def text(longest: int = 300) -> Reader:
    """Text of at most so many characters."""

    def read(cell: Cell) -> str:
        written = as_written(cell)
        if _CONTROLS.search(written):
            raise Unreadable(N_("The text holds characters that cannot be printed."))
        if len(written) > longest:
            raise Unreadable(
                N_("The text has %(length)s characters; at most %(longest)s fit."),
                length=len(written), longest=longest,
            )  # fmt: skip
        return written

    return Reader(read, empty="")


def reference(longest: int = 60) -> Reader:
    """A reference as it stands: letters a to z in either case, digits, "-" and "_"."""

    def read(cell: Cell) -> str:
        written = as_written(cell)
        if not _REFERENCE.fullmatch(written) or len(written) > longest:
            raise Unreadable(
                N_("“%(cell)s” is no reference: up to %(longest)s of the letters A to Z, digits, “-” and “_”."),
                cell=written, longest=longest,
            )  # fmt: skip
        return written

    return Reader(read)


def choice(choices: type[Enum]) -> Reader:
    """One of the values of an enum (TextChoices too), answered as its member."""
    members = {str(member.value): member for member in choices if member.value}

    def read(cell: Cell) -> Enum:
        written = as_written(cell)
        if written not in members:
            raise Unreadable(
                N_("“%(cell)s” is not one of: %(choices)s."), cell=written, choices=", ".join(members)
            )  # fmt: skip
        return members[written]

    return Reader(read)


def _day_of(written: str) -> date:
    parts = _DAY.fullmatch(written)
    if parts is None:
        raise Unreadable(
            N_("“%(cell)s” is no day; write the year, the month and the day like 2024-01-31."), cell=written
        )
    year, month, day_of_month = (int(part) for part in parts.groups())
    common_year = year - BUDDHIST_YEARS_AHEAD
    if year > LATEST and EARLIEST <= common_year <= LATEST:
        raise Unreadable(
            N_("“%(cell)s” looks like a year of the Buddhist calendar. Is it %(common_year)s? Write it so."),
            cell=written, common_year=str(common_year),
        )  # fmt: skip
    if not EARLIEST <= year <= LATEST:
        raise Unreadable(N_("“%(cell)s” lies too far away to be meant."), cell=written)
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise Unreadable(N_("There is no day %(cell)s."), cell=written) from None


def _read_day(cell: Cell) -> date:
    if isinstance(cell, bool | int | float):
        raise Unreadable(
            N_("“%(cell)s” is a number, not a day; give the cell the format of a date."), cell=as_written(cell)
        )
    return _day_of(as_written(cell))


def _read_local_time(cell: Cell) -> datetime:
    written = as_written(cell)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        raise Unreadable(N_("“%(cell)s” has no time of day; write it like 2024-01-31 08:30."), cell=written)
    if isinstance(cell, datetime):
        written = cell.isoformat(" ", "minutes")
    if not _LOCAL_TIME.fullmatch(written):
        raise Unreadable(N_("“%(cell)s” is no day with a time; write it like 2024-01-31 08:30."), cell=written)
    day_part = _day_of(written[:10])
    try:
        return datetime.combine(day_part, time.fromisoformat(written[11:]))
    except ValueError:
        raise Unreadable(N_("There is no time %(cell)s."), cell=written[11:]) from None


def whole(least: int | None = None, most: int | None = None) -> Reader:
    """A whole number between both, ends included."""

    def read(cell: Cell) -> int:
        written = as_written(cell)
        if isinstance(cell, bool) or not _WHOLE.fullmatch(written):
            raise Unreadable(N_("“%(cell)s” is no whole number; write it in digits alone."), cell=written)
        number = int(written[:40])
        _within(number, least, most, written)
        return number

    return Reader(read)


def decimal(places: int, least: int | None = None, most: int | None = None) -> Reader:
    """A number with at most so many places behind the point."""

    def read(cell: Cell) -> Decimal:
        # A workbook keeps 106.55107 as the nearest binary fraction; ten places are more than any column of ours means.
        written = repr(round(cell, 10)) if isinstance(cell, float) else as_written(cell)
        try:
            number = Decimal(written)
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(cell, bool) or not number.is_finite() or not written.isascii() or "_" in written:
            raise Unreadable(N_("“%(cell)s” is no number; write it in digits with a point."), cell=as_written(cell))
        _within(number, least, most, written)
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > places:
            raise Unreadable(
                N_("“%(cell)s” has more than %(places)s places behind the point."), cell=written, places=places
            )
        return number

    return Reader(read)


def _within(number: int | Decimal, least: int | None, most: int | None, written: str) -> None:
    if (least is not None and number < least) or (most is not None and number > most):
        raise Unreadable(
            N_("%(cell)s is out of bounds: from %(least)s to %(most)s."),
            cell=written, least="…" if least is None else least, most="…" if most is None else most,
        )  # fmt: skip


def _read_country(cell: Cell) -> str:
    written = as_written(cell)
    if not is_country(written):
        raise Unreadable(
            N_("“%(cell)s” is no country or region; write two capital letters of ISO 3166-1, like LA."), cell=written
        )
    return written


def _read_language(cell: Cell) -> str:
    written = as_written(cell)
    if not is_language(written):
        raise Unreadable(N_("“%(cell)s” is no language; write a tag of BCP 47, like lo or zh-Hans."), cell=written)
    return written


@lru_cache
def _zones() -> frozenset[str]:
    # The system's folder of zones is walked at each question otherwise.
    return frozenset(available_timezones())


def _read_zone(cell: Cell) -> str:
    written = as_written(cell)
    if written not in _zones():
        raise Unreadable(N_("“%(cell)s” is no time zone; write a name like Asia/Vientiane."), cell=written)
    return written


def _read_yes_no(cell: Cell) -> bool:
    written = as_written(cell)
    if written.lower() not in {"yes", "no"}:
        raise Unreadable(N_("“%(cell)s” is neither yes nor no."), cell=written)
    return written.lower() == "yes"


def _read_user_name(cell: Cell) -> str:
    written = as_written(cell)
    if not _USER_NAME.fullmatch(written) or len(written) > 150:
        raise Unreadable(N_("“%(cell)s” is no user name: letters, digits and @ . + - _ alone."), cell=written)
    return written


def many(one: Reader) -> Reader:
    """Several values in one cell, with ";" between them; answered as a tuple, empty where the cell is."""

    def read(cell: Cell) -> tuple[Any, ...]:
        parts = [part.strip() for part in as_written(cell).split(";")]
        values = tuple(one(part) for part in parts if part)
        if len(set(values)) < len(values):
            raise Unreadable(N_("“%(cell)s” says the same twice."), cell=as_written(cell))
        return values

    return Reader(read, empty=())


day = Reader(_read_day)
local_time = Reader(_read_local_time)
country = Reader(_read_country)
language = Reader(_read_language)
zone = Reader(_read_zone)
yes_no = Reader(_read_yes_no)
user_name = Reader(_read_user_name)
