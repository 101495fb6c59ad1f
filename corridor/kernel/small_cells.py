"""
Hiding small counts of persons (docs/rules/figures.md, "Small cells"). The rule is our own choice.

For readers who may not see the persons: cells of 1 to k - 1 are hidden. Then, in every line with a shown total, either
nothing is hidden, or at least two cells are hidden that hold together at least k. While that fails, the smallest remaining
non-zero cell of the first failing line is hidden (tie: first in code order); rows from the top, then columns from the left,
starting again after each. With no cell left to hide, the total is hidden. Zeros are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

K = 5
K_OF_DIMENSION: Mapping[str, int] = {"disability": 10, "group": 10}
HIDDEN = "·"

type Cell = tuple[str, str]

TOTAL = "\x00total"
"""Stands for the row or column of totals; no code can be equal to it."""


def k_of(dimension: str) -> int:
    """Return the smallest count of persons that is shown in that dimension."""
    return K_OF_DIMENSION.get(dimension, K)


def is_small(count: int, k: int = K) -> bool:
    """Whether a single count must be hidden: 1 to k - 1. Nobody is not a small cell."""
    return 0 < count < k


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A breakdown as it may be shown: None is a hidden count. ``total`` None: hidden, or not shown at all."""

    cells: Mapping[str, int | None]
    total: int | None

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(code for code, count in self.cells.items() if count is None)

    def text(self, code: str) -> str:
        return written(self.cells[code])


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it may be shown: None is a hidden count. Totals that were not asked for are absent."""

    cells: Mapping[Cell, int | None]
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    grand_total: int | None

    @property
    def hidden(self) -> frozenset[Cell]:
        return frozenset(cell for cell, count in self.cells.items() if count is None)

    def text(self, row: str, column: str) -> str:
        return written(self.cells[row, column])


def written(count: int | None) -> str:
    """Write a count; all hidden ones look the same."""
    return HIDDEN if count is None else str(count)


def suppress_line(
    cells: Mapping[str, int], *, total: int | None = None, k: int = K, also_hide: Collection[str] = ()
) -> ShownLine:
    """
    Hide the small cells of a one-dimensional breakdown.

    ``total`` is the total shown beside it (for persons who can stand under two codes it is the distinct number, not the sum);
    None means no total is shown, and then only the small cells themselves are hidden. ``also_hide`` are codes that something
    else hides already.
    """
    hidden = {code for code, count in cells.items() if is_small(count, k) or code in also_hide}
    total_is_shown = total is not None and not is_small(total, k)
    while total_is_shown and _gives_away([cells[code] for code in hidden], k):
        left = sorted((count, code) for code, count in cells.items() if count > 0 and code not in hidden)
        if left:
            hidden.add(left[0][1])
        else:
            total_is_shown = False
    return ShownLine(
        {code: None if code in hidden else count for code, count in cells.items()}, total if total_is_shown else None
    )


def suppress_table(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[Cell, int],
    *,
    row_totals: bool = True,
    column_totals: bool = True,
    grand_total: bool = False,
    k: int = K,
    hidden_columns: Collection[str] = (),
) -> ShownTable:
    """
    Hide the small cells of a table whose parts add: (row, column) -> count, absent means 0.

    ``rows`` and ``columns`` are in the order of printing. A printed row or column of totals is itself a line, whose total is
    the grand total, as soon as that total is printed or can be added up from the other margin. ``hidden_columns`` are those whose
    totals something else hides already: no cell of them is shown.
    """
    printed: set[Cell] = {(row, TOTAL) for row in rows} if row_totals else set()
    printed |= {(TOTAL, column) for column in columns} if column_totals else set()
    printed |= {(TOTAL, TOTAL)} if grand_total else set()
    table = _Table(rows, columns, cells, printed, k)
    for column in hidden_columns:
        table.hide_column(column)
    table.suppress()
    return ShownTable(
        {(row, column): table.shown((row, column)) for row in rows for column in columns},
        {row: table.shown((row, TOTAL)) for row in rows} if row_totals else {},
        {column: table.shown((TOTAL, column)) for column in columns} if column_totals else {},
        table.shown((TOTAL, TOTAL)) if grand_total else None,
    )


def _gives_away(hidden_counts: Collection[int], k: int) -> bool:
    """Whether a shown total lets a reader compute back what is hidden, or come too near to it."""
    return bool(hidden_counts) and (len(hidden_counts) < 2 or sum(hidden_counts) < k)


class _Table:
    """The work in progress: counts of cells and totals by address, and what of them is still shown."""

    def __init__(
        self, rows: Sequence[str], columns: Sequence[str], cells: Mapping[Cell, int], printed: set[Cell], k: int
    ) -> None:
        self.rows, self.columns, self.k = rows, columns, k
        self.counts: dict[Cell, int] = {
            (row, column): cells.get((row, column), 0) for row in rows for column in columns
        }
        self.inner = set(self.counts)
        for row in rows:
            self.counts[row, TOTAL] = sum(self.counts[row, column] for column in columns)
        for column in columns:
            self.counts[TOTAL, column] = sum(self.counts[row, column] for row in rows)
        self.counts[TOTAL, TOTAL] = sum(self.counts[row, TOTAL] for row in rows)
        self.hidden = {cell for cell in self.inner if is_small(self.counts[cell], k)}
        self.printed = frozenset(printed)
        self.shown_totals = set(printed)

    def shown(self, cell: Cell) -> int | None:
        visible = cell not in self.hidden if cell in self.inner else cell in self.shown_totals
        return self.counts[cell] if visible else None

    def hide_column(self, column: str) -> None:
        self.hidden |= {(row, column) for row in self.rows if self.counts[row, column]}
        self.shown_totals.discard((TOTAL, column))

    def suppress(self) -> None:
        while self._hide_one_more():
            pass

    def _hide_one_more(self) -> bool:
        """Mend the first failing line by hiding one thing; answer whether there was one."""
        for line, total in self._lines():
            hidden = [self.counts[cell] for cell in line if self._is_hidden(cell)]
            if not _gives_away(hidden, self.k):
                continue
            left = sorted(
                (self.counts[cell], cell) for cell in line if self.counts[cell] > 0 and not self._is_hidden(cell)
            )
            if left:
                self._hide(left[0][1])
                return True
            if total in self.shown_totals:
                self._hide(total)
                return True
        return False

    def _lines(self) -> list[tuple[list[Cell], Cell]]:
        lines = [([(row, column) for column in self.columns], (row, TOTAL)) for row in self.rows]
        lines += [([(row, column) for row in self.rows], (TOTAL, column)) for column in self.columns]
        lines = [line for line in lines if line[1] in self.shown_totals]
        right = [(row, TOTAL) for row in self.rows]
        bottom = [(TOTAL, column) for column in self.columns]
        for margin, other in ((right, bottom), (bottom, right)):
            is_printed = bool(margin) and self.printed.issuperset(margin)
            if is_printed and ((TOTAL, TOTAL) in self.shown_totals or self.shown_totals.issuperset(other)):
                lines.append((margin, (TOTAL, TOTAL)))
        return lines

    def _is_hidden(self, cell: Cell) -> bool:
        return cell in self.hidden if cell in self.inner else cell not in self.shown_totals

    def _hide(self, cell: Cell) -> None:
        if cell in self.inner:
            self.hidden.add(cell)
        else:
            self.shown_totals.discard(cell)
