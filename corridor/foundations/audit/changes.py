"""What an edit changed, field by field. A personal value is never written down: of such a field only that it changed."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

MOST_LETTERS = 300


class FieldChange(NamedTuple):
    """``before`` and ``after`` as text; both empty where the values are personal, or too long to repeat."""

    field: str
    before: str = ""
    after: str = ""


def differences(
    before: Mapping[str, object], after: Mapping[str, object], *, personal: Collection[str] = ()
) -> list[FieldChange]:
    """The fields of ``after`` that differ from ``before``, in their order; the fields named ``personal`` without their values."""
    found = []
    for field, new in after.items():
        old, is_open = before.get(field), field not in personal
        if _text(old) != _text(new):
            found.append(FieldChange(field, _text(old), _text(new)) if is_open else FieldChange(field))
    return found


def values_of(row: object, fields: Iterable[str]) -> dict[str, object]:
    """The values of a row as they stand before an edit."""
    return {field: getattr(row, field) for field in fields}


def _text(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"
