"""The same file again, with a column of remarks in the reader's language; and the file of all records, which is also the template."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext, override
from openpyxl import load_workbook
from openpyxl.styles import Alignment, PatternFill

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..columns import as_written
from ..importing import Fault, ImportKind, Shift, Verdict, written
from ..intake.sniffing import FileKind
from ..models import Import
from .looking import see_import
from .moving import require_kind
from .preparing import table_of
from .remembering import parts_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Up to so many rows a workbook comes back as it was, only with its remarks; a longer one as a plain sheet of values.
KEPT_AS_IT_WAS = 10_000
ROOM = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BAD, _WARN = "FDE7E7", "FFF6DB"


def file_with_remarks(*, key: object, kind: ImportKind, language: str, by: Actor) -> tuple[str, str, bytes]:
    """(file name, media type, bytes). :raises NotFound: if the file is no longer kept."""
    held = see_import(key=key, by=by)
    with override(language), table_of(held) as table:
        remarks = dict(_remarks(held, kind))
        stem = held.file_name.rpartition(".")[0] or held.file_name
        head_row = table.head.row + table.head.depth - 1
        title = gettext("Remarks")
        if table.opened.is_text:
            rows = table.opened.rows(table.sheet, encoding=table.encoding, delimiter=table.delimiter)
            content = _text(rows, remarks, head_row, title, table.encoding, table.delimiter)
            return f"{stem}-remarks.csv", "text/csv", content
        if table.opened.kind in {FileKind.XLSX, FileKind.XLSM} and held.rows <= KEPT_AS_IT_WAS:
            return f"{stem}-remarks.xlsx", XLSX, _kept(table.opened.path, table.sheet, remarks, head_row, title)
        return f"{stem}-remarks.xlsx", XLSX, _plain(table.opened.rows(table.sheet), remarks, head_row, title)


def _remarks(held: Import, kind: ImportKind) -> Iterator[tuple[int, tuple[str, str]]]:
    """(row, (verdict, sentence)) for every row about which there is something to say."""
    labels = {column.name: gettext(column.label) for column in kind.columns}
    for number, verdict, said in held.verdicts.exclude(said="").values_list("number", "verdict", "said").iterator():
        changes, faults, remarks = parts_of(said)
        parts = [fault_text(fault, labels) for fault in [*faults, *remarks]]
        if verdict == Verdict.UPDATE:
            parts += [
                gettext("%(column)s: “%(old)s” becomes “%(new)s”.") % _places(each, labels)
                for each in changes
            ]  # fmt: skip
        if parts:
            yield number, (verdict, " ".join(parts))


def _places(each: Shift, labels: Mapping[str, str]) -> dict[str, str]:
    return {"column": labels.get(each.column, each.column), "old": each.old, "new": each.new}


def fault_text(fault: Fault, labels: Mapping[str, str]) -> str:
    """ "Day of birth: “31/02/2001” is no day. Look at the month and the day." in the active language."""
    said = sentence(Problem(fault.message, dict(fault.places)))
    fix = sentence(Problem(fault.fix, dict(fault.places))) if fault.fix else ""
    what = gettext("%(column)s: %(sentence)s") % {"column": labels.get(fault.column, fault.column), "sentence": said}
    return f"{what} {fix}".strip()


def _text(
    rows: Iterable[Any], remarks: Mapping[int, Any], head_row: int, title: str, encoding: str, delimiter: str
) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for number, cells in rows:
        said = title if number == head_row else remarks[number][1] if number in remarks else ""
        writer.writerow([*cells, said])
    text = out.getvalue()
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        # The old encoding has no letters for these remarks.
        return text.encode("utf-8-sig")


def _kept(path: Any, sheet: str, remarks: Mapping[int, tuple[str, str]], head_row: int, title: str) -> bytes:
    book = load_workbook(BytesIO(path.read_bytes()))
    page: Any = book[sheet]
    place = page.max_column + 1
    page.cell(head_row, place, title)
    page.column_dimensions[page.cell(head_row, place).column_letter].width = 60
    for number, (verdict, said) in remarks.items():
        cell = page.cell(number, place)
        cell.value, cell.data_type = said, "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.fill = PatternFill("solid", fgColor=_BAD if verdict == Verdict.REFUSED else _WARN)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _plain(rows: Iterable[Any], remarks: Mapping[int, tuple[str, str]], head_row: int, title: str) -> bytes:
    packed = BytesIO()
    book = xlsxwriter.Workbook(
        packed, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    )
    page = book.add_worksheet()
    for number, cells in rows:
        said = title if number == head_row else remarks[number][1] if number in remarks else ""
        for place, cell in enumerate([*cells, said]):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                page.write_number(number - 1, place, cell)
            elif text := as_written(cell):
                page.write_string(number - 1, place, text)
    book.close()
    return packed.getvalue()


def export_file(
    *, kind: ImportKind, form: str, language: str, on: date, by: Actor, narrowed: Mapping[str, str] | None = None
) -> tuple[str, str, bytes]:
    """
    The records of the kind that this actor may see, in the columns that an import takes: edit it and send it back. ``form`` is "xlsx" or
    "csv"; ``narrowed`` as the kind says (narrows). References are locked in the workbook; choices are lists; what begins like a formula is
    text.

    :raises BadInput: for something that the kind cannot be narrowed by.
    """
    require_kind(kind, by=by)
    chosen = {name: value for name, value in (narrowed or {}).items() if value}
    if unknown := [name for name in chosen if name not in kind.narrows]:
        raise BadInput(
            [
                Problem(
                    N_("This sheet cannot be narrowed by “%(name)s”, only by: %(names)s."),
                    {"name": name[:40], "names": ", ".join(kind.narrows) or "–"},
                    column=name[:40],
                )
                for name in unknown
            ]
        )
    names = [column.name for column in kind.columns]
    with override(language):
        heads = [gettext(column.label) for column in kind.columns]
        rows = ([written(values.get(name)) for name in names] for values in kind.export(by=by, on=on, narrowed=chosen))
        if form == "csv":
            return f"{kind.name}.csv", "text/csv; charset=utf-8", _csv(heads, rows)
        return f"{kind.name}.xlsx", XLSX, _book(kind, heads, rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _book(kind: ImportKind, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(kind.name[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    free, locked = (
        book.add_format({"num_format": "@", "locked": False}),
        book.add_format({"num_format": "@", "bg_color": "#F2F2F2"}),
    )
    page.write_row(0, 0, heads, head)
    page.freeze_panes(1, 1)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            style = locked if kind.columns[place].is_reference or kind.columns[place].is_told else free
            page.write_string(count, place, cell, style) if cell else page.write_blank(count, place, None, style)
    last = count + ROOM
    for place, column in enumerate(kind.columns):
        # New rows need no reference; those of the records that stand are not to be overwritten by chance.
        page.set_column(place, place, 24, free)
        if column.about or column.required:
            about = gettext(column.about) if column.about else gettext("Needed in every row.")
            page.write_comment(0, place, about)
        if column.read.offers:
            page.data_validation(
                1, place, last, place, {"validate": "list", "source": list(column.read.offers), "error_type": "warning"}
            )
    page.protect(
        "",
        {
            "insert_rows": True,
            "delete_rows": True,
            "sort": True,
            "autofilter": True,
            "format_columns": True,
            "format_cells": True,
        },
    )
    book.close()
    return packed.getvalue()
