"""What the fast reader of workbooks does not tell: error cells, formulas that hold no value, rows and columns that are hidden."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from openpyxl.utils import get_column_letter
from python_calamine import CalamineSheet

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .intake.marks import Marks, marks_of_xlsx

MOST_UNPACKED = 400 * 1024 * 1024
# Formulas are never calculated here: the spreadsheet program leaves the value beside each.
_WITHOUT_VALUE = N_("The cell holds a formula without a value; formulas are not calculated here.")


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


def hidden_things(path: Path, sheet: CalamineSheet, *, file: str) -> list[Problem]:
    """A problem for every error cell, formula without a value, hidden row and hidden column that holds something."""
    marks = marks_of_xlsx(path, sheet.name)
    problems = []
    if marks.hidden_rows or marks.hidden_columns:
        problems = list(_hidden(marks, sheet, file))
    for (row, column), said in marks.faulty.items():
        message = N_("The cell holds the error %(cell)s.") if said else _WITHOUT_VALUE
        problems.append(
            Problem(message, {"cell": said} if said else {}, file=file, row=row, column=get_column_letter(column))
        )
    return problems


def _hidden(marks: Marks, sheet: CalamineSheet, file: str) -> Iterator[Problem]:
    rows = sheet.to_python(skip_empty_area=False)
    for number in sorted(marks.hidden_rows):
        if number <= len(rows) and any(cell != "" for cell in rows[number - 1]):
            yield Problem(N_("The row is hidden; show it or take it out."), file=file, row=number)
    width = len(rows[0]) if rows else 0
    for column in sorted(marks.hidden_columns):
        if column <= width:
            yield Problem(
                N_("A column is hidden; show it or take it out."), file=file, column=get_column_letter(column)
            )
