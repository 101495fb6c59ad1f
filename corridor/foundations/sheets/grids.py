"""A file as rows of cells, before anyone asks what they mean. What would be lost or guessed in reading is a problem instead."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, load_workbook

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .columns import Cell
from .workbooks import hidden_things, refuse_bombs

LARGEST = 64 * 1024 * 1024
_TEXT_MARKS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_ZIP = b"PK\x03\x04"
csv.field_size_limit(1_000_000)


@dataclass
class Grid:
    """``rows`` gives (number from 1, cells); ``problems`` are found while reading, so read ``rows`` first."""

    file: str
    rows: Iterator[tuple[int, list[Cell]]]
    problems: list[Problem] = field(default_factory=list)


def open_grid(path: Path, *, file: str) -> Grid:
    """
    :raises BadInput: if there is no such file, or it is none that can be read at all: a folder, another format, another encoding.
    """
    if not path.exists():
        raise _bad(file, N_("There is no such file."))
    if path.is_dir():
        raise _bad(file, N_("This is a folder, not a file."))
    if path.stat().st_size > LARGEST:
        raise _bad(file, N_("The file is larger than %(most)s MB."), most=LARGEST // 2**20)
    content = path.read_bytes()
    if not content.strip():
        raise _bad(file, N_("The file is empty."))
    match path.suffix.lower():
        case ".csv":
            return _csv_grid(content, file)
        case ".xlsx":
            return _xlsx_grid(path, content, file)
    raise _bad(file, N_("“%(suffix)s” is no kind of sheet; send CSV or XLSX."), suffix=path.suffix)


def _bad(file: str, message: str, row: int | None = None, **places: object) -> BadInput:
    return BadInput([Problem(message, places, file=file, row=row)])


def _csv_grid(content: bytes, file: str) -> Grid:
    if content.startswith(_ZIP):
        raise _bad(file, N_("This is a workbook under the name of a CSV; call it .xlsx."))
    for mark, encoding in _TEXT_MARKS.items():
        if content.startswith(mark):
            raise _bad(file, N_("The file is %(encoding)s, not UTF-8; save it as “CSV UTF-8”."), encoding=encoding)
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _bad(
            file,
            N_("The file is not UTF-8: byte %(offset)s (hexadecimal %(byte)s) belongs to another encoding. Save it as “CSV UTF-8”."),
            row=content.count(b"\n", 0, wrong.start) + 1,
            offset=wrong.start, byte=f"{content[wrong.start]:02X}",
        ) from None  # fmt: skip
    if "\x00" in written:
        raise _bad(
            file, N_("The file holds zero bytes; it is no text."), row=written.count("\n", 0, written.index("\x00")) + 1
        )
    return Grid(file, _csv_rows(written, file))


def _csv_rows(written: str, file: str) -> Iterator[tuple[int, list[Cell]]]:
    number = 0
    # The line ends stay as they are: inside quotes they belong to the text.
    reader = csv.reader(StringIO(written, newline=""), strict=True)
    while True:
        number += 1
        try:
            cells: list[Cell] = list(next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise _bad(file, N_("The row breaks off or its quotation marks do not match."), row=number) from None
        yield number, cells


def _xlsx_grid(path: Path, content: bytes, file: str) -> Grid:
    if not content.startswith(_ZIP):
        raise _bad(
            file,
            N_(
                "This is no XLSX workbook, whatever its name says; it may be protected by a password or in an older format."
            ),
        )
    try:
        refuse_bombs(path, file=file)
        book = load_workbook(path)
        sheet = _only_sheet(book, file)
        found = hidden_things(path, sheet, file=file)
    except (CalamineError, BadZipFile, zlib.error, KeyError, ValueError):
        raise _bad(file, N_("The workbook is damaged; open it and save it again.")) from None
    grid = Grid(
        file, ((number, list(cells)) for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1))
    )
    grid.problems += found
    for (row, _column), _end in sheet.merged_cell_ranges or []:
        grid.problems.append(Problem(N_("Cells are merged here; part them and fill each."), file=file, row=row + 1))
    return grid


def _only_sheet(book: CalamineWorkbook, file: str) -> CalamineSheet:
    names = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    filled = [sheet for sheet in map(book.get_sheet_by_name, names) if sheet.start is not None]
    if not filled:
        raise _bad(file, N_("The file is empty."))
    if len(filled) > 1:
        raise _bad(
            file, N_("The workbook has several filled sheets (%(sheets)s), perhaps hidden; leave one."),
            sheets=", ".join(sheet.name for sheet in filled),
        )  # fmt: skip
    return filled[0]
