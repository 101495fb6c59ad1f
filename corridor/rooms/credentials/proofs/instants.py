"""Instants as credentials write them: XSD dateTimeStamp, always with a zone."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)", re.ASCII)
_LONGEST = len("2024-01-22T00:00:00.000000+07:00")


def write_instant(at: datetime) -> str:
    """
    The instant to the second, in the zone it is given in, so that its day stays the day of the place. ``at`` must
    know its zone.
    """
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def read_instant(text: object) -> datetime | None:
    """The instant in UTC, or None when the text is not one or has no zone."""
    return _read(text) if isinstance(text, str) and len(text) <= _LONGEST else None


@lru_cache(maxsize=1_024)  # a document says the same instant in many places
def _read(text: str) -> datetime | None:
    if not _STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_as_written(text: object) -> date | None:
    """The day that the text itself names, in its own zone; None when it is not an instant."""
    return date.fromisoformat(str(text)[:10]) if read_instant(text) else None
