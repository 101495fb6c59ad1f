"""Rates, percentages and how they are rounded (docs/rules/figures.md, "Rates")."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NoReturn

from .quantities import Quantity, require_same_unit
from .refusals import (
    BareRate,
    DefinitionsDiffer,
    DifferentCohorts,
    ImpossibleCounts,
    NoDenominator,
    NotAdditive,
    TooFewForAPercentage,
)
from .wording import N_

FEWEST_PERSONS_FOR_A_PERCENTAGE = 10
HUNDRED = Fraction(100)


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """Round an exact value of zero or more to that many decimals, halves up."""
    return Decimal(floor(value * 10**decimals + Fraction(1, 2))).scaleb(-decimals)


def divided(numerator: int, denominator: int) -> Fraction:
    """The exact value of two counts. Refuses: NoDenominator for a division by nothing."""
    if denominator == 0:
        raise NoDenominator()
    return Fraction(numerator, denominator)


def percent_text(share: Fraction, decimals: int = 1) -> str:
    """
    Write an exact share (0 to 1) as "38.2%".

    What is not exactly nothing or everything never reads so: "<0.1%" and ">99.9%".
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = round_half_up(share * HUNDRED, decimals)
    if rounded == 0 and share > 0:
        return f"<{step}%"
    if rounded == HUNDRED and share < 1:
        return f">{Decimal(100) - step}%"
    return f"{rounded}%"


@dataclass(frozen=True, slots=True)
class Rate:
    """
    Two whole counts, the first out of the second. ``persons`` says that the counts are people, which the few-rule guards.

    Refuses: ImpossibleCounts for negative counts, DifferentCohorts for more than there are, NotAdditive for adding; the
    share of nothing is NoDenominator, a percentage of fewer than ten persons TooFewForAPercentage.
    """

    numerator: int
    denominator: int
    persons: bool
    definition: str = ""
    # How many persons the counts are about, where they are amounts of theirs.
    behind: int | None = None

    def __post_init__(self) -> None:
        if self.numerator < 0 or self.denominator < 0:
            raise ImpossibleCounts()
        if self.numerator > self.denominator > 0:
            raise DifferentCohorts(
                N_(
                    "%(numerator)s cannot come out of %(denominator)s: these are different cohorts, so there is no rate."
                ),
                numerator=self.numerator,
                denominator=self.denominator,
            )

    @classmethod
    def of_sets(cls, part: Set[str], whole: Set[str], *, persons: bool, definition: str = "") -> "Rate":
        """Count a part and the whole it comes out of; what is in the part only is refused with DifferentCohorts."""
        if strangers := part - whole:
            raise DifferentCohorts(
                N_("%(count)s of the part are not in the whole: these are different cohorts, so there is no rate."),
                count=len(strangers),
            )
        return cls(len(part), len(whole), persons, definition)

    @classmethod
    def of_quantities(cls, part: Quantity, whole: Quantity, *, persons: bool) -> "Rate":
        """Divide two whole quantities; refuses UnlikeUnits, and DifferentCohorts where they were counted over two scopes."""
        require_same_unit(part, whole)
        if [(s.period, s.within) for s in part.scopes] != [(s.period, s.within) for s in whole.scopes]:
            raise DifferentCohorts()
        return cls(int(part.amount), int(whole.amount), persons)

    @property
    def share(self) -> Fraction:
        """The exact share, 0 to 1."""
        return divided(self.numerator, self.denominator)

    @property
    def rest(self) -> "Rate":
        """The others: 176 silent of 285, where 109 answered."""
        return Rate(self.denominator - self.numerator, self.denominator, self.persons, self.definition, self.behind)

    def percent(self, decimals: int = 1) -> Decimal:
        """Return the percentage, half up, as a number; guarded by the few-rule."""
        self.require_enough()
        return round_half_up(self.share * HUNDRED, decimals)

    def percent_text(self, decimals: int = 1) -> str:
        """Return the percentage as it is shown: "38.2%", "<0.1%", ">99.9%"; guarded by the few-rule."""
        self.require_enough()
        return percent_text(self.share, decimals)

    def require_enough(self) -> None:
        """Refuse a percentage of nothing, and one about fewer than ten persons."""
        if self.denominator == 0:
            raise NoDenominator()
        persons = self.denominator if self.behind is None else self.behind
        if self.persons and persons < FEWEST_PERSONS_FOR_A_PERCENTAGE:
            raise TooFewForAPercentage()

    def __add__(self, other: object) -> NoReturn:
        raise NotAdditive(
            N_("Rates cannot be added or averaged: pool them by counting numerator and denominator again."),
        )

    __radd__ = __add__

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


def pool(rates: Iterable[Rate]) -> Rate:
    """
    Join the rates of separate cohorts: numerators and denominators are counted together, never the percentages.

    Refuses: NoDenominator for no rates, DefinitionsDiffer for rates of two definitions.
    """
    each = list(rates)
    if not each:
        raise NoDenominator()
    if len({(rate.definition, rate.persons) for rate in each}) > 1:
        raise DefinitionsDiffer()
    return Rate(
        sum(rate.numerator for rate in each),
        sum(rate.denominator for rate in each),
        each[0].persons,
        each[0].definition,
    )


@dataclass(frozen=True, slots=True)
class PercentageAlone:
    """A percentage somebody printed without its counts. Nothing can be done with it but to quote it."""

    printed: str

    def as_rate(self) -> NoReturn:
        """Always refuses: which n it came from cannot be guessed (85.7% is 6 of 7, 12 of 14, 18 of 21 and so on)."""
        raise NoDenominator(
            N_("%(printed)s was printed without its counts; they cannot be guessed from it."), printed=self.printed
        )

    def publish(self) -> NoReturn:
        """Always refuses."""
        raise BareRate()


def require_named_rate(code: str) -> None:
    """Refuse with BareRate a label such as "employment rate" that names no indicator code ("outcomes.employed_any")."""
    room, dot, name = code.partition(".")
    if not (dot and room.replace("_", "").isalpha() and name.replace("_", "").isalnum()):
        raise BareRate(
            N_('"%(label)s" says too little: name the indicator, for example outcomes.employed_any.'), label=code
        )
