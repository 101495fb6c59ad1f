"""The same file again, with a column of remarks in the reader's language; and the file of all records, which is also the template."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext, override

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..columns import Cell, as_written
from ..importing import Fault, ImportKind, Shift, Verdict, written
from ..intake.pass_through import Table
from ..intake.sniffing import FileKind
from ..models import Import
from .books import book_of
from .looking import see_import
from .moving import NotNow, require_kind
from .preparing import table_of
from .remarking import Remark, with_remarks
from .remembering import parts_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What comes back as it was, with one column more.
MEDIA = {FileKind.XLSX: XLSX, FileKind.XLSM: "application/vnd.ms-excel.sheet.macroEnabled.12"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def file_with_remarks(*, key: object, kind: ImportKind, language: str, by: Actor) -> tuple[str, str, bytes]:
    """(file name, media type, bytes). :raises NotFound: if the file is no longer kept. :raises NotNow: before a dry run."""
    held = see_import(key=key, by=by)
    if held.stored_as and held.checked_at is None:
        raise NotNow(N_("The rows of %(file)s are not checked yet; there is nothing to remark."), file=held.file_name)
    with override(language), table_of(held) as table:
        remarks = dict(_remarks(held, kind))
        stem = held.file_name.rpartition(".")[0] or held.file_name
        head_row = table.head.row + table.head.depth - 1
        remarks[head_row] = Remark(gettext("Remarks"))
        if table.opened.is_text:
            return f"{stem}-remarks.csv", "text/csv", _text(table, remarks)
        if table.opened.kind in MEDIA:
            content = with_remarks(table.opened.path, table.sheet, remarks)
            if content is not None:
                return f"{stem}-remarks.{table.opened.kind}", MEDIA[table.opened.kind], content
        return f"{stem}-remarks.xlsx", XLSX, _plain(table.opened.rows(table.sheet), remarks)


def _remarks(held: Import, kind: ImportKind) -> Iterator[tuple[int, Remark]]:
    """(row, remark) for every row about which there is something to say."""
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
            yield number, Remark(" ".join(parts), "bad" if verdict == Verdict.REFUSED else "warn")


def _places(each: Shift, labels: Mapping[str, str]) -> dict[str, str]:
    return {"column": labels.get(each.column, each.column), "old": each.old, "new": each.new}


def fault_text(fault: Fault, labels: Mapping[str, str]) -> str:
    """ "Day of birth: “31/02/2001” is no day. Look at the month and the day." in the active language."""
    said = sentence(Problem(fault.message, dict(fault.places)))
    fix = sentence(Problem(fault.fix, dict(fault.places))) if fault.fix else ""
    if not fault.column:
        return f"{said} {fix}".strip()
    what = gettext("%(column)s: %(sentence)s") % {"column": labels.get(fault.column, fault.column), "sentence": said}
    return f"{what} {fix}".strip()


def _text(table: Table, remarks: Mapping[int, Remark]) -> bytes:
    out, width = StringIO(), len(table.head.names)
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\r\n")
    for number, cells in table.opened.rows(table.sheet, encoding=table.encoding, delimiter=table.delimiter):
        # All remarks stand in one column, also behind a row that breaks off early.
        short = [""] * (width - len(cells))
        writer.writerow([*cells, *short, remarks[number].text if number in remarks else ""])
    text = out.getvalue()
    try:
        return text.encode("utf-8-sig" if table.encoding == "utf-8" else table.encoding)
    except UnicodeEncodeError:
        # The old encoding has no letters for these remarks.
        return text.encode("utf-8-sig")


def _plain(rows: Iterable[tuple[int, Sequence[Cell]]], remarks: Mapping[int, Remark]) -> bytes:
    packed, held = BytesIO(), list(rows)
    book = xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False})
    page, as_text = book.add_worksheet(), book.add_format({"num_format": "@"})
    as_day, as_time = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    place = max((len(cells) for _number, cells in held), default=0)
    page.set_column(place, place, 60)
    for number, cells in held:
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(
                    number - 1,
                    column,
                    cell,
                    as_time if isinstance(cell, datetime) and cell.time() != time() else as_day,
                )
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                page.write_number(number - 1, column, cell)
            elif text := cell if isinstance(cell, str) else as_written(cell):
                page.write_string(number - 1, column, text, as_text)
        if number in remarks:
            page.write_string(number - 1, place, remarks[number].text, as_text)
    book.close()
    return packed.getvalue()


def export_file(
    *, kind: ImportKind, form: str, language: str, on: date, by: Actor, narrowed: Mapping[str, str] | None = None
) -> tuple[str, str, bytes]:
    """
    The records of the kind that this actor may see, in the columns that an import takes: edit it and send it back. ``form`` is one
    of the kind's; ``narrowed`` as the kind says (narrows). References are locked in the workbook; choices are lists; what begins like a formula is
    text.

    :raises BadInput: for something that the kind cannot be narrowed by.
    """
    require_kind(kind, by=by)
    if form not in kind.forms:
        message = N_("%(kind)s is written as one of: %(forms)s.")
        raise BadInput([Problem(message, {"kind": kind.name, "forms": ", ".join(kind.forms)}, column="form")])
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
    if form == "zip":
        return kind.packed(kind.export(by=by, on=on, narrowed=chosen))
    names = [column.name for column in kind.columns]
    with override(language):
        heads = [gettext(column.label) for column in kind.columns]
        rows = ([written(values.get(name)) for name in names] for values in kind.export(by=by, on=on, narrowed=chosen))
        if form == "csv":
            return f"{kind.name}.csv", "text/csv; charset=utf-8", _csv(heads, rows)
        return f"{kind.name}.xlsx", XLSX, book_of(kind, heads, rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
