"""The values of a paper's claims, read strictly: what is not written so is not ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.shape import WrongShape

LATEST = 253_402_300_799  # the last second of the year 9999
_FIRST_DAY = date(1970, 1, 1)
_LAST_DAY_OF_ALL = (date.max - _FIRST_DAY).days
_MOST = 200


def days(on: date) -> int:
    return (on - _FIRST_DAY).days


def day(value: Any) -> date:
    return _FIRST_DAY + timedelta(days=number(value, below=_LAST_DAY_OF_ALL + 1))


def instant(value: Any) -> datetime:
    return datetime.fromtimestamp(number(value, below=LATEST + 1), UTC)


def number(value: Any, *, below: int = 2**53) -> int:
    if not is_number(value) or value >= below:
        raise refused()
    return int(value)


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def text(value: Any, *, least: int = 1) -> str:
    if not isinstance(value, str) or len(value) < least:
        raise refused()
    return value


def exactly(value: Any, size: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise refused()
    return value


def texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise refused()
    return {text(language): text(said) for language, said in value.items()}


def rows(value: Any, *, least: int = 0, most: int = _MOST) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise refused()
    return value


def row(value: Any, size: int) -> list[Any]:
    return rows(value, least=size, most=size)


def refused() -> WrongShape:
    return WrongShape(N_("It is signed, but not written as this alliance's papers are."))
