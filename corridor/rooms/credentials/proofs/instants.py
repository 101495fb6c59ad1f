"""Instants as credentials write them: XSD dateTimeStamp, always with a zone."""

import re
from datetime import UTC, datetime

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)", re.ASCII)


def read_instant(text: object) -> datetime | None:
    """The instant in UTC, or None when the text is not one or has no zone."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
