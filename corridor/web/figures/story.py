"""One number told completely: what the figure's page puts together from the answer, its words, its growth and its versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.dates import format_skeleton
from django.utils.translation import gettext

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import Refusal
from corridor.kernel.money import Money
from corridor.kernel.small_cells import HIDDEN
from corridor.rooms.indicators import queries
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.code_words import CodeWord, dimension_word
from corridor.rooms.indicators.keeping import Kept
from corridor.web.ui.days import day_text
from corridor.web.ui.languages import cldr
from corridor.web.ui.names import reader_language

from .breakdowns import Breakdown, breakdowns_of, chosen_of
from .links import evidence_url, figure_url, query_of


@dataclass(frozen=True)
class Claimed:
    """Three numbers for one kind of claimant: always together."""

    dimension: str
    title: str
    sum: int
    overlap: int
    distinct: int
    twice: int
    parts: list[int]


@dataclass(frozen=True)
class Step:
    """The end of a quarter (or the last day) and the figure until then."""

    label: str
    value: int | None
    url: str


@dataclass(frozen=True)
class FigureStory:
    answered: FigureAnswer
    words: Mapping[str, Mapping[str, CodeWord]]
    narrowed: list[tuple[str, CodeWord]]
    breakdowns: list[Breakdown]
    chosen: Breakdown | None
    claimed: Claimed | None
    steps: list[Step] = field(default_factory=list)
    last_step_is_whole: bool = True
    versions: list[tuple[Kept, FigureAnswer]] = field(default_factory=list)
    may: Mapping[str, bool] = field(default_factory=dict)

    @property
    def numbers(self) -> Mapping[str, Any]:
        return self.answered.numbers

    @property
    def kept(self) -> Kept | None:
        return self.answered.figure

    @property
    def evidence(self) -> str:
        return evidence_url(self.answered)

    @property
    def here(self) -> str:
        return figure_url(self.answered)

    @property
    def query(self) -> str:
        return query_of(self.answered)

    @property
    def is_hidden(self) -> bool:
        return HIDDEN in (self.numbers.get("value"), self.numbers.get("numerator"), self.numbers.get("denominator"))

    @property
    def percent(self) -> str:
        """The share as it is shown; empty where a rule holds it back (see ``why_no_percent``) or it is hidden."""
        share = self.numbers.get("percent")
        return str(share) if share and share != HIDDEN else ""

    @property
    def why_no_percent(self) -> Refusal | None:
        if self.answered.value is not None or "block" in self.numbers:
            return None
        try:
            self.answered.percent_text()
        except Refusal as refusal:
            return refusal
        return None

    @property
    def marks(self) -> list[tuple[str, int]]:
        """How much of it a source names and how much is assumed: (mark, count)."""
        cells = self.answered.breakdown.get("source", {})
        if self.answered.value is None:
            return []
        return [
            (mark, cells[mark]) for mark in ("named", "assumed") if isinstance(cells.get(mark), int) and cells[mark]
        ]  # type: ignore[misc]

    @property
    def missing(self) -> list[tuple[str, Any]]:
        """Breakdowns with unknown codes: (name, how many)."""
        missing: Mapping[str, Any] = self.numbers["missing"]
        return [
            (dimension_word(name) if name != "answers" else gettext("Answers given"), count)
            for name, count in missing.items()
            if count
        ]

    @property
    def tabs(self) -> list[Breakdown]:
        """The breakdowns that say something at a glance, the chosen one among them."""
        return [each for each in self.breakdowns if each.is_telling or each is self.chosen]

    @property
    def others(self) -> list[Breakdown]:
        """One click away: dozens of small rows, or a single one."""
        return [each for each in self.breakdowns if not (each.is_telling or each is self.chosen)]

    @property
    def chart(self) -> list[tuple[str, int | None]]:
        """Bars only for counts, and only where there is something to compare."""
        if self.chosen is None or self.answered.value is None or len(self.chosen.rows) < 2:
            return []
        return [(label, self._drawn(count)) for label, count in self.chosen.chart]

    @property
    def step_chart(self) -> list[tuple[str, int | None]]:
        return [(each.label, self._drawn(each.value)) for each in self.steps]

    def _drawn(self, count: int | None) -> int | None:
        """What a drawing says: of money whole units of its currency, for the table beside it has every digit."""
        if not self.answered.currency or count is None:
            return count
        return round(Money.of_units(count, self.answered.currency).amount)


def figure_story(*, answered: FigureAnswer, wanted: str, by: Actor) -> FigureStory:
    """The page of a figure, with the breakdown that was asked for."""
    language = reader_language()
    words = queries.words_of_breakdowns(answered=answered, language=language, by=by)
    breakdowns = breakdowns_of(answered, words)
    chosen = chosen_of(breakdowns, wanted)
    growth = queries.growth_of(answered=answered, by=by)
    return FigureStory(
        answered,
        words,
        narrowed_to(answered, by=by),
        breakdowns,
        chosen,
        _claimed(answered, chosen),
        _steps(answered, growth),
        growth.last_step_is_whole,
        list(queries.versions_of(answered=answered, by=by)),
        _may(answered, by),
    )


def _claimed(answered: FigureAnswer, chosen: Breakdown | None) -> Claimed | None:
    every: Mapping[str, Any] = answered.numbers.get("three_numbers") or {}  # type: ignore[assignment]
    if not every:
        return None
    overlapping = [name for name, three in every.items() if three["overlap"]]
    name = chosen.dimension if chosen and chosen.dimension in every else next(iter(overlapping or every))
    three = every[name]
    cells = list(answered.breakdown.get(name, {}).values())
    parts = [cell for cell in cells if isinstance(cell, int) and cell]
    whole = parts if len(parts) == sum(1 for cell in cells if cell) else []
    return Claimed(
        name,
        dimension_word(name),
        three["sum"],
        three["overlap"],
        three["distinct"],
        three["claimed_by_two_or_more"],
        whole,
    )


def _steps(answered: FigureAnswer, growth: queries.Growth) -> list[Step]:
    # Quarters before anything happened say nothing; the last of them is kept as the start of the line.
    points = list(growth.points)
    while len(points) > 2 and points[0][1] == 0 and points[1][1] == 0:
        points.pop(0)
    steps = []
    for number, (day, value) in enumerate(points, start=1):
        is_quarter = number < len(points) or growth.last_step_is_whole
        label = format_skeleton("yQQQ", day, locale=cldr()) if is_quarter else day_text(day, "medium")
        url = figure_url(answered, to=day.isoformat())
        steps.append(Step(label, value if isinstance(value, int) else None, url))
    return steps if len(steps) > 1 else []


def _may(answered: FigureAnswer, by: Actor) -> dict[str, bool]:
    """What this reader may do to the figure as it stands."""
    kept = answered.figure
    is_latest = kept is not None and not kept.corrected_by
    return {
        "freeze": kept is None and by.may(Permission.FIGURE_FREEZE),
        "sign": kept is not None and kept.state == "frozen" and by.may(Permission.FIGURE_SIGN),
        "correct": is_latest and by.may(Permission.FIGURE_CORRECT),
    }


def narrowed_to(answered: FigureAnswer, *, by: Actor) -> list[tuple[str, CodeWord]]:
    """What the figure is narrowed to: pairs of a title and a word."""
    found = queries.words_of_scope(answered=answered, language=reader_language(), by=by)
    return [(dimension_word(key), word) for key, word in found]


def when_text(answered: FigureAnswer) -> str:
    """The day or the period for a list: "18 January 2024", "1 January 2021 to 18 January 2024"."""
    if answered.on:
        return day_text(answered.on)
    return gettext("%(first)s to %(last)s") % {
        "first": day_text(answered.first_day),
        "last": day_text(answered.last_day),
    }
