"""So much for each: two counts of which the first is no part of the second (docs/rules/figures.md, "Rates")."""

from dataclasses import dataclass
from fractions import Fraction

from .rates import divided, round_half_up
from .refusals import ImpossibleCounts


@dataclass(frozen=True, slots=True)
class Ratio:
    """
    So many for so many: persons reached for each trained trainer, the smallest units of a currency for each teacher. It is no share, so it may
    be more than one and is never a percentage.

    Refuses: ImpossibleCounts for negative counts, NoDenominator for nobody to divide among.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.numerator < 0 or self.denominator < 0:
            raise ImpossibleCounts()

    @property
    def exact(self) -> Fraction:
        return divided(self.numerator, self.denominator)

    def text(self, decimals: int = 1) -> str:
        """As it is shown: "4.4", half up."""
        return str(round_half_up(self.exact, decimals))

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"
