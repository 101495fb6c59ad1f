"""Shares as exact fractions, which add to a whole or are refused: a third is 1/3, and 33.33% three times is not a whole."""

import re
from collections.abc import Iterable
from fractions import Fraction

from .errors import BadInput, Problem
from .refusals import SplitIncomplete
from .wording import N_

WHOLE = Fraction(1)
# Large enough for any split that was ever agreed, and small enough for a column of whole numbers.
LARGEST_DENOMINATOR = 1_000_000
_FRACTION = re.compile(r"(\d{1,7})\s*[/⁄∕]\s*(\d{1,7})")
_NUMBER = re.compile(r"(\d{1,7})(?:[.,](\d{1,6}))?\s*([%％]?)")
# What people mean who write a rounded third.
_SIMPLE = 12


def read_share(text: str) -> Fraction:
    """
    Read "1/3", "25%", "33.33 %" or "0.25" as an exact fraction.

    :raises BadInput: for anything else, and for a share that is not above zero or is more than the whole.
    """
    plain = text.strip()
    fraction, number = _FRACTION.fullmatch(plain), _NUMBER.fullmatch(plain)
    if fraction is not None and int(fraction[2]) > 0:
        share = Fraction(int(fraction[1]), int(fraction[2]))
    elif number is not None:
        share = Fraction(f"{number[1]}.{number[2] or 0}")
        share = share / 100 if number[3] else share
    else:
        raise _no_share(text)
    if not 0 < share <= WHOLE or share.denominator > LARGEST_DENOMINATOR:
        raise _no_share(text)
    return share


def write_share(share: Fraction) -> str:
    """As a percentage where that is exact with two digits, else as a fraction: "25%", "1/3"."""
    percent = share * 10_000
    if percent.denominator == 1:
        return f"{percent.numerator / 100:.2f}".rstrip("0").rstrip(".") + "%"
    return f"{share.numerator}/{share.denominator}"


def require_whole(shares: Iterable[Fraction]) -> None:
    """:raises SplitIncomplete: where they do not add to exactly one; it says by how much, and which fractions were probably meant."""
    given = list(shares)
    total = sum(given, Fraction(0))
    if total == WHOLE:
        return
    meant = [each.limit_denominator(_SIMPLE) for each in given]
    places = {"total": write_share(total), "missing": write_share(abs(WHOLE - total))}
    if sum(meant, Fraction(0)) == WHOLE:
        raise SplitIncomplete(
            N_("The shares add to %(total)s, not to 100%%. Write them as exact fractions: %(meant)s."),
            **places, meant=", ".join(f"{each.numerator}/{each.denominator}" for each in meant),
        )  # fmt: skip
    if total < WHOLE:
        raise SplitIncomplete(
            N_("The shares add to %(total)s, not to 100%%: %(missing)s is missing. Name who bears the rest."), **places
        )
    raise SplitIncomplete(N_("The shares add to %(total)s, not to 100%%: %(missing)s is too much."), **places)


def _no_share(text: str) -> BadInput:
    return BadInput(
        [
            Problem(
                N_("“%(text)s” is no share; write it like 1/3 or 25%%, above zero and at most the whole."),
                {"text": text},
                column="share",
            )
        ]
    )
