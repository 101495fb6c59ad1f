"""
How far training spreads (docs/rules/cascade.md, "Reach"): persons reached by trained trainers, for each trained trainer.

Both are counted from records, each person once; it is no share, so it may be more than one and is never a percentage.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from .claims import Claim, Manner
from .rates import round_half_up
from .refusals import ImpossibleCounts, InexactInput, NoDenominator
from .wording import N_


@dataclass(frozen=True, slots=True)
class Reach:
    """Distinct persons reached, and distinct trained trainers. Refuses: ImpossibleCounts for negative counts, NoDenominator for nobody trained."""

    reached: int
    trained: int

    def __post_init__(self) -> None:
        if self.reached < 0 or self.trained < 0:
            raise ImpossibleCounts()

    @classmethod
    def of_claim(cls, reached: Claim, trained: int) -> "Reach":
        """From somebody's number: only an exact one can be divided. Refuses with InexactInput what is "over" or "about"."""
        if reached.manner is not Manner.EXACTLY:
            raise InexactInput(
                N_("“%(words)s” is not an exact number, so there is no reach; only “at least %(least)s” can be said."),
                words=reached.words or str(reached.value), least=cls.at_least(reached, trained),
            )  # fmt: skip
        return cls(reached.as_count(), trained)

    @staticmethod
    def at_least(reached: Claim, trained: int, decimals: int = 2) -> Decimal:
        """What an inexact claim allows at the least, rounded down."""
        if trained == 0:
            raise NoDenominator()
        scaled = Fraction(reached.lowest_count(), trained) * 10**decimals
        return Decimal(floor(scaled)).scaleb(-decimals)

    @property
    def ratio(self) -> Fraction:
        if self.trained == 0:
            raise NoDenominator()
        return Fraction(self.reached, self.trained)

    def text(self, decimals: int = 1) -> str:
        """As it is shown: "4.4", half up."""
        return str(round_half_up(self.ratio, decimals))
