"""What the kinds of sheets share when they write their records out."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_


def every_page(read: Callable[[str], Any]) -> Iterator[Any]:
    """The rows of a list that is read a page at a time: ``read(after)`` answers a page with ``rows`` and ``next_after``."""
    page = read("")
    yield from page.rows
    while page.next_after:
        page = read(page.next_after)
        yield from page.rows


def day_asked(written: str, *, otherwise: date) -> date:
    """The day by which a sheet is narrowed. :raises BadInput: if it is none."""
    if not written:
        return otherwise
    try:
        return date.fromisoformat(written)
    except ValueError:
        message = N_("“%(cell)s” is no day; write the year, the month and the day like 2024-01-31.")
        raise BadInput([Problem(message, {"cell": written[:40]}, column="on")]) from None


def last_day(ends_before: date | None) -> date | None:
    """The last day inside, as people write an end."""
    return ends_before - ONE_DAY if ends_before is not None else None


def day_after(ends_on: date | None) -> date | None:
    """The first day outside, as records keep an end."""
    return ends_on + ONE_DAY if ends_on is not None else None
