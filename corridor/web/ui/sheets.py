"""A list as a file: the rows that a page shows, as CSV or XLSX, with the same words in the head."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpRequest, HttpResponse

KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
# The most rows in one file; a longer list is narrowed by its filters.
MOST_ROWS = 10_000
# A cell that begins so is taken for a formula by spreadsheet programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | date | None


def wanted_sheet(request: HttpRequest) -> str:
    """ "csv" or "xlsx" where the address asks for a file, else nothing."""
    kind = request.GET.get("format", "")
    return kind if kind in KINDS else ""


def sheet_answer(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The file ``NAME.csv`` or ``NAME.xlsx``. Days as days (ISO 8601 in CSV), the first row says what stands in each column."""
    content = _csv(heads, rows) if kind == "csv" else _xlsx(heads, rows)
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def _xlsx(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    as_day, as_head = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
    sheet.write_row(0, 0, heads, as_head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, as_day)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, str(cell))
    sheet.autofit()
    book.close()
    return packed.getvalue()
