"""
Bytes in forty-one characters that a QR code packs tightly (its alphanumeric mode) and that may stand in an address as they are.

Base 45 (RFC 9285) has a blank and a percent sign, which addresses do not leave alone; two bytes need three characters all the same.
"""

from corridor.kernel.wording import N_

from ..proofs.refusals import CannotRead

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:"
_BASE = len(ALPHABET)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_PAIRS = [low + high for high in ALPHABET for low in ALPHABET]


def encode(raw: bytes) -> str:
    """Three characters for two bytes, two for a last single one."""
    found = []
    for first, second in zip(raw[::2], raw[1::2], strict=False):
        high, low = divmod(first << 8 | second, _BASE * _BASE)
        found.append(_PAIRS[low] + ALPHABET[high])
    if len(raw) % 2:
        found.append(_PAIRS[raw[-1]])
    return "".join(found)


def decode(text: str) -> bytes:
    """The bytes. Raises CannotRead for text that ``encode`` never writes."""
    found = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        number = 0
        for letter in reversed(group):
            value = _VALUES.get(letter)
            if value is None:
                raise _refused()
            number = number * _BASE + value
        size = len(group) - 1
        if size == 0 or number >= 1 << 8 * size:
            raise _refused()
        found += number.to_bytes(size)
    return bytes(found)


def _refused() -> CannotRead:
    return CannotRead(N_("The code was misread or is not complete. Scan it again, or open the address below it."))
