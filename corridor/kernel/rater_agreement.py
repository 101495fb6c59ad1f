"""
How far two raters agree beyond chance: Cohen's kappa.

Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37-46:
kappa = (po - pe) / (1 - pe), where po is the share on which they agree and pe the share on which they would agree by chance, from how often
each of them says what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class RaterAgreement:
    """``n`` judgements in pairs; ``kappa`` is None where it says nothing: without a pair, or when both always say the same one thing."""

    n: int
    agreed: int
    kappa: Fraction | None

    @classmethod
    def of(cls, pairs: Mapping[tuple[str, str], int], *, categories: Sequence[str]) -> "RaterAgreement":
        """``pairs``: how often the first said the one and the second the other."""
        n = sum(pairs.values())
        agreed = sum(count for (first, second), count in pairs.items() if first == second)
        if not n:
            return cls(0, 0, None)
        by_chance = Fraction(0)
        for category in categories:
            first = sum(count for (said, _), count in pairs.items() if said == category)
            second = sum(count for (_, said), count in pairs.items() if said == category)
            by_chance += Fraction(first * second, n * n)
        if by_chance == 1:
            return cls(n, agreed, None)
        return cls(n, agreed, (Fraction(agreed, n) - by_chance) / (1 - by_chance))
