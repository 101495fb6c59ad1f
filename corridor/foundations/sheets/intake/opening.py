"""A file as tables of cells, and everything about it that its sender should be told before it is read."""

import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from ..columns import Cell
from .delimited import delimited_rows, find_delimiter
from .encodings import Encodings, find_encoding
from .marks import Marks, marks_of_xlsx
from .ods import marks_of_ods
from .sniffing import DAMAGED, FileKind, kind_of, refuse
from .xls import has_macro, marks_of_xls

# Controls, and signs that are of nobody: a text may hold a few by mistake, other files are full of them.
_NO_TEXT = {"Cc", "Cn"}


@dataclass(frozen=True)
class SheetAbout:
    """One sheet of a workbook: its name, how many rows reach down, and whether it is hidden."""

    name: str
    rows: int
    is_hidden: bool = False


@dataclass
class Opened:
    """
    A file that can be read. ``sheets`` lists the filled sheets (a text file has one without a name); ``encodings`` is of text files alone.
    ``notices`` are sentences that the sender is told whatever follows.
    """

    path: Path
    file: str
    kind: FileKind
    sheets: tuple[SheetAbout, ...]
    encodings: Encodings | None = None
    delimiter: str = ""
    notices: list[Problem] = field(default_factory=list)
    _last: CalamineSheet | None = field(default=None, repr=False)
    _marks: dict[str, Marks] = field(default_factory=dict, repr=False)

    @property
    def is_text(self) -> bool:
        return self.kind == FileKind.TEXT

    @cached_property
    def _book(self) -> CalamineWorkbook:
        return load_workbook(BytesIO(self.path.read_bytes()))

    def _sheet(self, name: str) -> CalamineSheet:
        """A sheet takes as long to read as all that is done with it, so the one that was asked for last is kept."""
        if self._last is None or self._last.name != name:
            self._last = self._book.get_sheet_by_name(name)
        return self._last

    def rows(self, sheet: str, *, encoding: str = "", delimiter: str = "") -> Iterator[tuple[int, list[Cell]]]:
        """The rows of that sheet, numbered from 1 as the spreadsheet shows them, streaming."""
        if self.is_text:
            assert self.encodings is not None
            chosen = encoding or self.encodings.chosen or self.encodings.guesses[0].encoding
            yield from delimited_rows(self.path, file=self.file, encoding=chosen, delimiter=delimiter or self.delimiter)
            return
        found = self._sheet(sheet)
        start = found.start
        first_column = start[1] if start else 0
        # iter_rows begins at the first filled cell; rows above and columns to the left of it are empty.
        left: list[Cell] = [""] * first_column
        for number, cells in enumerate(found.iter_rows(), start=(start[0] if start else 0) + 1):
            yield number, left + list(cells) if left else list(cells)

    def marks(self, sheet: str) -> Marks:
        """:raises BadInput: if the workbook is not built as a workbook is."""
        if self.is_text:
            return Marks()
        if sheet not in self._marks:
            self._marks[sheet] = self._marked(sheet)
        return self._marks[sheet]

    def _marked(self, sheet: str) -> Marks:
        try:
            marks = _MARKS_OF[self.kind](self.path, sheet)
        except (BadZipFile, zlib.error, KeyError, ValueError):
            raise refuse(self.file, DAMAGED) from None
        # What lies beyond the last filled cell hides nothing: many offices hide all columns that they do not use.
        last_row, last_column = self._sheet(sheet).end or (0, 0)
        marks.hidden_rows = {row for row in marks.hidden_rows if row <= last_row + 1}
        marks.hidden_columns = {column for column in marks.hidden_columns if column <= last_column + 1}
        return marks

    def is_hidden(self, sheet: str) -> bool:
        return any(each.is_hidden for each in self.sheets if each.name == sheet)

    def notices_about(self, sheet: str) -> list[Problem]:
        """What its sender is told when that sheet is the one that is read."""
        return [said for said in self.notices if said.places.get("sheet") != sheet]

    def hides(self, sheet: str, *, head_row: int) -> bool:
        """Whether somebody who looks at the file would not see all of the table that begins in that row."""
        marks = self.marks(sheet)
        return self.is_hidden(sheet) or bool(marks.hidden_columns) or any(row >= head_row for row in marks.hidden_rows)


_MARKS_OF = {
    FileKind.XLSX: marks_of_xlsx, FileKind.XLSM: marks_of_xlsx, FileKind.ODS: marks_of_ods, FileKind.XLS: marks_of_xls,
}  # fmt: skip


def open_file(path: Path, *, file: str) -> Opened:
    """
    :raises BadInput: if there is nothing in it that could be read; the sentence says what it is and what to send instead.
    """
    kind = kind_of(path, file=file)
    if kind == FileKind.TEXT:
        return _opened_text(path, file)
    opened = _opened_book(path, file, kind)
    if kind == FileKind.XLSM or (kind == FileKind.XLS and has_macro(path)):
        opened.notices.append(
            Problem(
                N_("The workbook carries a macro. It is not run, and what it would calculate is not there."), file=file
            )
        )
    if kind == FileKind.XLS and not opened.marks(opened.sheets[0].name).are_known:
        opened.notices.append(
            Problem(
                N_(
                    "This is a workbook of the old format (XLS): hidden rows and columns cannot be told there. Save it as XLSX to be sure."
                ),
                file=file,
            )
        )
    return opened


def _opened_text(path: Path, file: str) -> Opened:
    content = path.read_bytes()
    encodings = find_encoding(content)
    if not encodings.guesses:
        raise refuse(file, N_("The text is in no encoding that is known here. Save it as “CSV UTF-8”."))
    text = content[:400_000].decode(encodings.chosen or encodings.guesses[0].encoding, "replace")
    if sum(unicodedata.category(sign) in _NO_TEXT and sign not in "\r\n\t\ufffd" for sign in text[:4000]) > 40:
        raise refuse(file, N_("This is neither a workbook nor text. Send the sheet as XLSX, ODS or CSV."))
    rows = content.count(b"\n")
    return Opened(path, file, FileKind.TEXT, (SheetAbout("", rows),), encodings, find_delimiter(text))


def _opened_book(path: Path, file: str, kind: FileKind) -> Opened:
    try:
        # By its content: a path would be judged by its ending.
        book = load_workbook(BytesIO(path.read_bytes()))
        found, last = [], None
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                if sheet.start is not None:
                    last = sheet
                    found.append(SheetAbout(about.name, sheet.total_height, about.visible != SheetVisibleEnum.Visible))
    except (CalamineError, BadZipFile, OSError, ValueError):
        raise refuse(
            file, N_("The workbook is damaged or protected by a password; open it and save it again.")
        ) from None
    if not found:
        raise refuse(file, N_("The workbook holds no filled sheet."))
    opened = Opened(path, file, kind, tuple(found), _last=last)
    opened.__dict__["_book"] = book
    for sheet_about in found:
        if sheet_about.is_hidden:
            opened.notices.append(
                Problem(
                    N_("The sheet “%(sheet)s” is hidden. It is not read unless you choose it."),
                    {"sheet": sheet_about.name},
                    file=file,
                )
            )
    return opened
