"""Whether a cell holds what its column is for; the rule that it does not keep where it does not."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from .findings import Finding, Rule
from .format import VOCABULARIES, Field

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_GUID = re.compile(r"[0-9A-Za-z.\-_/@]{1,255}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_TYPED = re.compile(r"\{[^{}:]+:[^{}:]+\}")


def has_controls(text: str) -> bool:
    return not text.isprintable() and _CONTROLS.search(text) is not None


def is_guid(text: str) -> bool:
    return _GUID.fullmatch(text) is not None


def is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_instant(text: str) -> bool:
    if not _INSTANT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_typed(text: str) -> bool:
    """ "{A:94}": two parts, neither of them empty."""
    return _TYPED.fullmatch(text) is not None


# Of a single value, by the kind of the column: what it must be, and the rule otherwise.
_SINGLE: dict[str, tuple[Callable[[str], object], Rule]] = {
    "guid": (is_guid, Rule.GUID),
    "date": (is_date, Rule.DATE),
    "instant": (is_instant, Rule.INSTANT),
    "year": (_YEAR.fullmatch, Rule.YEAR),
    "whole": (_WHOLE.fullmatch, Rule.WHOLE),
    "number": (_NUMBER.fullmatch, Rule.NUMBER),
    "flag": (lambda text: text in {"true", "false"}, Rule.FLAG),
}
# Kinds that hold several values, and the kind of each.
_SEVERAL = {"texts": "text", "guids": "guid", "words": "word", "ids": "typed"}


def faults_of(field: Field, text: str, *, file: str, row: int) -> Iterator[Finding]:
    """What is wrong with a cell that is not empty."""
    if field.kind not in _SEVERAL:
        if fault := _fault(field, field.kind, text, file, row):
            yield fault
        return
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        yield Finding(Rule.LIST, file, row, field.name, text)
        return
    for part in parts:
        if fault := _fault(field, _SEVERAL[field.kind], part, file, row):
            yield fault


def _fault(field: Field, kind: str, text: str, file: str, row: int) -> Finding | None:
    if kind == "word":
        vocabulary = VOCABULARIES[field.words]
        if vocabulary.takes(text):
            return None
        return Finding(Rule.WORD, file, row, field.name, text, {"words": ", ".join(vocabulary.words)})
    if kind == "typed":
        return None if is_typed(text) else Finding(Rule.LIST, file, row, field.name, text)
    if kind not in _SINGLE:
        return None
    holds, rule = _SINGLE[kind]
    return None if holds(text) else Finding(rule, file, row, field.name, text)
