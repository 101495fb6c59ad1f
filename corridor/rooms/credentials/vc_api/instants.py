"""Instants as anybody writes them: XSD dateTimeStamp in its whole width."""

import re
from datetime import UTC, datetime, timedelta

_STAMP = re.compile(
    r"(-?)([1-9]\d{3,}|0\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?|(24):00:00(?:\.0+)?)"
    r"(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?",
    re.ASCII,
)
_LONGEST = 60
_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def read_stamp(text: object, *, needs_zone: bool = True) -> datetime | None:
    """
    The instant; None where the text is not one. Without ``needs_zone`` a text without a zone is taken as UTC. Years that no
    clock here can hold are taken as the beginning or the end of time.
    """
    found = _STAMP.fullmatch(text) if isinstance(text, str) and len(text) <= _LONGEST else None
    if found is None:
        return None
    minus, year, month, day, hour, minute, second, fraction, midnight, zone = found.groups()
    if zone is None and needs_zone:
        return None
    if minus or int(year) == 0:
        return _BEGINNING
    if int(year) > 9999:
        return _END
    written = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}.{(fraction or '0')[:6]:0<6}"
    try:
        at = datetime.fromisoformat(written + (zone or "Z"))
        return (at + timedelta(days=1 if midnight else 0)).astimezone(UTC)
    except ValueError:
        return None
    except OverflowError:
        return _END if int(year) > 1 else _BEGINNING
