"""What the fast reader of workbooks does not tell: error cells, formulas that hold no value, rows and columns that are hidden."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

MOST_UNPACKED = 400 * 1024 * 1024
_MARKS = re.compile(rb'\bt="e"|\bhidden="(?:1|true)"|<(?:\w+:)?f[ />]')
_CHUNK, _OVERLAP = 1 << 20, 64


def refuse_bombs(path: Path, *, file: str) -> None:
    """:raises BadInput: if the workbook unpacks to more than any sheet of ours needs."""
    with ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise BadInput(
                [
                    Problem(
                        N_("The workbook unpacks to more than %(most)s MB."),
                        {"most": MOST_UNPACKED // 2**20},
                        file=file,
                    )
                ]
            )


def hidden_things(path: Path, *, sheet: str, file: str) -> list[Problem]:
    """A problem for every error cell, formula without a value, hidden row and hidden column that holds something."""
    # openpyxl needs ten times as long as the fast reader, so it is asked only where the file holds such a mark at all.
    if not _is_marked(path):
        return []
    # Formulas are never calculated here: ``values`` is what the spreadsheet program left beside each.
    values: Any = load_workbook(path, data_only=True)[sheet]
    formulas: Any = load_workbook(path)[sheet]
    return [*_hidden(values, file), *_unusable(values, formulas, file)]


def _is_marked(path: Path) -> bool:
    with ZipFile(path) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with packed.open(name) as part:
                    before = b""
                    while chunk := part.read(_CHUNK):
                        if _MARKS.search(before + chunk):
                            return True
                        before = chunk[-_OVERLAP:]
    return False


def _hidden(values: Worksheet, file: str) -> Iterator[Problem]:
    for number, row in values.row_dimensions.items():
        if row.hidden and any(cell.value is not None for cell in values[number]):
            yield Problem(N_("The row is hidden; show it or take it out."), file=file, row=number)
    for letter, column in values.column_dimensions.items():
        if column.hidden:
            yield Problem(N_("A column is hidden; show it or take it out."), file=file, column=letter)


def _unusable(values: Worksheet, formulas: Worksheet, file: str) -> Iterator[Problem]:
    for shown, written in zip(values.iter_rows(), formulas.iter_rows(), strict=True):
        for value, formula in zip(shown, written, strict=True):
            if value.data_type == "e":
                yield _at(value, file, N_("The cell holds the error %(cell)s."), cell=str(value.value))
            elif formula.data_type == "f" and value.value is None:
                yield _at(
                    value, file, N_("The cell holds a formula without a value; formulas are not calculated here.")
                )


def _at(where: Any, file: str, message: str, **places: object) -> Problem:
    return Problem(message, places, file=file, row=where.row, column=get_column_letter(where.column))
