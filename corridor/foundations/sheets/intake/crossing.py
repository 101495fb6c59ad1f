"""A matrix (things down, days across) read as lines, one for each filled cell, so that everything else sees an ordinary sheet."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..cells.cleaning import cleaned, is_blank
from ..cells.days import day as day_reader
from ..cells.reading import PLAIN, CannotRead
from ..cells.words import folded
from ..columns import Cell, as_written
from ..importing import ImportKind
from .marks import Marks
from .opening import Opened, open_file
from .tables import LOOKED_AT, aliases

# Two columns of days make a matrix; one could be a day of birth.
FEWEST = 2
_NUMBER = re.compile(r"[^\W\d]{0,12}\s?[.#]?\s?(\d{1,4})")
# Why a cell that is a day cannot be read yet: a question will be asked about it.
_DAY_ALL_THE_SAME = {"day_order", "day_buddhist"}


@dataclass(frozen=True)
class Crossing:
    """
    What the cells of a matrix become: a heading that is a day goes to the column ``day``, one that is a number ("3", "S3") to ``number``, what
    stands below it to ``value``. ``title`` is a column that may stand above the head, or be the name of the file, once for all lines.
    """

    day: str
    number: str
    value: str
    title: str = "cohort"


def lines_of_matrix(file_name: str, content: bytes, kind: ImportKind, crossing: Crossing) -> tuple[str, bytes]:
    """
    The file as it is if it is no matrix, else a CSV (UTF-8) of lines.

    :raises BadInput: if the matrix hides rows or columns, or its encoding cannot be told: lines of it would be a guess.
    """
    with NamedTemporaryFile() as copy:
        copy.write(content)
        copy.flush()
        opened = open_file(Path(copy.name), file=file_name)
        known = aliases(kind)
        for sheet in opened.sheets:
            found = _head(opened, sheet.name, known, crossing)
            if found is not None and not sheet.is_hidden:
                marks = opened.marks(sheet.name)
                _require_plain(opened, marks, file_name)
                lines = _lines(
                    opened,
                    sheet.name,
                    found,
                    marks,
                    crossing,
                    _title(opened, sheet.name, found, known, crossing, file_name),
                )
                return f"{Path(file_name).stem}-lines.csv", lines.encode("utf-8-sig")
    return file_name, content


@dataclass(frozen=True)
class _Head:
    row: int
    named: dict[int, str]
    days: dict[int, str]
    numbers: dict[int, str]


def _head(opened: Opened, sheet: str, known: dict[str, str], crossing: Crossing) -> _Head | None:
    for number, cells in islice(opened.rows(sheet), LOOKED_AT):
        named: dict[int, str] = {}
        days: dict[int, str] = {}
        numbers: dict[int, str] = {}
        for place, cell in enumerate(cells):
            if is_blank(cell):
                continue
            if _is_day(cell):
                days[place] = _written(cell)
            elif (name := known.get(folded(cleaned(cell)))) is not None:
                named[place] = name
            elif said := _NUMBER.fullmatch(cleaned(cell)):
                numbers[place] = said[1]
        if crossing.value not in named.values() and named and len(days) + len(numbers) >= FEWEST:
            return _Head(number, named, days, numbers)
    return None


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, datetime | date):
        return True
    if not isinstance(cell, str):
        return False
    try:
        day_reader.read(cell, PLAIN)
    except CannotRead as wrong:
        return wrong.rule in _DAY_ALL_THE_SAME
    return True


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return as_written(cell)


def _require_plain(opened: Opened, marks: Marks, file_name: str) -> None:
    if opened.is_text and (opened.encodings is None or not opened.encodings.chosen):
        raise BadInput(
            [
                Problem(
                    N_("Two encodings are plausible for this matrix; save it as UTF-8 or as a workbook."),
                    file=file_name,
                )
            ]
        )
    if marks.hidden_rows or marks.hidden_columns:
        raise BadInput([Problem(N_("The matrix hides rows or columns; show them or take them out."), file=file_name)])


def _title(opened: Opened, sheet: str, head: _Head, known: dict[str, str], crossing: Crossing, file_name: str) -> str:
    """What the title above the table says ("Cohort: COH-2023-041", in one cell or two), else the name of the file."""
    for _number, cells in islice(opened.rows(sheet), head.row - 1):
        filled = [cleaned(cell) for cell in cells if not is_blank(cell)]
        for place, cell in enumerate(filled):
            label, _sign, rest = cell.replace("：", ":").partition(":")
            if known.get(folded(label)) == crossing.title:
                return rest.strip() or (filled[place + 1] if place + 1 < len(filled) else "")
    return Path(file_name).stem


def _lines(opened: Opened, sheet: str, head: _Head, marks: Marks, crossing: Crossing, title: str) -> str:
    names = list(dict.fromkeys(name for name in head.named.values() if name not in {crossing.day, crossing.number}))
    has_title = crossing.title in names
    columns = [*([] if has_title else [crossing.title]), *names, crossing.day, crossing.number, crossing.value]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    across = sorted({**head.days, **head.numbers})
    for number, cells in opened.rows(sheet):
        if number <= head.row:
            continue
        own = {head.named[place]: _written(cells[place]) for place in head.named if place < len(cells)}
        for place in across:
            said = marks.faulty.get((number, place + 1)) if marks.faulty else None
            cell = cells[place] if place < len(cells) else ""
            value = (said or "#") if said is not None else "" if is_blank(cell) else _written(cell)
            if value:
                writer.writerow(
                    _line(columns, own, {crossing.title: title} if not has_title else {}, {
                        crossing.day: head.days.get(place, ""), crossing.number: head.numbers.get(place, ""), crossing.value: value,
                    })
                )  # fmt: skip
    return out.getvalue()


def _line(columns: Sequence[str], *parts: dict[str, str]) -> list[str]:
    found: dict[str, str] = {}
    for part in parts:
        found |= part
    return [found.get(name, "") for name in columns]
