"""Files as offices send them, and as nobody should: workbooks, packed and broken in every way. All are made here."""

import struct
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

LAO, OTHER = "ຄຳຫຼ້າ ສີສະຫວາດ", "ນາງ ແກ້ວ"


def book(*rows: Sequence[Any], change: Callable[[Any], object] = lambda _page: None, from_1904: bool = False) -> bytes:
    """An XLSX workbook of one sheet; ``change`` gets the sheet before it is packed."""
    made = Workbook()
    if from_1904:
        made.epoch = CALENDAR_MAC_1904
    page = made.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    change(page)
    return packed(made)


def packed(made: Workbook) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> bytes:
    """The same package with each part as ``change`` answers it; None leaves it out."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = change(name, given.read(name))
            if part is not None:
                made.writestr(name, part)
        for name, part in (more or {}).items():
            made.writestr(name, part)
    return out.getvalue()


def lying(content: bytes, part: str, *, says: int, holds: int) -> bytes:
    """A package whose list of contents says that a part is small; it unpacks to ``holds`` bytes."""
    grown = repacked(content, lambda name, old: old + b" " * (holds - len(old)) if name == part else old)
    return grown.replace(struct.pack("<I", holds), struct.pack("<I", says))


def ods(
    *rows: Sequence[str], hidden_rows: Iterable[int] = (), hidden_columns: Iterable[int] = (), change: Any = None
) -> bytes:
    """An ODS workbook of text; ``change`` gets the table before it is packed. Hidden rows and columns count from 0."""
    document, table = OpenDocumentSpreadsheet(), Table(name="Learners")
    for place in range(max((len(row) for row in rows), default=0)):
        table.addElement(TableColumn(visibility="collapse") if place in set(hidden_columns) else TableColumn())
    for number, row in enumerate(rows):
        line = TableRow(visibility="collapse") if number in set(hidden_rows) else TableRow()
        for text in row:
            line.addElement(ods_cell(text))
        table.addElement(line)
    if change:
        change(table)
    document.spreadsheet.addElement(table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def ods_cell(text: str, **said: Any) -> TableCell:
    cell = TableCell(valuetype="string", **said) if text else TableCell(**said)
    if text:
        cell.addElement(P(text=text))
    return cell


def endless(table: Table) -> None:
    """One filled cell, said to be repeated ten million times: a few bytes that would fill any memory."""
    line = TableRow(numberrowsrepeated=10_000)
    line.addElement(ods_cell("x", numbercolumnsrepeated=1_000))
    table.addElement(line)


def macro_book(*rows: Sequence[Any]) -> bytes:
    def as_macro(name: str, part: bytes) -> bytes:
        if name != "[Content_Types].xml":
            return part
        plain, macro = (
            b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"ms-excel.sheet.macroEnabled.main+xml",
        )
        return part.replace(plain, macro)

    return repacked(book(*rows), as_macro, {"xl/vbaProject.bin": b"Sub AutoOpen()"})


def hidden_book(*, is_alone: bool) -> bytes:
    """A workbook whose table of learners stands on a hidden sheet; beside it a sheet of notes, unless it is alone."""
    made = Workbook()
    if not is_alone:
        made.active.append(["Notes of the office"])
    page = made.create_sheet("Learners")
    for row in (["Name", "Sex"], [LAO, "F"]):
        page.append(row)
    page.sheet_state = "hidden"
    return packed(made)


def two_sheets() -> bytes:
    made = Workbook()
    for page, name in ((made.active, LAO), (made.create_sheet("More"), OTHER)):
        page.append(["Name", "Sex"])
        page.append([name, "F"])
    return packed(made)
