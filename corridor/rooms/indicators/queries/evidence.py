"""Opening a figure: its rows as far as the reader may see them, and each row's record down to what it stands on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.breakdowns import Measure, break_down, suppressed
from corridor.kernel.errors import NotFound
from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.periods import Period
from corridor.kernel.recompute import MEASURES
from corridor.kernel.small_cells import HIDDEN
from corridor.kernel.wording import N_

from ..answers import FigureAnswer, answer, sees_rows
from ..asking import Counted, ask, count
from ..keeping import counted_from_kept, kept, latest_kept
from ..lifecycle import FigureStatus
from ..narrowing import Narrowing
from ..refusals import UnknownScope
from ..scopes import Scope
from ..walking import LOADERS, WALKS, Card, Walked, cards_of, may_open
from .figures import SETTLED


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One row, numbered in the order of its set. ``card`` is None where the record is gone; either way what was erased is still counted."""

    number: int
    row: EvidenceRow
    card: Card | None

    @property
    def is_erased(self) -> bool:
        return self.card is None or self.card.is_erased


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """
    A figure with the rows behind it.

    ``of_rows``: how many rows the figure (or the chosen cell) has; ``hidden_rows``: how many of them this reader may not see;
    ``cohorts`` stand in for hidden rows about persons: (cohort, count), small cells "·". ``seed`` makes a sample repeatable.
    """

    answer: FigureAnswer
    rows: tuple[OpenedRow, ...]
    of_rows: int | str
    hidden_rows: int | str
    cohorts: tuple[tuple[str, int | str], ...]
    dimension: str
    cell: str
    sample: int | None
    seed: str


def open_figure(
    *,
    code: str,
    scope: str | Scope | Mapping[str, str] = "",
    on: date | None = None,
    period: Period | None = None,
    at: datetime,
    by: Actor,
    dimension: str = "",
    cell: str = "",
    sample: int | None = None,
    seed: str = "",
    start: int = 1,
    at_most: int | None = None,
    fresh: bool = False,
) -> OpenedFigure:
    """
    The rows behind a figure; ``dimension`` and ``cell`` choose one cell of a breakdown. ``sample`` draws so many rows at random: the same
    seed draws the same rows from the same set. ``start`` and ``at_most`` page through them.

    Everyone opens rows about things. Rows about persons are for readers who may see evidence rows; others get counts by cohort.

    :raises UnknownScope: for a dimension or cell the figure does not have. Else as ``show_figure``.
    """
    by.require(Permission.FIGURE_VIEW)
    question = ask(code, scope, on=on, period=period, at=at)
    figure = None if fresh else latest_kept(question)
    is_kept = figure is not None and figure.status in SETTLED
    counted = counted_from_kept(figure) if figure is not None and is_kept else count(question)
    shown = answer(counted, at=at, by=by, figure=kept(figure) if figure is not None and is_kept else None)
    rows = _chosen(counted, dimension, cell)
    numbered = list(enumerate(sorted(rows, key=_order), start=1))
    if sample is not None:
        seed = seed or counted.result.content_hash[:16]
        numbered = sorted(sorted(numbered, key=lambda each: _draw(seed, each[1]))[: max(sample, 0)])
    if not sees_rows(question.definition, by):
        of_rows = _public_rows(shown, dimension, len(rows))
        return OpenedFigure(shown, (), of_rows, of_rows, _cohorts(counted, shown, rows), dimension, cell, sample, seed)
    page = numbered[start - 1 :] if at_most is None else numbered[start - 1 : start - 1 + at_most]
    cards = _cards([row for _number, row in page])
    opened = tuple(OpenedRow(number, row, cards.get((row.record_kind, row.record_id))) for number, row in page)
    return OpenedFigure(shown, opened, len(rows), 0, (), dimension, cell, sample, seed)


def walk_record(*, kind: str, record_id: str | UUID, by: Actor) -> Walked:
    """
    One record behind a figure, with what justifies it.

    :raises NotFound: if there is none (any more), or the reader may not see it: one about a person without the
        right to rows of evidence, an application, a draft.
    """
    by.require(Permission.FIGURE_VIEW)
    key = _uuid(record_id)
    may = kind in LOADERS and key and may_open(kind, key, by=by)
    card = cards_of(kind, [key]).get(key) if may else None
    if card is None:
        raise NotFound(
            N_("There is no such record, or none that you may see. If a person was erased, the count still holds.")
        )
    return WALKS[kind](card, by)


def _chosen(counted: Counted, dimension: str, cell: str) -> list[EvidenceRow]:
    rows = list(counted.rows)
    if not dimension:
        return rows
    if dimension not in counted.result.recipe.dimensions:
        raise UnknownScope(
            N_("%(indicator)s is not broken down by “%(dimension)s”. It is by: %(dimensions)s."),
            indicator=counted.question.definition.code,
            dimension=dimension,
            dimensions=", ".join(counted.result.recipe.dimensions) or "–",
        )
    return [row for row in rows if row.code(dimension) == cell] if cell else rows


def _order(row: EvidenceRow) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return row.record_id, row.record_kind, tuple(sorted(row.codes.items()))


def _draw(seed: str, row: EvidenceRow) -> str:
    return sha256(f"{seed}\n{row.record_kind}\n{row.record_id}\n{_order(row)[2]}".encode()).hexdigest()


def _cards(rows: list[EvidenceRow]) -> dict[tuple[str, str], Card]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.record_kind].add(row.record_id)
    return {(kind, key): card for kind, keys in wanted.items() for key, card in cards_of(kind, keys).items()}


def _public_rows(shown: FigureAnswer, dimension: str, count_of_rows: int) -> int | str:
    """How many rows there are, unless that would tell what is hidden: then, or inside one cell, nothing is told."""
    if (
        dimension
        or not shown.breakdowns_are_shown
        or HIDDEN
        in (
            shown.numbers.get("value"),
            shown.numbers.get("numerator"),
            shown.numbers["evidence_rows"],
        )
    ):
        return HIDDEN
    return count_of_rows


def _cohorts(counted: Counted, shown: FigureAnswer, rows: list[EvidenceRow]) -> tuple[tuple[str, int | str], ...]:
    recipe = counted.result.recipe
    part = break_down(rows, "cohort", measure=MEASURES.get(recipe.rule, Measure.SUBJECTS))
    is_published = shown.figure is not None and shown.figure.state == FigureStatus.PUBLISHED
    told_elsewhere = frozenset() if is_published else Narrowing(counted.question).hidden_codes("cohort")
    line = suppressed(part, also_hide=told_elsewhere)
    hides_all = line.total is None or _public_rows(shown, _part_of(rows, counted), 0) == HIDDEN
    cells = {code: HIDDEN if hides_all or count is None else count for code, count in line.cells.items()}
    return tuple((code, cells[code]) for code, count in part.cells.items() if count)


def _part_of(rows: list[EvidenceRow], counted: Counted) -> str:
    """A cell of a breakdown is itself a small part: where only a part of the rows is looked at, counts by cohort are not shown."""
    return "" if len(rows) == len(counted.rows) else "cell"


def _uuid(given: str | UUID) -> str:
    try:
        return str(UUID(str(given)))
    except ValueError:
        return ""
