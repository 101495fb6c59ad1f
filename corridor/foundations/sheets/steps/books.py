"""The workbook of an export, which is also the template: references locked, choices as lists, what each column wants in a note."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice

import xlsxwriter
from django.utils.translation import gettext
from rustpy_xlsxwriter import Format, write_worksheet

from ..importing import ImportColumn, ImportKind

# Free rows below those that are written, for new records.
ROOM = 500
# Above so many rows the fast writer is taken. It cannot allow anything in a protected sheet, and the first note says so.
LONG = 2_000
LONGEST_LIST, WIDTH, GREY = 255, 24, "#F2F2F2"
_ALLOWED = dict.fromkeys(
    ["insert_rows", "delete_rows", "sort", "autofilter", "format_columns", "format_cells"], True
)  # fmt: skip


def book_of(kind: ImportKind, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is text, whatever it begins with. The notes are in the active language."""
    first = list(islice(rows, LONG + 1))
    # The fast writer knows columns by their heads.
    is_long = len(first) > LONG and len(set(heads)) == len(heads)
    return (_long if is_long else _short)(kind, heads, chain(first, rows))


def _short(kind: ImportKind, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(kind.name[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    free, locked = (
        book.add_format({"num_format": "@", "locked": False}),
        book.add_format({"num_format": "@", "bg_color": GREY}),
    )
    styles = [locked if _is_locked(column) else free for column in kind.columns]
    page.write_row(0, 0, heads, head)
    page.freeze_panes(1, 1)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            style = styles[place]
            page.write_string(count, place, cell, style) if cell else page.write_blank(count, place, None, style)
    last = count + ROOM
    for place, column in enumerate(kind.columns):
        # New rows need no reference; those of the records that stand are not to be overwritten by chance.
        page.set_column(place, place, WIDTH, free)
        if note := _note(column):
            page.write_comment(0, place, note)
        if column.read.offers:
            page.data_validation(
                1, place, last, place, {"validate": "list", "source": list(column.read.offers), "error_type": "warning"}
            )
    page.protect("", _ALLOWED)
    book.close()
    return packed.getvalue()


def _long(kind: ImportKind, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    packed = BytesIO()
    notes = {head: note for head, column in zip(heads, kind.columns, strict=True) if (note := _note(column))}
    said = gettext(
        "This sheet is long: to sort it, to insert rows or to write references, take its protection off; there is no password."
    )
    notes[heads[0]] = f"{notes.get(heads[0], '')} {said}".strip()
    write_worksheet(
        _records(heads, rows),
        packed,
        kind.name[:31],
        password="",
        freeze_row=1,
        freeze_col=1,
        column_width=WIDTH,
        column_formats=[
            Format().set_num_format("@").set_background_color(GREY)
            if _is_locked(column)
            else Format().set_num_format("@").set_unlocked()
            for column in kind.columns
        ],
        header_format=Format().set_bold().set_text_wrap().set_align("top"),
        data_validations={
            head: {"type": "list", "values": list(column.read.offers), "error_style": "warning"}
            for head, column in zip(heads, kind.columns, strict=True)
            if column.read.offers and len(",".join(column.read.offers)) <= LONGEST_LIST
        },
        notes={head: {"text": note, "author": "Corridor"} for head, note in notes.items()},
    )
    return packed.getvalue()


def _records(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[dict[str, str | None]]:
    for row in rows:
        yield {head: cell or None for head, cell in zip(heads, row, strict=True)}
    # The lists of choices reach as far down as there are rows.
    empty: dict[str, str | None] = dict.fromkeys(heads)
    for _ in range(ROOM):
        yield empty


def _is_locked(column: ImportColumn) -> bool:
    return column.is_reference or column.is_told


def _note(column: ImportColumn) -> str:
    if column.about:
        return gettext(column.about)
    return gettext("Needed in every row.") if column.required else ""
