"""Several claimants, some of the same people (docs/rules/figures.md, "Three numbers")."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .refusals import BareTotal


class Shown(StrEnum):
    """The numbers that may stand beside each other."""

    SUM = "sum"
    OVERLAP = "overlap"
    DISTINCT = "distinct"
    CLAIMED_BY_TWO_OR_MORE = "claimed_by_two_or_more"


@dataclass(frozen=True, slots=True)
class ThreeNumbers:
    """
    What the claimants counted together (``sum``), each person once (``distinct``), and the difference (``overlap``).

    ``by_claimant`` is each claimant's own distinct number; ``claimed_by_two_or_more`` counts persons, not claims.
    """

    by_claimant: Mapping[str, int]
    distinct: int
    claimed_by_two_or_more: int

    @property
    def sum(self) -> int:
        return sum(self.by_claimant.values())

    @property
    def overlap(self) -> int:
        return self.sum - self.distinct

    def publish(self, shown: Collection[Shown]) -> dict[str, int]:
        """
        Return the numbers asked for, in a fixed order.

        A sum without the overlap and the distinct number beside it is refused with BareTotal. The distinct number may
        stand alone: it says "each counted once".
        """
        if Shown.SUM in shown and not {Shown.OVERLAP, Shown.DISTINCT} <= set(shown):
            raise BareTotal()
        values = {
            Shown.SUM: self.sum,
            Shown.OVERLAP: self.overlap,
            Shown.DISTINCT: self.distinct,
            Shown.CLAIMED_BY_TWO_OR_MORE: self.claimed_by_two_or_more,
        }
        return {number.value: values[number] for number in Shown if number in shown}

    def as_dict(self) -> dict[str, int]:
        """Return all four numbers, as figures and the API print them."""
        return self.publish(tuple(Shown))


def three_numbers(claims: Mapping[str, Collection[str]]) -> ThreeNumbers:
    """
    Count who is claimed by whom. ``claims`` maps a claimant (a member, a site, a brand) to the ids of its subjects.

    A subject named twice by one claimant is one. The subjects are those after merges.
    """
    times = Counter(subject for subjects in claims.values() for subject in set(subjects))
    return ThreeNumbers(
        by_claimant={claimant: len(set(subjects)) for claimant, subjects in claims.items()},
        distinct=len(times),
        claimed_by_two_or_more=sum(1 for count in times.values() if count > 1),
    )
