"""What the fast reader does not tell of an ODS workbook: hidden and filtered rows and columns, errors, formulas without a value, its span."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import ZipFile

from .marks import Marks

_PIECE = re.compile(
    rb"<table:table\s[^>]*>|</table:table>|<table:table-row\b[^>]*>|</table:table-row>|<table:table-column\b[^>]*>"
    rb"|<table:(?:covered-)?table-cell\b[^>]*>"
)
_LINES = re.compile(rb"<table:table\s[^>]*>|</table:table>|<table:table-row\b[^>]*>|<table:table-column\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:-]+)="([^"]*)"')
_SAID = re.compile(rb"<text:p\b[^>]*>([^<]*)")
_FAULTY = (b'calcext:value-type="error"', b"table:formula=")
_MERGED = b"-spanned="
# So many hidden rows or columns are counted one by one; the rest of an endless repetition holds nothing.
_MOST_HIDDEN = 100_000


def marks_of_ods(path: Path, sheet: str) -> Marks:
    """The marks of one sheet of an ODS workbook."""
    marks = Marks()
    with ZipFile(path) as packed:
        content = packed.read("content.xml")
    marks.from_1904 = b'table:date-value="1904-01-01"' in content
    # Every cell is looked at only where the file holds such a mark at all.
    has_cells = any(sign in content for sign in (*_FAULTY, _MERGED))
    for piece, row, column, count in _walk(content, sheet, _PIECE if has_cells else _LINES):
        tag, attributes = piece[0], _attributes(piece[0])
        if tag.startswith((b"<table:table-row", b"<table:table-column")):
            if (visibility := attributes.get("table:visibility")) in {"collapse", "filter"}:
                is_row = tag.startswith(b"<table:table-row")
                places = range(row if is_row else column, (row if is_row else column) + min(count, _MOST_HIDDEN))
                (marks.hidden_rows if is_row else marks.hidden_columns).update(places)
                marks.is_filtered |= visibility == "filter"
        elif has_cells:
            _note_cell(content, piece, attributes, row, column, count, marks)
    return marks


def _note_cell(
    content: bytes, piece: re.Match[bytes], attributes: dict[str, str], row: int, column: int, count: int, marks: Marks
) -> None:
    wide = int(attributes.get("table:number-columns-spanned", "1"))
    high = int(attributes.get("table:number-rows-spanned", "1"))
    if wide > 1 or high > 1:
        marks.merged.append((row, column, row + high - 1, column + wide - 1))
    said = None
    if attributes.get("calcext:value-type") == "error":
        found = _SAID.match(content, piece.end())
        said = unescape(found[1].decode("utf-8", "replace")) if found else "#VALUE!"
    elif "table:formula" in attributes and "office:value-type" not in attributes:
        said = ""
    if said is not None:
        marks.faulty.update({(row, place): said for place in range(column, column + min(count, 1_000))})


def _walk(content: bytes, sheet: str, pieces: re.Pattern[bytes]) -> Iterator[tuple[re.Match[bytes], int, int, int]]:
    """Rows, columns and cells of a sheet with the row and column (from 1) at which each begins, and how often it is repeated."""
    row, column, next_row, is_here = 0, 1, 1, False
    for found in pieces.finditer(content):
        tag = found[0]
        if tag.startswith(b"<table:table "):
            is_here = _attributes(tag).get("table:name") == sheet
            row, column, next_row = 0, 1, 1
        elif tag.startswith(b"</table:table>"):
            is_here = False
        elif is_here and tag.startswith(b"<table:table-row"):
            count = _repeated(tag, b"rows")
            row, column = next_row, 1
            next_row += count
            yield found, row, column, count
        elif is_here and not tag.startswith(b"</"):
            count = _repeated(tag, b"columns")
            yield found, row, column, count
            column += count


def span_of_ods(content: bytes) -> tuple[int, int]:
    """(rows, columns) from the first cell to the last filled one of the sheet with the most cells."""
    most = (0, 0)
    row = column = rows = columns = repeated = 0
    for found in _PIECE.finditer(content):
        tag = found[0]
        if tag.startswith(b"<table:table "):
            row = rows = columns = 0
        elif tag.startswith(b"<table:table-row"):
            repeated, column = _repeated(tag, b"rows"), 0
            row += repeated
        elif b"table-cell" in tag[:30]:
            column += _repeated(tag, b"columns")
            if not tag.endswith(b"/>") or b"office:value" in tag:
                rows, columns = max(rows, row), max(columns, column)
                most = max(most, (rows, columns), key=lambda span: span[0] * span[1])
    return most


def _repeated(tag: bytes, what: bytes) -> int:
    found = re.search(rb"table:number-" + what + rb'-repeated="(\d{1,9})"', tag)
    return int(found[1]) if found else 1


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(tag)}
