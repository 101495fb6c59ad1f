"""
What others said, in their words, and whether the records bear it out (docs/rules/figures.md, "Claims").

A claim keeps its manner: exactly 164, over 600, at least 600, about 1,000, printed as "62%", or words only ("a slew").
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from .rates import HUNDRED, Rate, round_half_up
from .refusals import InexactInput
from .wording import N_

TOLERANCE_OF_ABOUT = Fraction(5, 100)

type Derived = int | Fraction | Rate | None


class Manner(StrEnum):
    """How a number was claimed."""

    EXACTLY = "exactly"
    OVER = "over"
    AT_LEAST = "at_least"
    ABOUT = "about"
    PRINTED = "printed"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed number, or words only. ``decimals`` belong to a printed number; percentages are in percent."""

    manner: Manner
    value: Decimal | None = None
    decimals: int = 0
    words: str = ""

    @property
    def exact(self) -> Fraction:
        """The number that was claimed; words have none and are refused with InexactInput."""
        if self.value is None:
            raise InexactInput(N_('"%(words)s" is not a number.'), words=self.words)
        return Fraction(self.value)

    def as_count(self) -> int:
        """Return a number to count with. Anything but an exact whole number is refused with InexactInput."""
        if self.manner is not Manner.EXACTLY or self.exact.denominator != 1:
            raise InexactInput()
        return int(self.exact)

    def lowest_count(self) -> int:
        """Return the smallest whole number the claim allows ("over 100" means at least 101)."""
        match self.manner:
            case Manner.OVER:
                return floor(self.exact) + 1
            case Manner.ABOUT:
                return ceil(self.exact * (1 - TOLERANCE_OF_ABOUT))
            case Manner.PRINTED:
                return ceil(self.exact - _half_a_step(self.decimals))
            case _:
                return ceil(self.exact)


def exactly(value: int | str | Decimal) -> Claim:
    return Claim(Manner.EXACTLY, Decimal(value))


def over(value: int | str | Decimal) -> Claim:
    """More than: ">600", "over 600"."""
    return Claim(Manner.OVER, Decimal(value))


def at_least(value: int | str | Decimal) -> Claim:
    """That or more: "600+"."""
    return Claim(Manner.AT_LEAST, Decimal(value))


def about(value: int | str | Decimal) -> Claim:
    """Within 5 percent on either side; the width is our own choice."""
    return Claim(Manner.ABOUT, Decimal(value))


def printed(value: str | Decimal) -> Claim:
    """A number as it was printed: "34.38" has two decimals and holds for whatever rounds to it."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    return Claim(Manner.PRINTED, number, decimals=max(0, -exponent) if isinstance(exponent, int) else 0)


def words_only(words: str) -> Claim:
    """ "A majority", "several", "a slew": not a number."""
    return Claim(Manner.WORDS, words=words)


class Verdict(StrEnum):
    """What a check answers."""

    HOLDS = "holds"
    DIFFERS = "differs"
    NOT_DERIVABLE = "not_derivable"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer, and the reason: a template in English, marked for translation, with its places."""

    verdict: Verdict
    reason: str
    places: dict[str, object]

    def __str__(self) -> str:
        return self.reason % self.places


REASONS: dict[tuple[Manner, bool], str] = {
    (Manner.EXACTLY, True): N_("The records give %(derived)s, exactly as claimed."),
    (Manner.EXACTLY, False): N_("The records give %(derived)s, not %(claimed)s."),
    (Manner.OVER, True): N_("The records give %(derived)s, which is over %(claimed)s."),
    (Manner.OVER, False): N_("The records give %(derived)s, which is not over %(claimed)s."),
    (Manner.AT_LEAST, True): N_("The records give %(derived)s, which is at least %(claimed)s."),
    (Manner.AT_LEAST, False): N_("The records give %(derived)s, which is fewer than %(claimed)s."),
    (Manner.ABOUT, True): N_("The records give %(derived)s, within 5 percent of %(claimed)s."),
    (Manner.ABOUT, False): N_("The records give %(derived)s, more than 5 percent away from %(claimed)s."),
    (Manner.PRINTED, True): N_("The records give %(derived)s, which rounds to %(claimed)s."),
    (Manner.PRINTED, False): N_("The records give %(derived)s, which does not round to %(claimed)s."),
}
NOTHING_DERIVED = N_("There are no records from which %(claimed)s could be counted.")
ONLY_WORDS = N_('"%(claimed)s" is not a number, so nothing can be compared.')
ONLY_WORDS_BESIDE_A_COUNT = N_('"%(claimed)s" is not a number; the records give %(derived)s.')


def check(claim: Claim, derived: Derived) -> Check:
    """
    Compare a claim with what the records give: a count, an exact value, a rate (compared in percent), or None.

    Answers holds, differs or not derivable, with a reason. A rate of nothing or of fewer than ten persons refuses as ever.
    """
    if claim.value is None:
        if derived is None:
            return Check(Verdict.NOT_DERIVABLE, ONLY_WORDS, {"claimed": claim.words})
        places: dict[str, object] = {"claimed": claim.words, "derived": _written(derived, claim)}
        return Check(Verdict.NOT_DERIVABLE, ONLY_WORDS_BESIDE_A_COUNT, places)
    claimed = f"{claim.value}%" if isinstance(derived, Rate) else claim.value
    if derived is None:
        return Check(Verdict.NOT_DERIVABLE, NOTHING_DERIVED, {"claimed": claimed})
    holds = _holds(claim, _comparable(derived))
    verdict = Verdict.HOLDS if holds else Verdict.DIFFERS
    return Check(verdict, REASONS[claim.manner, holds], {"claimed": claimed, "derived": _written(derived, claim)})


def counts_behind(percentage: Claim, base: int) -> tuple[int, int]:
    """
    Return the fewest and the most people that print as this percentage of the base ("45%" of 5,975: 2,659 to 2,718).

    A range, never one number: refuses InexactInput where no whole number of people prints so.
    """
    half = _half_a_step(percentage.decimals)
    low = ceil((percentage.exact - half) * base / HUNDRED)
    high = ceil((percentage.exact + half) * base / HUNDRED) - 1
    if low > high:
        raise InexactInput(
            N_("No whole number out of %(base)s prints as %(printed)s%%."), base=base, printed=percentage.value
        )
    return max(low, 0), min(high, base)


def _half_a_step(decimals: int) -> Fraction:
    return Fraction(1, 2 * 10**decimals)


def _comparable(derived: int | Fraction | Rate) -> Fraction:
    return derived.share * HUNDRED if isinstance(derived, Rate) else Fraction(derived)


def _holds(claim: Claim, found: Fraction) -> bool:
    match claim.manner:
        case Manner.OVER:
            return found > claim.exact
        case Manner.AT_LEAST:
            return found >= claim.exact
        case Manner.ABOUT:
            return abs(found - claim.exact) <= claim.exact * TOLERANCE_OF_ABOUT
        case Manner.PRINTED:
            return Fraction(round_half_up(found, claim.decimals)) == claim.exact
        case _:
            return found == claim.exact


def _written(derived: int | Fraction | Rate, claim: Claim) -> object:
    decimals = max(1, claim.decimals)
    if isinstance(derived, Rate):
        return f"{derived.percent_text(decimals)} ({derived.numerator}/{derived.denominator})"
    exact = Fraction(derived)
    return exact.numerator if exact.denominator == 1 else round_half_up(exact, decimals)
