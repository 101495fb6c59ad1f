"""
What a narrowed figure would tell of cells that wider figures hide (docs/rules/figures.md, "Small cells"). The rule is our own choice.

The wider figures of a question are those with some of its keys left out, counted from one read of the records. A key and a breakdown make
a table whose parts add: whoever asks for one part after the other reads that table, so it is hidden as one.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from corridor.kernel.breakdowns import Measure, break_down, measure_rows, rows_by_code
from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.printed_figures import printed
from corridor.kernel.recompute import MEASURES, guards_by, recompute
from corridor.kernel.small_cells import HIDDEN, k_of, suppress_line, suppress_table

from .asking import Question


class _Wider(NamedTuple):
    """One wider figure: its rows, and their parts by each key that it leaves out."""

    rows: list[EvidenceRow]
    parts: Mapping[str, Mapping[str, list[EvidenceRow]]]


class Narrowing:
    """The wider figures around a question about persons, for a reader who may not see the rows."""

    def __init__(self, question: Question) -> None:
        own = {*question.definition.own_keys, *question.definition.needs}
        self.question = question
        self.codes = {key: code for key, code in question.scope.codes if key not in own}

    def tells_the_whole(self) -> bool:
        """Whether the number itself would tell a hidden cell: nobody may ask for the hidden part, or for all but it."""
        return any(self._is_hidden(wider.rows, key) for wider in self._around for key in wider.parts)

    def hidden_codes(self, dimension: str) -> frozenset[str]:
        """The codes of a breakdown of this figure that would tell a cell which a wider figure, or another part of it, hides."""
        k = k_of(dimension)
        hidden: set[str] = set()
        for wider in self._around:
            line = break_down(wider.rows, dimension, measure=self._measure)
            shown = suppress_line(line.cells, total=line.total, k=k)
            out_of_sight = shown.hidden if shown.total is not None else frozenset(line.cells)
            for key, parts in wider.parts.items():
                if key == dimension or self.codes[key] not in parts:
                    continue
                cells = {
                    (part, code): measure_rows(found, self._measure)
                    for part, within in parts.items()
                    for code, found in rows_by_code(within, dimension).items()
                }
                table = suppress_table(list(parts), list(line.cells), cells, k=k, hidden_columns=out_of_sight)
                hidden |= {code for code in line.cells if table.cells[self.codes[key], code] is None}
        return frozenset(hidden)

    @property
    def _measure(self) -> Measure:
        return guards_by(self.question.definition.rule)

    @cached_property
    def _around(self) -> list[_Wider]:
        whole = self.question.definition.gather(self.question.scope.without(self.codes), self.question.when)
        found = []
        for size in range(len(self.codes)):
            for kept in combinations(sorted(self.codes), size):
                rows = whole.within({key: self.codes[key] for key in kept}).rows
                left_out = sorted(self.codes.keys() - set(kept))
                found.append(_Wider(rows, {key: rows_by_code(rows, key) for key in left_out}))
        return found

    def _is_hidden(self, rows: list[EvidenceRow], key: str) -> bool:
        code = self.codes[key]
        if self.question.definition.rule in MEASURES:
            part = break_down(rows, key, measure=self._measure)
            line = suppress_line(part.cells, total=part.total, k=k_of(key))
            return part.cells.get(code, 0) > 0 and (line.total is None or line.cells[code] is None)
        narrow = replace(self.question.definition.recipe, dimensions=(key,), claimants=())
        numbers = printed(recompute(rows, narrow), to_public=True)
        cell = numbers["breakdown"][key].get(code, 0)  # type: ignore[index]
        shown = list(cell.values()) if isinstance(cell, Mapping) else [cell]
        return HIDDEN in shown
