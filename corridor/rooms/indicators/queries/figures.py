"""Figures as they can be read: counted from the records of now, or as they were kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from corridor.foundations.access import Actor, Permission
from corridor.kernel.breakdowns import measure_rows
from corridor.kernel.errors import Refusal
from corridor.kernel.periods import MONTHS_IN_A_QUARTER, Period, add_months
from corridor.kernel.quantities import ONLY_PERIODS_ADD, Additivity
from corridor.kernel.recompute import MEASURES
from corridor.kernel.refusals import DefinitionsDiffer, NotAdditive, NotCollected, NotYetDue, UnlikeUnits
from corridor.kernel.small_cells import HIDDEN, is_small
from corridor.kernel.wording import N_

from ..answers import FigureAnswer, answer
from ..asking import Question, ask, count
from ..definitions import DEFINITIONS, Definition, Time
from ..keeping import counted_from_kept, kept, latest_kept
from ..lifecycle import FigureStatus
from ..reading_once import counted_together
from ..refusals import WrongTime
from ..scopes import Scope
from ..usual_days import begins_a_quarter

SETTLED = {FigureStatus.FROZEN.value, FigureStatus.SIGNED_OFF.value, FigureStatus.PUBLISHED.value}


@dataclass(frozen=True, slots=True)
class FigureAsk:
    """A question as a door hears it; see ``asking.ask`` for what is left out."""

    code: str
    scope: str | Scope | Mapping[str, str] = ""
    on: date | None = None
    period: Period | None = None

    def understood(self, *, at: datetime) -> Question:
        return ask(self.code, self.scope, on=self.on, period=self.period, at=at)


def list_indicators(*, by: Actor) -> tuple[Definition, ...]:
    """Every indicator, in the order of the list."""
    by.require(Permission.FIGURE_VIEW)
    return tuple(DEFINITIONS.values())


def show_figure(
    *,
    code: str,
    scope: str | Scope | Mapping[str, str] = "",
    on: date | None = None,
    period: Period | None = None,
    at: datetime,
    by: Actor,
    fresh: bool = False,
) -> FigureAnswer:
    """
    One figure, as this reader may see it.

    Where the same question was frozen, the latest kept version answers, with its ``known_at``; ``fresh`` counts the records of now.
    What holds on a day takes ``on``; what is counted over a period takes ``period``, or ``on`` alone: since the alliance began.

    :raises UnknownIndicator, BareRate, UnknownScope, WrongTime: for a question that cannot be understood.
    :raises NotCollected: where nobody keeps such records. :raises NotYetDue: where the time has not come.
    """
    by.require(Permission.FIGURE_VIEW)
    question = ask(code, scope, on=on, period=period, at=at)
    figure = None if fresh else latest_kept(question)
    if figure is not None and figure.status in SETTLED:
        return answer(counted_from_kept(figure), at=at, by=by, figure=kept(figure))
    return answer(count(question), at=at, by=by)


def show_figures(*, asks: Sequence[FigureAsk], at: datetime, by: Actor) -> list[FigureAnswer | Refusal]:
    """Many figures, each as ``show_figure`` gives it, or its refusal. What they share is read once for all of them."""
    with counted_together(len(asks)):
        return [_shown(each, at=at, by=by) for each in asks]


def _shown(each: FigureAsk, *, at: datetime, by: Actor) -> FigureAnswer | Refusal:
    try:
        return show_figure(code=each.code, scope=each.scope, on=each.on, period=each.period, at=at, by=by)
    except Refusal as refusal:
        return refusal


@dataclass(frozen=True, slots=True)
class Then:
    """A count as it was written down once, and as it is now: "·" where it is hidden from the reader; None where nothing is counted now."""

    then: int | str
    now: int | str | None
    is_same: bool


def compare_with_now(
    *, code: str, scope: Mapping[str, str], on: date, value: int, content_hash: str, at: datetime, by: Actor
) -> Then:
    """
    A count that was written down with the fingerprint of its rows, beside the answer to the same question from the records of now.

    A count that this reader may not see today was not theirs to see then either; nor one that only a few persons part from today's.
    """
    by.require(Permission.FIGURE_VIEW)
    try:
        answered = answer(count(ask(code, scope, on=on, at=at)), at=at, by=by)
    except (WrongTime, NotCollected, NotYetDue):
        return Then(HIDDEN, None, is_same=False)
    now = answered.value if isinstance(answered.value, int) else HIDDEN
    is_hidden = answered.hides and (now == HIDDEN or is_small(value) or is_small(abs(int(now) - value)))
    return Then(HIDDEN if is_hidden else value, now, is_same=answered.numbers.get("content_hash") == content_hash)


@dataclass(frozen=True, slots=True)
class Growth:
    """How a figure over a period grew: from its first day to the end of each quarter, and to its last day ("·" where hidden)."""

    points: tuple[tuple[date, int | str], ...]
    last_step_is_whole: bool


def growth_of(*, answered: FigureAnswer, by: Actor) -> Growth:
    """
    The same figure to the end of every quarter. Empty where it holds on a day, is a rate, or counts what lasts many days.

    For readers from whom small cells are hidden, a point that only a few persons part from the one before is hidden too.
    """
    by.require(Permission.FIGURE_VIEW)
    question = answered.question
    rule, definition = question.definition.rule, question.definition
    grows = definition.time is Time.PERIOD and definition.falls_on_days
    if not grows or rule not in MEASURES or not isinstance(answered.value, int):
        return Growth((), last_step_is_whole=True)
    counted = count(question)
    ends = _quarter_ends(question.when.period)
    points: list[tuple[date, int | str]] = []
    before = 0
    for end in ends:
        rows = [row for row in counted.rows if counted.days.get(row.record_id, end) <= end]
        value = measure_rows(rows, MEASURES[rule])
        if answered.hides and (is_small(value - before) or (end != ends[-1] and is_small(answered.value - value))):
            points.append((end, HIDDEN))
        else:
            points.append((end, value))
            before = value
    if points:
        points[-1] = (ends[-1], answered.value)
    return Growth(tuple(points), last_step_is_whole=begins_a_quarter(ends[-1] + timedelta(days=1)) if ends else True)


def _quarter_ends(period: Period) -> list[date]:
    last = period.last_day
    assert last is not None
    first = period.first_day
    next_quarter = add_months(first.replace(day=1), MONTHS_IN_A_QUARTER - (first.month - 1) % MONTHS_IN_A_QUARTER)
    ends = []
    while next_quarter <= last:
        ends.append(next_quarter - timedelta(days=1))
        next_quarter = add_months(next_quarter, MONTHS_IN_A_QUARTER)
    return [*ends, last]


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures that were added, or joined and counted again: the parts, and the whole with its unit."""

    parts: tuple[FigureAnswer, ...]
    value: int | str
    unit: str
    joined: bool = field(default=False)


def add_figures(*, parts: Sequence[FigureAsk], at: datetime, by: Actor, joined: bool = False) -> Sum:
    """
    Add figures, or with ``joined`` put their evidence together and count each subject once.

    :raises UnlikeUnits, NotAdditive, DefinitionsDiffer: with the right way in the sentence. :raises AccessDenied: for joining persons
        whom the reader may not see.
    """
    by.require(Permission.FIGURE_VIEW)
    with counted_together(len(parts)):
        counted = [count(part.understood(at=at)) for part in parts]
    answers = tuple(answer(each, at=at, by=by) for each in counted)
    if not counted:
        raise NotAdditive(N_("There is nothing to add."))
    definition = counted[0].question.definition
    if not joined:
        whole = counted[0].quantity()
        for each in counted[1:]:
            whole = whole + each.quantity()
        value: int | str = int(whole.amount) if all(each.value != HIDDEN for each in answers) else HIDDEN
        return Sum(answers, value, definition.unit.value)
    _require_one_definition([each.question.definition for each in counted])
    if definition.additivity is Additivity.OVER_PERIODS:
        raise NotAdditive(ONLY_PERIODS_ADD, unit=definition.unit.words)
    if definition.persons:
        by.require(Permission.EVIDENCE_VIEW_ROWS)
    rows = {
        (row.record_kind, row.record_id, tuple(sorted(row.codes.items()))): row for each in counted for row in each.rows
    }
    return Sum(answers, measure_rows(rows.values(), MEASURES[definition.rule]), definition.unit.value, joined=True)


def _require_one_definition(definitions: Sequence[Definition]) -> None:
    first = definitions[0]
    for definition in definitions[1:]:
        if definition.unit is not first.unit:
            raise UnlikeUnits(
                N_("%(left)s and %(right)s are different units; they cannot be added or divided."),
                left=first.unit.words,
                right=definition.unit.words,
            )
        if definition.name != first.name:
            raise DefinitionsDiffer()
    if first.rule not in MEASURES:
        raise NotAdditive(
            N_("Rates cannot be added or averaged: pool them by counting numerator and denominator again.")
        )
