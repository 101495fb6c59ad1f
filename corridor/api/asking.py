"""What a request may ask with: days, references, words, and pages by keyset. Anything else is 422, never a fault."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import QuerySet
from ninja import Path, Query, Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function, str_schema

MOST = 200
# Far enough for every record, and near enough that a day has a day before and after it.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _is_a_day(given: object) -> object:
    if isinstance(given, str) and not _ISO_DAY.fullmatch(given):
        raise ValueError("write a day as 2024-01-18")
    if isinstance(given, int | float):
        raise ValueError("write a day as 2024-01-18")
    return given


def _is_in_range(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def _is_printable(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
        raise ValueError("no control characters")
    return text


Day = Annotated[date, BeforeValidator(_is_a_day), AfterValidator(_is_in_range)]


def _is_near(instant: datetime) -> datetime:
    _is_in_range(instant.date())
    return instant


# With its zone, so that nobody guesses one.
Instant = Annotated[AwareDatetime, AfterValidator(_is_near)]


if TYPE_CHECKING:
    # What arrives is a plain string: the two below only say how it is read.
    type Words = str
    type LongText = str
    type BodyText = str
else:

    class Words(str):
        """A line of text without control characters; it arrives as a plain string."""

        LONGEST = 200

        @classmethod
        def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
            return no_info_after_validator_function(_is_printable, str_schema(max_length=cls.LONGEST))

    class LongText(Words):
        LONGEST = 4000

    class BodyText(str):
        """Text of many lines, whichever way they end."""

        LONGEST = 200_000

        @classmethod
        def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
            return no_info_after_validator_function(
                lambda text: _is_printable(text.replace("\r\n", "\n").replace("\r", "\n")),
                str_schema(max_length=cls.LONGEST),
            )


Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
Number = Annotated[int, Path(ge=1, le=9999)]

On = Annotated[Day | None, Query(description="As it was on that day; without it, today")]
Search = Annotated[Words, Query(description="Part of a name in any script, or of the reference")]
Code = Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]{0,80}$")]
States = Annotated[list[Code], Query(max_length=20)]
After = Annotated[Words, Query(description="The value of next on the page before")]
Limit = Annotated[int, Query(ge=1, le=MOST)]


class Page[Row: Schema](Schema):
    """Some rows, and where the next ones begin: send ``next`` as ``after``. Without ``next`` these were the last."""

    rows: list[Row]
    next: str | None = None


def page[Thing, Row: Schema](
    found: QuerySet[Any] | Iterable[Thing], draw: Callable[[Any], Row], *, limit: int, key: Callable[[Any], str]
) -> dict[str, Any]:
    """The first rows of what was found after the last page; one more than asked for tells whether there is a next page."""
    rows: Sequence[Any] = list(islice(found[: limit + 1] if isinstance(found, QuerySet) else found, limit + 1))
    return {"rows": [draw(row) for row in rows[:limit]], "next": key(rows[limit - 1]) if len(rows) > limit else None}


def rows_after[Thing](found: Iterable[Thing], after: str, key: Callable[[Thing], str]) -> list[Thing]:
    """What comes after that key, of rows that are all read already, in their order; everything without a key."""
    rows = list(found)
    place = next((place for place, row in enumerate(rows, start=1) if key(row) == after), 0 if not after else len(rows))
    return rows[place:]
