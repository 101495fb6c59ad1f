"""
CBOR in one spelling only: the deterministic form of RFC 8949, 4.2.1, of integers, bytes, texts, arrays, maps, false and true.

Whatever could be written in two ways is refused when read, so that what was signed has one spelling and two readers read one thing.
"""

from typing import Any

from corridor.kernel.wording import N_

from ..proofs.refusals import CannotRead

MOST_LEVELS = 8
_LARGEST = 2**53
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _SIMPLE = 0, 1, 2, 3, 4, 5, 7
_FALSE, _TRUE = b"\xf4", b"\xf5"
_LISTS, _NO_KEYS = (list, tuple), (bytes, list, dict, bool)
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}
_SMALLEST = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}


class NotCbor(CannotRead):
    """Not CBOR, or not in the one spelling that is read here."""


def encode(value: Any) -> bytes:
    """The bytes of a value. Raises TypeError for a kind of value that the format does not have."""
    if isinstance(value, str):
        raw = value.encode()
        return _head(_TEXT, len(raw)) + raw
    if value is True or value is False:
        return _TRUE if value else _FALSE
    if isinstance(value, int):
        return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, _LISTS):
        return _head(_ARRAY, len(value)) + b"".join([encode(each) for each in value])
    if isinstance(value, dict):
        pairs = sorted([(encode(key), encode(inner)) for key, inner in value.items()])
        return _head(_MAP, len(pairs)) + b"".join([key + inner for key, inner in pairs])
    raise TypeError(f"no CBOR of {type(value).__name__}")


def decode(raw: bytes) -> Any:
    """The one value in ``raw``. Raises NotCbor for anything else, other spellings included."""
    value, end = _value(raw, 0, MOST_LEVELS)
    if end != len(raw):
        raise _refused()
    return value


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes((major << 5 | number,))
    if number < 1 << 8:
        return bytes((major << 5 | 24, number))
    kind = 25 if number < 1 << 16 else 26 if number < 1 << 32 else 27
    return bytes((major << 5 | kind,)) + number.to_bytes(_SIZES[kind])


def _value(raw: bytes, at: int, levels: int) -> tuple[Any, int]:
    if levels < 0 or at >= len(raw):
        raise _refused()
    first = raw[at]
    if first in (_FALSE[0], _TRUE[0]):
        return first == _TRUE[0], at + 1
    major, number = first >> 5, first & 31
    at += 1
    if number >= 24:
        number, at = _read_number(raw, at, number)
    if major in (_UNSIGNED, _NEGATIVE):
        if number > _LARGEST:
            raise _refused()
        return (number if major == _UNSIGNED else -1 - number), at
    # No array or map has more members than there are bytes left, so nothing is built for a length that is only claimed.
    if number > len(raw) - at:
        raise _refused()
    if major in (_BYTES, _TEXT):
        inner = raw[at : at + number]
        return (inner if major == _BYTES else _text(inner)), at + number
    if major == _ARRAY:
        members = []
        for _ in range(number):
            member, at = _value(raw, at, levels - 1)
            members.append(member)
        return members, at
    return _map(raw, at, number, levels - 1) if major == _MAP else _nothing()


def _map(raw: bytes, at: int, number: int, levels: int) -> tuple[dict[Any, Any], int]:
    found: dict[Any, Any] = {}
    before = b""
    for _ in range(number):
        begins = at
        key, at = _value(raw, at, levels)
        spelled = raw[begins:at]
        if spelled <= before or isinstance(key, _NO_KEYS):
            raise _refused()
        before = spelled
        found[key], at = _value(raw, at, levels)
    return found, at


def _read_number(raw: bytes, at: int, kind: int) -> tuple[int, int]:
    size = _SIZES.get(kind, 0)
    number = int.from_bytes(raw[at : at + size])
    if not size or len(raw) < at + size or number < _SMALLEST[kind]:
        raise _refused()
    return number, at + size


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise _refused() from None


def _nothing() -> tuple[Any, int]:
    raise _refused()


def _refused() -> NotCbor:
    return NotCbor(N_("The code was read, but what it holds is not written as a certificate is."))
