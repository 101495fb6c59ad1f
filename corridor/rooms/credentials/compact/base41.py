"""
Bytes in forty-one characters that a QR code packs tightly (its alphanumeric mode) and that may stand in an address as they are.

Base 45 (RFC 9285) has a blank and a percent sign, which addresses do not leave alone; two bytes need three characters all the same.
"""

import struct

from corridor.kernel.wording import N_

from ..proofs.refusals import CannotRead

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:"
_BASE = len(ALPHABET)
_PAIRS = [low + high for high in ALPHABET for low in ALPHABET]
# The first two characters of a group, and the third.
_LOW = {pair: value for value, pair in enumerate(_PAIRS)}
_HIGH = {letter: value * _BASE * _BASE for value, letter in enumerate(ALPHABET)}


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
    whole = len(text) - len(text) % 3
    try:
        groups = [_LOW[text[at : at + 2]] + _HIGH[text[at + 2]] for at in range(0, whole, 3)]
        last = [_LOW[text[whole:]]] if whole < len(text) else []
        return struct.pack(f">{len(groups)}H{len(last)}B", *groups, *last)
    except (KeyError, struct.error):
        raise _refused() from None


def _refused() -> CannotRead:
    return CannotRead(N_("The code was misread or is not complete. Scan it again, or open the address below it."))
