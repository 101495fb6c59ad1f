"""Amounts that know what they count (docs/rules/figures.md, "Units" and "Adding")."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self

from .periods import Period
from .refusals import DefinitionsDiffer, NotAdditive, UnlikeUnits
from .wording import N_, Phrase


class Unit(StrEnum):
    """What one is one of. The codes are stable and stand in figures, files and the API."""

    PERSONS = "persons"
    ENROLMENTS = "enrolments"
    COMPLETIONS = "completions"
    PERSON_TIMES = "person_times"
    PERSON_DAYS = "person_days"
    ATTRIBUTED_COMPLETIONS = "attributed_completions"
    PERSON_HOURS = "person_hours"
    ORGANISATIONS = "organisations"
    PLACES = "places"
    SITES = "sites"
    LISTINGS = "listings"
    ROOMS = "rooms"
    PROGRAMMES = "programmes"
    AGREEMENTS = "agreements"
    ANNOUNCEMENTS = "announcements"
    POSTS = "posts"
    DOCUMENTS = "documents"
    PACKAGES = "packages"
    ITEMS = "items"
    AWARDS = "awards"
    CREDENTIALS = "credentials"
    MONEY = "money"
    PERCENT = "percent"

    @property
    def words(self) -> Phrase:
        """The name as a reader meets it, in English, marked for translation."""
        return Phrase(UNIT_NAMES[self])


UNIT_NAMES: dict[Unit, str] = {
    Unit.PERSONS: N_("persons"),
    Unit.ENROLMENTS: N_("enrolments"),
    Unit.COMPLETIONS: N_("completions"),
    Unit.PERSON_TIMES: N_("person-times"),
    Unit.PERSON_DAYS: N_("person-days"),
    Unit.ATTRIBUTED_COMPLETIONS: N_("attributed completions"),
    Unit.PERSON_HOURS: N_("person-hours"),
    Unit.ORGANISATIONS: N_("organisations"),
    Unit.PLACES: N_("countries and regions"),
    Unit.SITES: N_("sites"),
    Unit.LISTINGS: N_("listings"),
    Unit.ROOMS: N_("rooms"),
    Unit.PROGRAMMES: N_("programmes"),
    Unit.AGREEMENTS: N_("agreements"),
    Unit.ANNOUNCEMENTS: N_("announcements"),
    Unit.POSTS: N_("posts"),
    Unit.DOCUMENTS: N_("documents"),
    Unit.PACKAGES: N_("packages"),
    Unit.ITEMS: N_("items"),
    Unit.AWARDS: N_("awards"),
    Unit.CREDENTIALS: N_("credentials"),
    Unit.MONEY: N_("money"),
    Unit.PERCENT: N_("percent"),
}


class Additivity(StrEnum):
    """Which values of one indicator may be added to each other."""

    ADDS = "A1"
    OVER_PERIODS = "A1/A2"
    DISTINCT = "A2"
    ON_A_DAY = "A3"
    RATE = "A4"
    NEVER = "A5"


RIGHT_WAY: dict[Additivity, str] = {
    Additivity.DISTINCT: N_(
        "%(unit)s are counted once each, so two values cannot be added: join the two sets of evidence and count again."
    ),
    Additivity.RATE: N_(
        "Rates cannot be added or averaged: pool them by counting numerator and denominator again, by the same definition."
    ),
    Additivity.NEVER: N_("This value stands alone: it is never added to another."),
}
DAYS_DO_NOT_ADD = N_("Two days of a stock cannot be added: only separate parts of one and the same day can be.")
ONLY_PERIODS_ADD = N_(
    "Only %(unit)s of separate periods can be added: two parts of one period can share days. Ask for both parts together."
)
PARTS_OVERLAP = N_("These %(unit)s can share records: join the two sets of evidence and count again.")


@dataclass(frozen=True, slots=True)
class Scope:
    """
    What a value was counted over: a definition (code and version), a period, and the codes it was narrowed to.

    ``within`` holds (dimension, code) pairs; the dimensions of one definition part its records, so two scopes with another
    code in the same dimension share none.
    """

    indicator: str
    version: int
    period: Period
    within: frozenset[tuple[str, str]] = frozenset()

    def is_apart_from(self, other: "Scope") -> bool:
        """Whether no record can be inside both."""
        mine, theirs = dict(self.within), dict(other.within)
        return not self.period.overlaps(other.period) or any(
            dimension in theirs and theirs[dimension] != code for dimension, code in mine.items()
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    An exact amount with its unit and what it was counted over. Money names its currency (ISO 4217).

    ``a + b`` refuses with UnlikeUnits, NotAdditive or DefinitionsDiffer; a sum carries the scopes of all its parts.
    """

    amount: int | Fraction
    unit: Unit
    additivity: Additivity
    scopes: tuple[Scope, ...]
    currency: str = ""

    @property
    def unit_words(self) -> Phrase:
        return Phrase(self.currency) if self.currency else self.unit.words

    def __add__(self, other: Self) -> "Quantity":
        require_same_unit(self, other)
        for additivity in (self.additivity, other.additivity):
            if additivity in RIGHT_WAY:
                raise NotAdditive(RIGHT_WAY[additivity], unit=self.unit_words)
        _require_parts_that_add(self, other)
        return Quantity(
            self.amount + other.amount, self.unit, self.additivity, self.scopes + other.scopes, self.currency
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.unit_words}"


def require_same_unit(left: Quantity, right: Quantity) -> None:
    """Refuse with UnlikeUnits, naming both units; two currencies are two units."""
    if (left.unit, left.currency) != (right.unit, right.currency):
        raise UnlikeUnits(
            N_("%(left)s and %(right)s are different units; they cannot be added or divided."),
            left=left.unit_words,
            right=right.unit_words,
        )


def _require_parts_that_add(left: Quantity, right: Quantity) -> None:
    for mine in left.scopes:
        for theirs in right.scopes:
            if (mine.indicator, mine.version) != (theirs.indicator, theirs.version):
                raise DefinitionsDiffer()
            if Additivity.ON_A_DAY in (left.additivity, right.additivity) and mine.period != theirs.period:
                raise NotAdditive(DAYS_DO_NOT_ADD)
            if Additivity.OVER_PERIODS in (left.additivity, right.additivity) and mine.period.overlaps(theirs.period):
                raise NotAdditive(ONLY_PERIODS_ADD, unit=left.unit_words)
            if not mine.is_apart_from(theirs):
                raise NotAdditive(PARTS_OVERLAP, unit=left.unit_words)


def total(quantities: Iterable[Quantity]) -> Quantity:
    """Add one or more quantities. Nothing at all has no unit and is refused with NotAdditive."""
    each = list(quantities)
    if not each:
        raise NotAdditive(N_("There is nothing to add."))
    result = each[0]
    for quantity in each[1:]:
        result = result + quantity
    return result
