"""
Outcomes with their silence (docs/rules/figures.md, "Outcomes").

One wave and one question. Missing people are never dropped in silence and never counted as a no.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from .rates import HUNDRED, Rate, percent_text, round_half_up
from .refusals import ImpossibleCounts, NoDenominator, NotASample, UnknownIsNotNo
from .wording import N_

Z_95 = Decimal("1.959964")
PRECISION = 40
SMALL_FOLLOW_UP = 50


class Selection(StrEnum):
    """Who was to be asked: everybody, or a recorded random draw. A convenience list is neither."""

    CENSUS = "census"
    RANDOM_DRAW = "random_draw"


@dataclass(frozen=True, slots=True)
class Interval:
    """Two exact shares, 0 to 1, the lower first."""

    low: Fraction
    high: Fraction

    @property
    def percents(self) -> tuple[Decimal, Decimal]:
        """Both ends in percent, half up, one decimal."""
        return round_half_up(self.low * HUNDRED, 1), round_half_up(self.high * HUNDRED, 1)

    @property
    def texts(self) -> tuple[str, str]:
        """Both ends as they are shown: ("6.4%", "100.0%")."""
        return percent_text(self.low), percent_text(self.high)


@dataclass(frozen=True, slots=True)
class AmongAnswered:
    """The share among those who answered, never without the two lines above it. ``share`` is None: none answered."""

    share: Rate | None
    bounds: Interval
    response_rate: Rate


@dataclass(frozen=True, slots=True)
class PublicBlock:
    """What a reader sees who may not see the persons. With ``yes`` None, neither share nor bounds are shown."""

    eligible: int
    to_ask: int
    asked: int
    reached: int
    answered: int
    yes: int | None


@dataclass(frozen=True, slots=True)
class OutcomeBlock:
    """
    E eligible, s to ask, A asked, R reached, V answered (of whom Vself by the person), Y yes. All are whole counts.

    Must hold: Y <= V <= s, Vself <= R <= A <= s <= E, Vself <= V, and s = E in a census; else ImpossibleCounts.
    ``persons`` is False for a wave among organisations.
    """

    eligible: int
    to_ask: int
    asked: int
    reached: int
    answered: int
    answered_self: int
    yes: int
    selection: Selection = Selection.CENSUS
    persons: bool = True

    def __post_init__(self) -> None:
        rising = [
            (0, self.yes, self.answered, self.to_ask),
            (0, self.answered_self, self.reached, self.asked, self.to_ask, self.eligible),
            (self.answered_self, self.answered),
        ]
        if any(list(counts) != sorted(counts) for counts in rising):
            raise ImpossibleCounts(
                N_(
                    "These counts cannot all be true: yes, answered, reached, asked, to be asked and eligible must not fall."
                )
            )
        if self.selection is Selection.CENSUS and self.to_ask != self.eligible:
            raise ImpossibleCounts(N_("In a census everybody who is eligible is to be asked."))

    @property
    def asked_share(self) -> Rate:
        """A/s."""
        self._require_somebody_to_ask()
        return Rate(self.asked, self.to_ask, self.persons)

    @property
    def contact_rate(self) -> Rate:
        """R/A; nobody asked is NoDenominator."""
        if self.asked == 0:
            raise NoDenominator()
        return Rate(self.reached, self.asked, self.persons)

    @property
    def response_rate(self) -> Rate:
        """V/s, not V/A: asking fewer must not help."""
        self._require_somebody_to_ask()
        return Rate(self.answered, self.to_ask, self.persons)

    @property
    def bounds(self) -> Interval:
        """Worst case: Y/s if all the silent would say no, (Y + s - V)/s if all would say yes."""
        self._require_somebody_to_ask()
        Rate(self.yes, self.to_ask, self.persons).require_enough()
        silent = self.to_ask - self.answered
        return Interval(Fraction(self.yes, self.to_ask), Fraction(self.yes + silent, self.to_ask))

    @property
    def among_answered(self) -> AmongAnswered:
        """Y/V, with the bounds and the response rate that must stand beside it."""
        share = Rate(self.yes, self.answered, self.persons) if self.answered else None
        return AmongAnswered(share, self.bounds, self.response_rate)

    @property
    def share_of_no(self) -> Rate:
        """(s - Y)/s, only if everybody answered; else UnknownIsNotNo."""
        self._require_somebody_to_ask()
        if self.answered < self.to_ask:
            raise UnknownIsNotNo()
        return Rate(self.to_ask - self.yes, self.to_ask, self.persons)

    @property
    def wilson(self) -> Interval:
        """Wilson 95 percent of Y in V: "if the silent ones are like those who answered". A census: NotASample."""
        self._require_sample()
        Rate(self.yes, self.answered, self.persons).require_enough()
        return wilson(self.yes, self.answered)

    @property
    def outer_interval(self) -> Interval:
        """From the Wilson low of Y in s to the Wilson high of Y + s - V in s. A census: NotASample."""
        self._require_sample()
        self._require_somebody_to_ask()
        Rate(self.yes, self.to_ask, self.persons).require_enough()
        silent = self.to_ask - self.answered
        return Interval(wilson(self.yes, self.to_ask).low, wilson(self.yes + silent, self.to_ask).high)

    def for_public(self, *, k: int = 5) -> PublicBlock:
        """
        Hide what the answers would tell about single persons.

        With fewer than 50 answers the yes and the no are cells: if either is 1 to k - 1, counts stop at the answered.
        """
        cells = (self.yes, self.answered - self.yes)
        hides = self.persons and self.answered < SMALL_FOLLOW_UP and any(0 < cell < k for cell in cells)
        return PublicBlock(
            self.eligible, self.to_ask, self.asked, self.reached, self.answered, None if hides else self.yes
        )

    def _require_somebody_to_ask(self) -> None:
        if self.to_ask == 0:
            raise NoDenominator()

    def _require_sample(self) -> None:
        if self.selection is not Selection.RANDOM_DRAW:
            raise NotASample()


def wilson(x: int, n: int) -> Interval:
    """
    Return the Wilson 95 percent interval for x of n in a random draw, z = 1.959964, without finite-population correction.

    Refuses: NoDenominator for n = 0, ImpossibleCounts for x outside 0 to n.
    """
    if n == 0:
        raise NoDenominator()
    if not 0 <= x <= n:
        raise ImpossibleCounts()
    with localcontext(prec=PRECISION):
        p, size, z_squared = Decimal(x) / n, Decimal(n), Z_95 * Z_95
        centre = p + z_squared / (2 * size)
        reach = Z_95 * (p * (1 - p) / size + z_squared / (4 * size * size)).sqrt()
        whole = 1 + z_squared / size
        low, high = (centre - reach) / whole, (centre + reach) / whole
    # The formula gives these two ends exactly; finite digits would leave them a hair off.
    return Interval(Fraction(0) if x == 0 else Fraction(low), Fraction(1) if x == n else Fraction(high))
