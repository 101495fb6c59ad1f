"""Reading a whole table: first what its columns show together, then row by row as clean values or with what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from openpyxl.utils import get_column_letter

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from ..cells.cleaning import is_blank
from ..cells.reading import CannotRead, Mended
from ..cells.surveys import Question, Survey, how_answered
from ..columns import Cell, as_written
from ..importing import Fault, Given, ImportKind, Planned, Verdict
from .marks import MOST_COLUMNS, Marks
from .opening import Opened
from .tables import Head, Mapped, Told, table_rows


@dataclass
class Table:
    """A table that can be read again and again: where it stands, what its columns are, what is left out."""

    opened: Opened
    sheet: str
    head: Head
    columns: Sequence[Mapped]
    encoding: str = ""
    delimiter: str = ""
    leave_hidden: bool = False
    marks: Marks = field(default_factory=Marks)
    told: Told = field(default_factory=Told)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        self.told = Told()
        return table_rows(
            self.opened, self.sheet, self.head, marks=self.marks, leave_hidden=self.leave_hidden, told=self.told,
            encoding=self.encoding, delimiter=self.delimiter,
        )  # fmt: skip

    def used(self) -> list[Mapped]:
        """The columns that are read."""
        return [column for column in self.columns if column.name]


@dataclass
class Surveyed:
    """How many rows there are, what the evidence decides about each column, and what must be asked."""

    rows: int
    decided: list[tuple[str, str, Problem]]
    questions: list[Question]


def survey(table: Table, kind: ImportKind) -> Surveyed:
    """Look at every cell of the columns that can raise a question."""
    asking = [
        (mapped.position, Survey(mapped.name, kind.column(mapped.name).read.asks))
        for mapped in table.used() if kind.column(mapped.name).read.asks
    ]  # fmt: skip
    count = 0
    for number, cells in table.rows():
        count += 1
        for position, looked in asking:
            if position < len(cells) and not is_blank(cells[position]):
                looked.look(number, cells[position])
    return Surveyed(
        count,
        [answer for _position, looked in asking for answer in looked.decided()],
        [question for _position, looked in asking for question in looked.questions()],
    )


def read_rows(table: Table, kind: ImportKind, *, answers: Mapping[str, str]) -> Iterator[Given | Planned]:
    """Every row of the table: Given where all its cells can be read, else Planned with the verdict REFUSED and every fault."""
    readers = []
    for mapped in table.used():
        column = kind.column(mapped.name)
        how = replace(how_answered(mapped.name, answers), from_1904=table.marks.from_1904)
        readers.append((mapped.position, column, how))
    faulty = table.marks.faulty
    across = len(table.head.names) if table.opened.is_text else MOST_COLUMNS
    for number, cells in table.rows():
        values: dict[str, object] = {}
        faults: list[Fault] = []
        remarks: list[Fault] = []
        width = len(cells)
        if width > across and any(not is_blank(cell) for cell in cells[across:]):
            # Whatever else is wrong there follows from this.
            yield Planned(Given(number, {}), Verdict.REFUSED, faults=(_too_wide(width, across),))
            continue
        for position, column, how in readers:
            cell = cells[position] if position < width else ""
            if faulty and (number, position + 1) in faulty:
                faults.append(_unusable(column.name, number, position, faulty[number, position + 1]))
            elif is_blank(cell):
                values[column.name] = column.read.empty
                if column.required:
                    faults.append(Fault(column.name, "", "empty", N_("The cell is empty."), N_("Fill it.")))
            else:
                try:
                    value = column.read.read(cell, how)
                except CannotRead as wrong:
                    faults.append(
                        Fault(column.name, as_written(cell)[:200], wrong.rule, wrong.message, wrong.fix, wrong.places)
                    )
                else:
                    if isinstance(value, Mended):
                        remarks.append(
                            Fault(column.name, as_written(cell)[:200], "mended", value.message, "", value.places)
                        )
                        value = value.value
                    values[column.name] = value
        given = Given(number, values, tuple(remarks))
        yield Planned(given, Verdict.REFUSED, faults=tuple(faults)) if faults else given


def _too_wide(width: int, across: int) -> Fault:
    """A sign that parts columns stands inside a cell: everything behind it stands in the wrong column."""
    return Fault(
        "", "", "row_width", N_("The row has %(cells)s cells; the header has %(columns)s."),
        N_("Put quotation marks around a cell in which the sign stands that parts the columns."), {"cells": width, "columns": across},
    )  # fmt: skip


def _unusable(column: str, number: int, position: int, said: str) -> Fault:
    address = f"{get_column_letter(position + 1)}{number}"
    if said:
        return Fault(
            column,
            said,
            "cell_error",
            N_("The cell %(address)s holds the error %(cell)s."),
            N_("Mend the formula, or type the value."),
            {"address": address, "cell": said},
        )
    return Fault(
        column, "", "formula_without_value", N_("The cell %(address)s holds a formula without a value; formulas are not calculated here."),
        N_("Open the file with LibreOffice or Excel and save it once, or type the value."), {"address": address},
    )  # fmt: skip
