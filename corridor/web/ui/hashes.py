"""A fingerprint to look at: sixteen bars, one for each of the first sixteen hexadecimal digits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    height: float


def bars_of(fingerprint: str) -> list[Bar]:
    """Sixteen bars in a box of 48 by 16; the height of bar i is the i-th hexadecimal digit."""
    return [
        Bar(x=3 * i, y=(16 - height) / 2, height=height)
        for i, height in enumerate(int(digit, 16) + 1 for digit in fingerprint[:16] if digit in "0123456789abcdef")
    ]


def groups_of(fingerprint: str) -> str:
    """ "d8ad 260a e6e8 … db23": the first three groups and the last."""
    if len(fingerprint) <= 16:
        return " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4))
    return f"{fingerprint[:4]} {fingerprint[4:8]} {fingerprint[8:12]} … {fingerprint[-4:]}"
