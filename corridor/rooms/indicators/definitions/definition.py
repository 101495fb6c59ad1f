"""What a definition is: one way of counting, with a version that changes whenever what is counted does."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise

from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Recipe, Rule

from ..scopes import Scope


class Time(StrEnum):
    """Whether a figure holds on a day, over a period, or once for all (then the day only says when it was asked)."""

    ON_DAY = "on_day"
    PERIOD = "period"
    FIXED = "fixed"


class Form(StrEnum):
    """The form in which it is reported (design rule "Reporting forms")."""

    THINGS = "R1"
    PERSONS = "R2"
    VOLUME = "R3"
    RATE = "R4"
    OUTCOME = "R5"
    MONEY = "R6"


@dataclass(frozen=True, slots=True)
class When:
    """The day or the period that a figure is about. A day is a period of one day that says so."""

    period: Period
    is_day: bool

    @classmethod
    def on(cls, day: date) -> "When":
        return cls(Period.on(day), is_day=True)

    @classmethod
    def during(cls, period: Period) -> "When":
        return cls(period, is_day=False)

    @property
    def day(self) -> date:
        """The day itself, or the last day inside the period: the day on which states are looked at."""
        return self.period.last_day or self.period.first_day


@dataclass(frozen=True, slots=True)
class Gathered:
    """
    What the records give: the rows that count, and those that would count if they had evidence (shown beside, never counted).

    ``days`` says for a record when it happened, where the figure grows over a period.
    """

    rows: list[EvidenceRow]
    left_out: list[EvidenceRow] = field(default_factory=list)
    days: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))

    def with_codes(self, names: Set[str]) -> "Gathered":
        """The same rows with these codes alone: what a figure does not use is nobody's business."""

        def cut(rows: list[EvidenceRow]) -> list[EvidenceRow]:
            return [
                replace(row, codes={name: code for name, code in row.codes.items() if name in names}) for row in rows
            ]

        return Gathered(cut(self.rows), cut(self.left_out), self.days)

    def within(self, codes: Mapping[str, str]) -> "Gathered":
        """Only the rows that carry all of these codes."""
        if not codes:
            return self

        def kept(rows: list[EvidenceRow]) -> list[EvidenceRow]:
            return [row for row in rows if all(row.code(name) == code for name, code in codes.items())]

        return Gathered(kept(self.rows), kept(self.left_out), self.days)


# A text of ours, translated where it is read.
type Words = str | Promise
type Collect = Callable[[Scope, When], Gathered]


@dataclass(frozen=True, slots=True)
class Definition:
    """
    One version of one indicator.

    ``dimensions`` are broken down; ``keys`` may narrow it; ``needs`` are keys that must be given; ``own_keys`` are understood by
    ``collect`` alone and stand in no row. ``claimants`` are dimensions whose codes may claim the same subjects (three numbers).
    ``persons`` says that what is counted are people, so that small cells are hidden. ``kinds`` names the codes of the key "kind".
    ``collect`` reads everybody's records in a fixed number of statements, whatever their number.
    """

    code: str
    version: int
    title: Words
    counted: Words
    unit: Unit
    additivity: Additivity
    time: Time
    form: Form
    rule: Rule
    collect: Collect
    dimensions: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    own_keys: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    persons: bool = False
    kinds: type[TextChoices] | None = None
    left_out: Words = ""
    wrong_way: Words = ""
    follows: Words = ""
    is_collected: bool = True
    # Whether each record falls on one day, so that a figure over a period can be shown as it grew.
    falls_on_days: bool = True

    @property
    def name(self) -> str:
        """Code and version, as kept rows and rates name it: "members.active@1"."""
        return f"{self.code}@{self.version}"

    @property
    def family(self) -> str:
        return self.code.partition(".")[0]

    @property
    def recipe(self) -> Recipe:
        return Recipe(
            rule=self.rule,
            dimensions=self.dimensions,
            claimants=self.claimants,
            persons=self.persons,
            definition=self.name,
        )

    def gather(self, scope: Scope, when: When) -> Gathered:
        """
        The rows of the scope, as the records are now, with no more codes than this figure uses.

        :raises NotCollected: where nobody keeps such records. :raises NotYetDue: where the time has not come.
        """
        gathered = self.collect(scope, when).within(scope.without(self.own_keys).as_dict())
        return gathered.with_codes({*self.dimensions, *self.keys} - set(self.own_keys))
