"""JSON from strangers: read so that two readers cannot read two different things, within bounds."""

import json
import math
from typing import Any

from corridor.kernel.wording import N_

from .refusals import NotJson, TooLarge

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 20_000
# Of what issuers and alliances publish: the reasons beside a list that is half full, and a register of many years.
PUBLISHED_BYTES = 50_000_000
PUBLISHED_VALUES = 2_000_000
_LARGEST_EXACT = 2**53
_SMALLEST_ALIKE = 1e-6
_HOLDS_VALUES = (dict, list)


def read_published(raw: bytes | str) -> dict[str, Any]:
    """A list, its reasons, a register, a checkpoint or a DID document, as whoever is known here published it. Raises as ``read_object``."""
    return read_object(raw, max_bytes=PUBLISHED_BYTES, max_values=PUBLISHED_VALUES)


def read_object(raw: bytes | str, *, max_bytes: int = MAX_BYTES, max_values: int = MAX_VALUES) -> dict[str, Any]:
    """
    One JSON object. Raises NotJson or TooLarge, and nothing else.

    Refused: other encodings than UTF-8, duplicate keys, numbers that readers read differently (NaN, beyond 2^53, below
    1e-6, more than 15 digits, minus zero), lone surrogates, more than 40 levels, more than 20,000 values.
    """
    if len(raw) > max_bytes:
        raise TooLarge(N_("This is larger than %(most)s bytes."), most=max_bytes)
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_float, parse_int=_int
        )
    except UnicodeDecodeError:
        raise NotJson(N_("This is not text in UTF-8.")) from None
    except RecursionError:
        raise TooLarge(N_("This is nested more than %(most)s levels deep."), most=MAX_DEPTH) from None
    except ValueError as error:
        raise NotJson(N_("This is not JSON: %(why)s."), why=str(error)) from None
    if not isinstance(value, dict):
        raise NotJson(N_("This is not one JSON object."))
    _bounded(value, max_values)
    # half of a character can only come from an escape, or be handed in as text
    if "\\u" in text or not (isinstance(raw, bytes) or text.isprintable()):
        _well_formed(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise NotJson(N_("A key stands twice in one object, so two readers could read two different things."))
    return table


def _refuse_constant(name: str) -> None:
    raise NotJson(N_("%(number)s is not a number in JSON."), number=name)


def _float(text: str) -> float:
    number = float(text)
    size = abs(number)
    # JavaScript and others disagree beyond these bounds and beyond fifteen digits
    alike = math.isfinite(number) and (_SMALLEST_ALIKE <= size < _LARGEST_EXACT and float(f"{number:.14e}") == number)
    if not alike and (size != 0 or text.startswith("-")):
        raise NotJson(N_("%(number)s is not a number that every reader reads alike."), number=text[:40])
    return number


def _int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _LARGEST_EXACT or text == "-0":
        raise NotJson(N_("%(number)s is not a number that every reader reads alike."), number=text[:40])
    return int(text)


def _bounded(value: Any, most: int) -> None:
    seen = 0
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[Any] = []
        for each in level:
            seen += len(each)
            inner = each.values() if isinstance(each, dict) else each
            deeper += [one for one in inner if isinstance(one, _HOLDS_VALUES)]
        if seen > most:
            raise TooLarge(N_("This holds more than %(most)s values."), most=most)
        if not deeper:
            return
        level = deeper
    raise TooLarge(N_("This is nested more than %(most)s levels deep."), most=MAX_DEPTH)


def _well_formed(value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _well_formed(key)
            _well_formed(inner)
    elif isinstance(value, list):
        for inner in value:
            _well_formed(inner)
    elif isinstance(value, str) and not value.isprintable():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise NotJson(N_("A text holds half of a character.")) from None
