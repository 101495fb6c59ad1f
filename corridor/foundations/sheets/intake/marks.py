"""What the fast reader of workbooks does not tell, found while the XML streams by: hidden and filtered rows and columns, errors, formulas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

_CHUNK = 1 << 20
# As many as a sheet can have.
MOST_COLUMNS = 16_384
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_FROM_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_PIECE = re.compile(
    rb"<(?:\w+:)?col\s[^>]*>|<(?:\w+:)?row\s[^>]*>|<(?:\w+:)?autoFilter[\s>]|<(?:\w+:)?mergeCell\s[^>]*>"
    rb"|<(?:\w+:)?c\s[^>]*\bt=\"e\"[^>]*>(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>[^<]*<"
    rb"|<(?:\w+:)?c\s[^>]*><(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
# A file of which none of these holds is the usual one, and a plain search is the fastest way through it.
_LITERALS = (
    b"hidden=",
    b'ht="0',
    b'width="0',
    b't="e"',
    b"<f>",
    b"<f ",
    b"<f/",
    b":f>",
    b":f ",
    b":f/",
    b"mergeCell",
    b"autoFilter",
)
_INTERESTING = re.compile(
    rb'hidden="(?:1|true)"|\bht="0[".]|\bwidth="0[".]|t="e"|<(?:\w+:)?f[ />]|mergeCell|autoFilter'
)


@dataclass
class Marks:
    """Rows count from 1, columns from 1. ``faulty`` says for a cell what stands there instead of a value: "#N/A", or "" for a formula."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_filtered: bool = False
    faulty: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    # Days that stand as numbers are counted from 1904, as old Macintoshes did, and not from 1900.
    from_1904: bool = False
    # Workbooks before BIFF8 tell none of this.
    are_known: bool = True


def marks_of_xlsx(path: Path, sheet: str) -> Marks:
    """The marks of one sheet of an XLSX or XLSM workbook."""
    marks = Marks()
    with ZipFile(path) as packed:
        marks.from_1904 = _FROM_1904.search(packed.read("xl/workbook.xml")) is not None
        part = part_of_sheet(packed, sheet)
        if part is None or not _is_interesting(packed, part):
            return marks
        for piece in _pieces(packed, part):
            _note(piece, marks)
    return marks


def part_of_sheet(packed: ZipFile, sheet: str) -> str | None:
    """The name of the part of an XLSX workbook in which a sheet stands."""
    book = packed.read("xl/workbook.xml")
    relations = {}
    for found in _RELATION.finditer(packed.read("xl/_rels/workbook.xml.rels")):
        attributes = _attributes(found[0])
        relations[attributes.get("Id", "")] = attributes.get("Target", "")
    for found in _SHEET.finditer(book):
        attributes = _attributes(found[0])
        if attributes.get("name") == sheet:
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            target = relations.get(key, "")
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return name if name in packed.namelist() else None
    return None


def _attributes(tag: bytes) -> dict[str, str]:
    text = tag.decode("utf-8", "replace")
    found = re.findall(r'([\w:]+)\s*=\s*"([^"]*)"', text)
    return {
        name: value.replace("&quot;", '"')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
        for name, value in found
    }


def _is_interesting(packed: ZipFile, part: str) -> bool:
    with packed.open(part) as content:
        before = b""
        while chunk := content.read(_CHUNK):
            window = before + chunk
            if any(each in window for each in _LITERALS) and _INTERESTING.search(window):
                return True
            before = chunk[-64:]
    return False


def _pieces(packed: ZipFile, part: str) -> Iterator[bytes]:
    with packed.open(part) as content:
        before = b""
        while chunk := content.read(_CHUNK):
            window = before + chunk
            # A cell may lie across two chunks: what follows the last row's end waits for more.
            cut = window.rfind(b"</c>") + 4 if b"</c>" in window else len(window)
            for found in _PIECE.finditer(window, 0, cut):
                yield found[0]
            before = window[cut:]
        for found in _PIECE.finditer(before):
            yield found[0]


def _note(piece: bytes, marks: Marks) -> None:
    name = re.match(rb"<(?:\w+:)?(\w+)", piece)
    kind = name[1] if name else b""
    attributes = _attributes(piece[: piece.index(b">") + 1] if b">" in piece else piece)
    is_hidden = attributes.get("hidden") in {"1", "true"} or _is_flat(
        attributes.get("ht" if kind == b"row" else "width")
    )
    if kind == b"row" and is_hidden and attributes.get("r", "").isdigit():
        marks.hidden_rows.add(int(attributes["r"]))
    elif kind == b"col" and is_hidden:
        first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
        marks.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
    elif kind == b"autoFilter":
        marks.is_filtered = True
    elif kind == b"mergeCell" and ":" in attributes.get("ref", ""):
        first_cell, last_cell = attributes["ref"].split(":")
        (row, column), (last_row, last_column) = place_of(first_cell), place_of(last_cell)
        marks.merged.append((row, column, last_row, last_column))
    elif kind == b"c" and "r" in attributes and not _is_empty_text(piece, attributes):
        said = re.search(rb"<(?:\w+:)?v>([^<]*)<$", piece) if attributes.get("t") == "e" else None
        marks.faulty[place_of(attributes["r"])] = said[1].decode("utf-8", "replace") if said else ""


def _is_flat(size: str | None) -> bool:
    """A row or a column of no height or width is hidden in all but name; a spreadsheet program may leave a ten-thousandth."""
    try:
        return size is not None and float(size) < 0.01
    except ValueError:
        return False


def _is_empty_text(piece: bytes, attributes: dict[str, str]) -> bool:
    """A formula whose value is a text of no letters has one."""
    return attributes.get("t") == "str" and b"<v" in piece.replace(b":v", b"<v")


def place_of(address: str) -> tuple[int, int]:
    """(row, column) of "B5": (5, 2)."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index_from_string(letters)
