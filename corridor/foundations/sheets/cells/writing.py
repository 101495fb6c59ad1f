"""A clean value as text: how an export writes it, and a verdict shows it."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


def written(value: Any) -> str:
    """A clean value as an export writes it, and as a verdict shows it: ISO days, "yes" and "no", codes, ";" between several."""
    if value is None or value == "":
        return ""
    if isinstance(value, str) and not isinstance(value, Enum):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "; ".join(written(each) for each in value) if isinstance(value, tuple | list) else str(value)
