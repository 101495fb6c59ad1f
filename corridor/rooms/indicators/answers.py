"""A figure as one reader may see it: the numbers, what they are about, and what stands behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor, Permission
from corridor.kernel.breakdowns import suppressed
from corridor.kernel.evidence import UNKNOWN
from corridor.kernel.money import Money, written
from corridor.kernel.printed_figures import printed
from corridor.kernel.quantities import Unit
from corridor.kernel.rates import Rate
from corridor.kernel.ratios import Ratio
from corridor.kernel.recompute import Result, Rule
from corridor.kernel.small_cells import HIDDEN, is_small, k_of

from .asking import Counted, Question, particulars_of
from .definitions import Definition
from .keeping import Kept
from .lifecycle import FigureStatus
from .narrowing import Narrowing
from .usual_days import is_usual

COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """
    ``numbers`` is what ``kernel.printed_figures.printed`` gives: {value} or {numerator, denominator, percent}, {numerator, denominator,
    ratio} for so much for each, {block} for an outcome, {n, breakdown, missing, evidence_rows, evidence_hash, content_hash,
    three_numbers}. A hidden count is "·".

    ``state`` is "computed" where nothing is kept; ``figure`` tells of the kept one. ``rows_are_shown`` says whether the reader may see
    the rows; ``hides`` whether small cells are hidden from the reader; ``breakdowns_are_shown`` is false for whom days of their own
    choice would tell small cells.
    """

    question: Question
    numbers: Mapping[str, object]
    not_counted: int | str
    known_at: datetime
    state: str
    figure: Kept | None
    rows_are_shown: bool
    hides: bool
    breakdowns_are_shown: bool = True

    @property
    def definition(self) -> Definition:
        return self.question.definition

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def unit(self) -> Unit:
        return self.definition.unit

    @property
    def scope(self) -> str:
        return str(self.question.scope)

    @property
    def currency(self) -> str:
        """Of money: in which it is counted, in its smallest unit. Empty for everything else."""
        return self.question.scope.get("currency") if self.unit is Unit.MONEY else ""

    @property
    def money(self) -> Money | None:
        """The count as an amount, where it is money."""
        value = self.value
        return Money.of_units(value, self.currency) if self.currency and isinstance(value, int) else None

    @property
    def on(self) -> date | None:
        return self.question.when.day if self.question.when.is_day else None

    @property
    def first_day(self) -> date:
        return self.question.when.period.first_day

    @property
    def last_day(self) -> date:
        return self.question.when.day

    @property
    def value(self) -> object:
        """The count, or "·"; None for a rate."""
        return self.numbers.get("value")

    @property
    def breakdown(self) -> Mapping[str, Mapping[str, object]]:
        return self.numbers["breakdown"]  # type: ignore[return-value]

    def percent_text(self) -> str:
        """
        The percentage as it is shown, of a ratio what there is for each, or "·".

        :raises NoDenominator: of nothing. :raises TooFewForAPercentage: of fewer than ten persons.
        """
        numerator, denominator = self.numbers.get("numerator"), self.numbers.get("denominator")
        if not isinstance(numerator, int) or not isinstance(denominator, int):
            return HIDDEN
        if self.is_ratio:
            return Ratio(numerator, denominator).text()
        n = self.numbers.get("n") if self.definition.rule is Rule.AMOUNTS_RATE else None
        return Rate(
            numerator, denominator, self.definition.persons, behind=n if isinstance(n, int) else None
        ).percent_text()

    @property
    def is_ratio(self) -> bool:
        """Whether it says how much there is for each, which is no share."""
        return "ratio" in self.numbers

    def ratio_of(self, cell: Mapping[str, object]) -> Ratio | Money | None:
        """What a cell of a ratio says for each, of money an amount rounded to its smallest unit; None: hidden, or there is nobody."""
        part, whole = cell.get("numerator"), cell.get("denominator")
        if not isinstance(part, int) or not isinstance(whole, int) or not whole:
            return None
        found = Ratio(part, whole)
        return Money.of_units(int(found.text(0)), self.currency) if self.currency else found

    def as_json(self) -> dict[str, object]:
        """The shape that is promised to outsiders (docs: commands and API). An empty "unknown" cell stands under ``missing`` alone."""
        when: dict[str, object] = (
            {"on": self.on.isoformat()}
            if self.on
            else {"from": self.first_day.isoformat(), "to": self.last_day.isoformat()}
        )
        numbers = dict(self.numbers)
        numbers["breakdown"] = {name: _without_empty(cells) for name, cells in self.breakdown.items()}
        return {
            "code": self.code,
            "definition_version": self.definition.version,
            "unit": self.unit.value,
            **when,
            "scope": self.scope,
            **self._in_money(),
            **numbers,
            "not_counted": self.not_counted,
            "known_at": self.known_at.isoformat(timespec="seconds"),
            "state": self.state,
            "figure": self.figure.reference if self.figure else None,
        }

    def _in_money(self) -> dict[str, object]:
        """Of money ``value`` and the breakdown count the smallest units; the amount stands beside as it is written."""
        money = self.ratio_of(self.numbers) if self.is_ratio else self.money
        if not isinstance(money, Money):
            return {}
        return {"currency": money.currency, "amount": written(money.amount, money.currency)}


def sees_rows(definition: Definition, by: Actor) -> bool:
    """Rows about things are for everyone; rows about persons for those who may see evidence rows."""
    return not definition.persons or by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)


def answer(counted: Counted, *, at: datetime, by: Actor, figure: Kept | None = None) -> FigureAnswer:
    """What this reader sees of a result. :raises BareRate: if anything that must stand beside a number is not there."""
    question = counted.question
    particulars_of(question, counted.result, counted.missing)
    shows = sees_rows(question.definition, by)
    numbers: Mapping[str, object] = printed(counted.result, to_public=not shows)
    is_published = figure is not None and figure.state == FigureStatus.PUBLISHED
    if not shows and not is_published and (around := Narrowing(question)).codes:
        numbers = _as_narrowed(numbers, around, counted.result)
    breaks_down = shows or figure is not None or is_usual(question, at=at)
    if not breaks_down:
        numbers = {**numbers, "breakdown": {}, "missing": _without_counts(numbers["missing"])}
    not_counted: int | str = counted.not_counted
    if not shows and is_small(counted.not_counted):
        not_counted = HIDDEN
    return FigureAnswer(
        question=question,
        numbers=numbers,
        not_counted=not_counted,
        known_at=figure.known_at if figure else at,
        state=figure.state if figure else COMPUTED,
        figure=figure,
        rows_are_shown=shows,
        hides=not shows,
        breakdowns_are_shown=breaks_down,
    )


def _as_narrowed(numbers: Mapping[str, object], around: Narrowing, result: Result) -> Mapping[str, object]:
    """The numbers of a narrowed figure without what would tell the hidden cells of wider ones."""
    if around.tells_the_whole():
        return _all_hidden(numbers)
    if result.counts is None:
        parts = ("breakdown", "missing")
        return {**numbers, **{name: _without_counts(numbers[name]) for name in parts}}
    if numbers["value"] == HIDDEN:
        return numbers
    lines: dict[str, Mapping[str, int | str]] = {}
    for name, part in result.counts.items():
        line = suppressed(part, k=k_of(name), also_hide=around.hidden_codes(name))
        if line.total is None and part.total:
            return _all_hidden(numbers)
        lines[name] = {code: HIDDEN if count is None else count for code, count in line.cells.items()}
    return {**numbers, "breakdown": lines, "missing": {name: line[UNKNOWN] for name, line in lines.items()}}


def _all_hidden(numbers: Mapping[str, object]) -> dict[str, object]:
    """The same shape without a single count: what is hidden in a wider figure is not told here."""
    kept = {name: numbers[name] for name in ("evidence_hash", "content_hash")}
    told = {*kept, "three_numbers", "withheld"}
    return kept | {name: _without_counts(part) for name, part in numbers.items() if name not in told}


def _without_counts(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _without_counts(part) for name, part in value.items() if name != "withheld"}
    if isinstance(value, list):
        return [_without_counts(part) for part in value]
    return HIDDEN


def _without_empty(cells: Mapping[str, object]) -> dict[str, object]:
    return {code: cell for code, cell in cells.items() if not (code == UNKNOWN and _is_empty(cell))}


def _is_empty(cell: object) -> bool:
    if isinstance(cell, Mapping):
        return not any(part for name, part in cell.items() if name not in {"percent", "ratio", "withheld"})
    return cell == 0
