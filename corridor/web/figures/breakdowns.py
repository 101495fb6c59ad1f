"""The rows of one breakdown as a page draws them: words, numbers, and where each opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from corridor.kernel.evidence import UNKNOWN
from corridor.kernel.small_cells import HIDDEN
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.code_words import ORDERS, CodeWord, dimension_word

from .links import evidence_url, figure_url, page_of

FEW, MANY = 2, 16
# Breakdowns whose codes have an order of their own.
ORDERED = frozenset({"age_band"})
FIRST = ("stage", "site", "country", "source", "kind", "conference")


@dataclass(frozen=True, slots=True)
class Row:
    """One code: its word, its numbers as they are shown, where its rows and its own page are."""

    code: str
    word: CodeWord
    cell: Any
    count: int | None
    url: str
    page: str
    narrowed: str

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True, slots=True)
class Breakdown:
    dimension: str
    title: str
    rows: tuple[Row, ...]

    @property
    def is_telling(self) -> bool:
        """Whether it says something at a glance: more than one row, and not dozens of tiny ones."""
        return FEW <= len(self.rows) <= MANY

    @property
    def has_hidden(self) -> bool:
        return any(HIDDEN in row.cell.values() if isinstance(row.cell, Mapping) else row.is_hidden for row in self.rows)

    @property
    def is_outcome(self) -> bool:
        return any(isinstance(row.cell, Mapping) and "to_ask" in row.cell for row in self.rows)

    @property
    def is_rate(self) -> bool:
        return any(isinstance(row.cell, Mapping) and "denominator" in row.cell for row in self.rows)

    @property
    def chart(self) -> list[tuple[str, int | None]]:
        """The bars, without the words with which every label begins ("Workshop A", "Workshop B": "A", "B")."""
        shown = self.rows[:MANY]
        words = [row.word.text.split() for row in shown]
        shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False)))
        shared = min(shared, *(len(each) - 1 for each in words)) if len(words) > 1 else 0
        return [(" ".join(each[shared:]), row.count) for each, row in zip(words, shown, strict=True)]

    @property
    def sum(self) -> int | None:
        """None also where each row is a part of the one before."""
        if self.dimension in ORDERS:
            return None
        counts = [row.count for row in self.rows]
        return None if None in counts else sum(count or 0 for count in counts)


def breakdowns_of(answered: FigureAnswer, words: Mapping[str, Mapping[str, CodeWord]]) -> list[Breakdown]:
    """Every breakdown that has rows, in the order of the definition. An empty "unknown" is left out; the facts say what is missing."""
    found = []
    for dimension, cells in answered.breakdown.items():
        rows = [
            _row(answered, dimension, code, cell, words[dimension][code]) for code, cell in cells.items() if _has(cell)
        ]
        if dimension in ORDERS:
            rows.sort(
                key=lambda row, order=ORDERS[dimension]: order.index(row.code) if row.code in order else len(order)
            )
        elif dimension not in ORDERED:
            rows.sort(key=lambda row: (row.code == UNKNOWN, row.is_hidden, -(row.count or 0), row.word.text))
        found.append(Breakdown(dimension, dimension_word(dimension), tuple(rows)))
    return [each for each in found if each.rows]


def chosen_of(breakdowns: list[Breakdown], wanted: str) -> Breakdown | None:
    """The one that was asked for, else the first that says something."""
    by_name = {each.dimension: each for each in breakdowns}
    if wanted in by_name:
        return by_name[wanted]
    telling = [name for name in (*FIRST, *by_name) if name in by_name and by_name[name].is_telling]
    return by_name[telling[0]] if telling else (breakdowns[0] if breakdowns else None)


def _row(answered: FigureAnswer, dimension: str, code: str, cell: Any, word: CodeWord) -> Row:
    can_open = answered.rows_are_shown
    narrowed = ""
    if dimension in answered.definition.keys and not answered.question.scope.get(dimension) and code != UNKNOWN:
        narrowed = figure_url(answered, **{dimension: code})
    return Row(
        code,
        word,
        cell,
        _count(cell),
        evidence_url(answered, dimension=dimension, cell=code) if can_open else "",
        page_of(word.link),
        narrowed,
    )


def _count(cell: Any) -> int | None:
    """What a bar is as long as: the count, the denominator of a rate, those to be asked. None where it is hidden."""
    if isinstance(cell, Mapping):
        cell = cell.get("to_ask", cell.get("denominator"))
    return None if cell == HIDDEN else cell


def _has(cell: Any) -> bool:
    if isinstance(cell, Mapping):
        return any(part for name, part in cell.items() if name not in {"percent", "ratio", "withheld"})
    return cell != 0
