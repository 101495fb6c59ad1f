"""
How far training spreads (docs/rules/cascade.md, "Reach"): persons reached by trained trainers, for each trained trainer.

Both are counted from records, each person once; it is no share, so it may be more than one and is never a percentage.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor

from .claims import Claim, Manner
from .ratios import Ratio
from .refusals import InexactInput, NoDenominator
from .wording import N_


class Reach(Ratio):
    """Distinct persons reached, and distinct trained trainers. Refuses: ImpossibleCounts for negative counts, NoDenominator for nobody trained."""

    __slots__ = ()

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
