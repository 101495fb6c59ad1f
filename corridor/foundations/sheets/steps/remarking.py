"""
A workbook as it came, with one column more: every other byte of its cells, their styles, formulas and values, stays as its sender left it.

The sheet's own XML gets the cells; a library that reads and writes whole workbooks would lose the values that stand beside formulas.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import column_index_from_string, get_column_letter

from ..intake.marks import MOST_COLUMNS, part_of_sheet

_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(/?)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})\d+\"[^>]*?(/?)>")
_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_SPANS = re.compile(rb"\sspans=\"[^\"]*\"")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*/>")
_COLUMN = re.compile(rb"<((?:\w+:)?)col\b([^>]*?)/>")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STYLES = "xl/styles.xml"
_WIDTH = 60
_FILLS = {"bad": "FFFDE7E7", "warn": "FFFFF6DB"}


@dataclass(frozen=True)
class Remark:
    """``look`` is "bad", "warn", or "" for the head of the column."""

    text: str
    look: str = ""


def with_remarks(path: Path, sheet: str, remarks: Mapping[int, Remark]) -> bytes | None:
    """The workbook with the remarks at the end of their rows; None where no column is left for them."""
    packed = BytesIO()
    with ZipFile(path) as given, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        part = part_of_sheet(given, sheet)
        if part is None:
            return None
        page = given.read(part)
        place = 1 + max((column_index_from_string(letters.decode()) for letters in _filled(page)), default=0)
        if place > MOST_COLUMNS:
            return None
        styles, looks = _styled(given.read(_STYLES) if _STYLES in given.namelist() else b"")
        for each in given.infolist():
            content = given.read(each)
            if each.filename == part:
                content = _remarked(page, remarks, place, looks)
            elif each.filename == _STYLES:
                content = styles
            made.writestr(each, content, ZIP_DEFLATED)
    return packed.getvalue()


def _filled(page: bytes) -> set[bytes]:
    """The letters of the columns in which something stands."""
    return {letters for letters, is_empty in set(_CELL.findall(page)) if not is_empty}


def _remarked(page: bytes, remarks: Mapping[int, Remark], place: int, looks: Mapping[str, int]) -> bytes:
    page = _widened(_DIMENSION.sub(b"", page, count=1), place)
    parts, at, number = [], 0, 0
    for found in _ROW.finditer(page):
        prefix, attributes, is_empty = found.groups()
        said = _NUMBER.search(attributes)
        number = int(said[1]) if said else number + 1
        remark = remarks.get(number)
        if remark is None:
            continue
        begin = b"<" + prefix + b"row" + _SPANS.sub(b"", attributes)
        close = b"</" + prefix + b"row>"
        end = found.end() if is_empty else page.index(close, found.end())
        before, after = _around(page[found.end() : end], place)
        parts += [
            page[at : found.start()],
            begin.rstrip(),
            b">",
            before,
            _cell(prefix, number, place, remark, looks),
            after,
        ]
        parts += [close] if is_empty else []
        at = end
    return b"".join([*parts, page[at:]])


def _around(cells: bytes, place: int) -> tuple[bytes, bytes]:
    """The cells of a row before the place and behind it; an empty cell that only has a style gives its place up."""
    for found in _CELL.finditer(cells):
        column = column_index_from_string(found[1].decode())
        if column == place:
            return cells[: found.start()], cells[found.end() :]
        if column > place:
            return cells[: found.start()], cells[found.start() :]
    return cells, b""


def _cell(prefix: bytes, number: int, place: int, remark: Remark, looks: Mapping[str, int]) -> bytes:
    tag = prefix.decode()
    style = f' s="{looks[remark.look]}"' if remark.look in looks else ""
    text = escape(_CONTROLS.sub("", remark.text), quote=False)
    address = f"{get_column_letter(place)}{number}"
    return (
        f'<{tag}c r="{address}"{style} t="inlineStr"><{tag}is><{tag}t xml:space="preserve">{text}</{tag}t></{tag}is></{tag}c>'
    ).encode()


def _widened(page: bytes, place: int) -> bytes:
    """The page with a width for the new column; where a range of columns covers it, the range is parted."""
    start = re.search(rb"<((?:\w+:)?)sheetData\b", page)
    if start is None:
        return page
    head, prefix = page[: start.start()], start[1]
    ours = b'<%scol min="%d" max="%d" width="%d" customWidth="1"/>' % (prefix, place, place, _WIDTH)
    columns = re.search(rb"<(?:\w+:)?cols\b[^>]*>(.*?)</(?:\w+:)?cols>", head, re.DOTALL)
    if columns is None:
        return head + b"<%scols>%s</%scols>" % (prefix, ours, prefix) + page[start.start() :]
    kept = sorted([*_parted(columns[1], place), (place, ours)])
    inside = b"".join(piece for _first, piece in kept)
    return head[: columns.start(1)] + inside + head[columns.end(1) :] + page[start.start() :]


def _parted(columns: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    for found in _COLUMN.finditer(columns):
        prefix, attributes = found.groups()
        ends = {name: int(re.search(rb"\b%s=\"(\d+)\"" % name, attributes)[1]) for name in (b"min", b"max")}  # type: ignore[index]
        rest = re.sub(rb"\s(?:min|max)=\"\d+\"", b"", attributes)
        for first, last in ((ends[b"min"], min(ends[b"max"], place - 1)), (max(ends[b"min"], place + 1), ends[b"max"])):
            if first <= last:
                yield first, b'<%scol min="%d" max="%d"%s/>' % (prefix, first, last, rest)


def _styled(styles: bytes) -> tuple[bytes, dict[str, int]]:
    """The styles with two more, and their numbers; as they are, and none, where they are not written as most programs write them."""
    fills = re.search(rb'<fills count="(\d+)">', styles)
    looks = re.search(rb'<cellXfs count="(\d+)">', styles)
    if fills is None or looks is None or b"</fills>" not in styles or b"</cellXfs>" not in styles:
        return styles, {}
    first_fill, first_look = int(fills[1]), int(looks[1])
    new_fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
        for colour in _FILLS.values()
    )
    new_looks = "".join(
        f'<xf numFmtId="0" fontId="0" fillId="{first_fill + number}" borderId="0" xfId="0" applyFill="1" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf>'
        for number in range(len(_FILLS))
    )
    styles = styles.replace(fills[0], b'<fills count="%d">' % (first_fill + len(_FILLS)), 1)
    styles = styles.replace(b"</fills>", new_fills.encode() + b"</fills>", 1)
    styles = styles.replace(looks[0], b'<cellXfs count="%d">' % (first_look + len(_FILLS)), 1)
    styles = styles.replace(b"</cellXfs>", new_looks.encode() + b"</cellXfs>", 1)
    return styles, {look: first_look + number for number, look in enumerate(_FILLS)}
