"""From a question to a counted result: the definition, what it is narrowed to, the day or period, and the rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from corridor.kernel.evidence import UNKNOWN, EvidenceRow
from corridor.kernel.particulars import Particulars, require_particulars
from corridor.kernel.periods import Period, local_day
from corridor.kernel.quantities import Quantity, Unit
from corridor.kernel.quantities import Scope as CountedOver
from corridor.kernel.recompute import Result, recompute
from corridor.kernel.refusals import NotAdditive
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Alliance

from .definitions import Definition, Time, When, definition_of
from .reading_once import shared
from .reading_scopes import read_scope
from .refusals import WrongTime
from .scopes import Scope

DEFAULT_ZONE = "UTC"
OWN_RECORDS = "own records"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, whole: one figure can be its answer."""

    definition: Definition
    scope: Scope
    when: When


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer in full, before anybody looks at it: never handed to a reader who may not see the persons."""

    question: Question
    result: Result
    rows: tuple[EvidenceRow, ...]
    not_counted: int
    days: Mapping[str, date]

    @property
    def missing(self) -> int:
        return missing_in(self.rows, self.result)

    def quantity(self) -> Quantity:
        """The value as an amount that knows what may be added to it. :raises NotAdditive: for a rate."""
        definition, when = self.question.definition, self.question.when
        if self.result.value is None:
            raise NotAdditive(
                N_("Rates cannot be added or averaged: pool them by counting numerator and denominator again.")
            )
        within = frozenset(self.question.scope.codes)
        over = CountedOver(definition.code, definition.version, when.period, within)
        currency = self.question.scope.get("currency") if definition.unit is Unit.MONEY else ""
        return Quantity(self.result.value, definition.unit, definition.additivity, (over,), currency)


def ask(
    code: str,
    scope: str | Scope | Mapping[str, str] = "",
    *,
    on: date | None = None,
    period: Period | None = None,
    at: datetime,
) -> Question:
    """
    Understand a question. What holds on a day is asked with ``on``; what is counted over a period with ``period``, or with ``on``
    alone: from the day the alliance began through that day. With neither, today in the alliance's home zone.

    :raises UnknownIndicator, BareRate: for what is no code. :raises UnknownScope: see ``read_scope``. :raises WrongTime: for a day where a
        period is needed, or the other way round.
    """
    definition = definition_of(code)
    if definition.time is not Time.PERIOD and period is not None:
        raise WrongTime(N_("%(indicator)s holds on a day, not over a period: give a day."), indicator=code)
    if period is not None and period.ends_before is None:
        raise WrongTime(N_("The period has no last day."))
    read = read_scope(definition, scope)
    if period is not None:
        return Question(definition, read, When.during(period))
    began_on, zone = beginning()
    day = on or local_day(at, zone)
    if definition.time is not Time.PERIOD:
        return Question(definition, read, When.on(day))
    if began_on is None or began_on > day:
        raise WrongTime(N_("The alliance had not begun by %(day)s: give the first day too."), day=day)
    return Question(definition, read, When.during(Period.through(began_on, day)))


def count(question: Question) -> Counted:
    """
    Count from the records as they are now.

    :raises NotCollected: where nobody keeps such records. :raises NotYetDue: where the time has not come.
    """
    gathered = question.definition.gather(question.scope, question.when)
    result = recompute(gathered.rows, question.definition.recipe)
    return Counted(question, result, tuple(gathered.rows), len(gathered.left_out), gathered.days)


def missing_in(rows: tuple[EvidenceRow, ...], result: Result) -> int:
    """How many answers are missing (an outcome), or how many rows have an unknown code in some breakdown."""
    if result.block is not None:
        return result.block.to_ask - result.block.answered
    return sum(1 for row in rows if any(row.code(name) == UNKNOWN for name in result.recipe.dimensions))


def particulars_of(question: Question, result: Result, missing: int) -> Particulars:
    """What every published number carries. :raises BareRate: naming the first thing that is not there."""
    particulars = Particulars(
        code=question.definition.code,
        definition_version=question.definition.version,
        unit=Unit(question.definition.unit),
        n=result.n,
        period=question.when.period,
        source_kind=OWN_RECORDS,
        missing=missing,
        block=result.block,
    )
    require_particulars(particulars, outcome=result.block is not None)
    return particulars


@shared
def beginning() -> tuple[date | None, str]:
    """The day on which the alliance began, and its home zone."""
    alliance = Alliance.objects.values_list("founded_on", "home_zone").first()
    return alliance if alliance else (None, DEFAULT_ZONE)
