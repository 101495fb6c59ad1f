"""
What the fast reader does not tell of a workbook of the old format (XLS, BIFF8): hidden rows and columns, filters, errors, merged cells, macros.

The file is a compound file ([MS-CFB]): sectors in chains, one of which is the workbook; that is a run of records ([MS-XLS] 2.3).
"""

import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from struct import unpack_from

from .marks import Marks

_ROW, _COLUMN, _ERROR, _FORMULA, _MERGED, _FILTERED, _SHEET, _EPOCH, _END = (
    0x0208, 0x007D, 0x0205, 0x0006, 0x00E5, 0x009B, 0x0085, 0x0022, 0x000A,
)  # fmt: skip
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_SECTOR = 0xFFFFFFFA
_MACRO = "_VBA_PROJECT".encode("utf-16-le")


def has_macro(path: Path) -> bool:
    return _MACRO in path.read_bytes()


def marks_of_xls(path: Path, sheet: str) -> Marks:
    """The marks of one sheet; ``are_known`` is False where the file is older than BIFF8 or not built as it should be."""
    marks = Marks()
    try:
        book = _stream(path.read_bytes())
        start = None
        for kind, at, length in _records(book, 0):
            if kind == _EPOCH:
                marks.from_1904 = unpack_from("<H", book, at)[0] == 1
            elif kind == _SHEET and _name(book, at, length) == sheet:
                start = unpack_from("<I", book, at)[0]
        if start is None:
            return Marks(are_known=False)
        for kind, at, length in _records(book, start):
            _note(kind, book, at, length, marks)
    except (struct.error, IndexError, StopIteration, UnicodeDecodeError):
        return Marks(are_known=False)
    return marks


def _note(kind: int, book: bytes, at: int, length: int, marks: Marks) -> None:
    if kind == _ROW:
        row, flags = unpack_from("<H", book, at)[0], unpack_from("<H", book, at + 12)[0]
        if flags & 0x20:
            marks.hidden_rows.add(row + 1)
    elif kind == _COLUMN:
        first, last, _width, _style, flags = unpack_from("<5H", book, at)
        if flags & 1:
            marks.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind == _ERROR:
        row, column, _style, value, is_error = unpack_from("<3H2B", book, at)
        if is_error:
            marks.faulty[row + 1, column + 1] = _ERRORS.get(value, "#VALUE!")
    elif kind == _FORMULA:
        row, column, _style, what = unpack_from("<3HB", book, at)
        if what == 2 and unpack_from("<H", book, at + 12)[0] == 0xFFFF:
            marks.faulty[row + 1, column + 1] = _ERRORS.get(book[at + 8], "#VALUE!")
    elif kind == _MERGED:
        for place in range(at + 2, at + min(length, 2 + 8 * unpack_from("<H", book, at)[0]), 8):
            top, bottom, left, right = unpack_from("<4H", book, place)
            marks.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    elif kind == _FILTERED:
        marks.is_filtered = True


def _records(book: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(kind, where its content begins, how long it is) for every record up to the end of this part of the workbook."""
    at = start
    while at + 4 <= len(book):
        kind, length = unpack_from("<2H", book, at)
        if kind == _END:
            return
        yield kind, at + 4, length
        at += 4 + length


def _name(book: bytes, at: int, length: int) -> str:
    count, is_wide = unpack_from("<2B", book, at + 6)
    text = book[at + 8 : at + min(length, 8 + count * (2 if is_wide & 1 else 1))]
    return text.decode("utf-16-le" if is_wide & 1 else "latin-1")


def _stream(content: bytes) -> bytes:
    """The bytes of the workbook, from the sectors of the compound file."""
    sector = 1 << unpack_from("<H", content, 30)[0]
    (first_folder,) = unpack_from("<I", content, 48)
    shortest, first_small = unpack_from("<2I", content, 56)
    table = _table(content, sector)
    folder = _chain(content, table, first_folder, sector)
    root = folder[:128]
    for entry in (folder[place : place + 128] for place in range(0, len(folder), 128)):
        (length,) = unpack_from("<H", entry, 64)
        if entry[: max(length - 2, 0)].decode("utf-16-le") in {"Workbook", "Book"} and entry[66] == 2:
            start, size = unpack_from("<2I", entry, 116)
            if size >= shortest:
                return _chain(content, table, start, sector)[:size]
            smalls = _numbers(_chain(content, table, first_small, sector))
            small = _chain(content, table, unpack_from("<I", root, 116)[0], sector)
            return b"".join(small[64 * number : 64 * number + 64] for number in _links(smalls, start))[:size]
    raise IndexError


def _table(content: bytes, sector: int) -> list[int]:
    """Which sector follows which."""
    places = list(unpack_from("<109I", content, 76))
    more, count = unpack_from("<2I", content, 68)
    for _each in range(min(count, len(content) // sector)):
        block = _numbers(_sector(content, more, sector))
        places += block[:-1]
        more = block[-1]
    return [number for place in places if place < _NO_SECTOR for number in _numbers(_sector(content, place, sector))]


def _chain(content: bytes, table: list[int], start: int, sector: int) -> bytes:
    return b"".join(_sector(content, number, sector) for number in _links(table, start))


def _links(table: list[int], start: int) -> Iterator[int]:
    """The numbers of a chain; one that bites its tail ends after as many sectors as there are."""

    def follow() -> Iterator[int]:
        number = start
        while number < _NO_SECTOR:
            yield number
            number = table[number]

    return islice(follow(), len(table))


def _sector(content: bytes, number: int, sector: int) -> bytes:
    return content[(number + 1) * sector : (number + 2) * sector]


def _numbers(block: bytes) -> list[int]:
    return list(unpack_from(f"<{len(block) // 4}I", block))
