"""The numbers of a figure in the order in which a report tells them: headline, parts of a table, and what each is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .shape import PackedFigure, flat

MEASURES: Mapping[str, Any] = {
    "": _("Count"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "percent": _("Share"),
    "ratio": _("For each"),
    "sum": _("Sum"),
    "overlap": _("Overlap"),
    "distinct": _("Each counted once"),
    "claimed_by_two_or_more": _("Claimed by two or more"),
    "eligible": _("Eligible"),
    "to_ask": _("To be asked"),
    "asked": _("Asked"),
    "reached": _("Reached"),
    "answered": _("Answered"),
    "answered_self": _("Answered themselves"),
    "yes": _("Yes"),
    "asked_share": _("Share asked"),
    "contact_rate": _("Share reached of those asked"),
    "response_rate": _("Share who answered"),
    "bounds.0": _("At least"),
    "bounds.1": _("At most"),
    "among_answered": _("Yes among those who answered"),
    "wilson.0": _("Interval at 95 percent, from"),
    "wilson.1": _("Interval at 95 percent, to"),
    "outer_interval.0": _("Outer interval from"),
    "outer_interval.1": _("Outer interval to"),
    "answers": _("Answers given"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number with its place; what it measures, in words."""

    place: str
    measure: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what the code is called, and its numbers."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    lines: tuple[Line, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The measures of its columns, in order. A row may lack some of them."""
        return tuple(dict.fromkeys(cell.measure for line in self.lines for cell in line.cells))


def measure_words(measure: str) -> str:
    """What a measure is called; "withheld.percent" says that a rule holds back the share."""
    if measure.startswith("withheld."):
        inner = MEASURES.get(measure.removeprefix("withheld."), measure)
        return str(_("%(measure)s: held back by")) % {"measure": inner}
    return str(MEASURES.get(measure, measure.replace("_", " ")))


def headline(figure: PackedFigure) -> dict[str, str]:
    """The numbers on top, by place: the value, or numerator, denominator and share, or what there is for each."""
    names = ("value", "numerator", "denominator", "percent", "ratio", "withheld")
    return flat({name: figure.numbers[name] for name in names if name in figure.numbers})


def evidence(figure: PackedFigure) -> dict[str, str]:
    """n, how many rows, and the two fingerprints, by place."""
    return flat({name: figure.numbers[name] for name in ("n", "evidence_rows", "evidence_hash", "content_hash")})


def tables(figure: PackedFigure) -> list[Table]:
    """Everything else: three numbers, the outcome, each breakdown, and what is missing."""
    numbers, found = figure.numbers, []
    if "block" in numbers:
        lines = tuple(
            Line(cell.measure, (Cell(cell.place, str(_("Count or share")), cell.text),))
            for cell in _cells("block", numbers["block"])
        )
        found.append(Table(str(_("Who was asked, and what they answered")), lines))
    for dimension, three in numbers.get("three_numbers", {}).items():
        title = str(_("Claimed by: %(dimension)s")) % {"dimension": _title(figure, dimension)}
        found.append(Table(title, (Line(title, tuple(_cells(f"three_numbers.{dimension}", three))),)))
    for dimension, codes in numbers["breakdown"].items():
        lines = tuple(
            Line(_word(figure, dimension, code), tuple(_cells(f"breakdown.{dimension}.{code}", cell)))
            for code, cell in codes.items()
        )
        title = str(_("By: %(dimension)s")) % {"dimension": _title(figure, dimension)}
        found.append(Table(title, lines))
    missing = tuple(
        Line(_title(figure, name), tuple(_cells(f"missing.{name}", count)))
        for name, count in numbers["missing"].items()
    )
    return [*found, Table(str(_("Unknown, by breakdown")), missing)] if missing else found


def _cells(place: str, value: Any) -> list[Cell]:
    if isinstance(value, Mapping):
        return [Cell(f"{place}.{name}", measure_words(name), text) for name, text in flat(value).items()]
    return [Cell(place, measure_words(""), text) for text in flat({"": value}).values()]


def _title(figure: PackedFigure, dimension: str) -> str:
    return figure.words[dimension][0] if dimension in figure.words else measure_words(dimension)


def _word(figure: PackedFigure, dimension: str, code: str) -> str:
    return figure.words[dimension][1].get(code, code) if dimension in figure.words else code
