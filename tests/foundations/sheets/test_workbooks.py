"""Workbooks: what a spreadsheet program hides or computes is told, never guessed."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, SheetKind
from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import BadInput

KIND = SheetKind(
    name="visits",
    pattern="visits.*",
    columns=(Column("place", read.text(40)), Column("day", read.day), Column("people", read.whole())),
    take=len,
)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    def write(change: Callable[[Any, Any], None] = lambda _book, _sheet: None) -> Path:
        path = tmp_path / "visits.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("visits")
            iso = book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write_row(0, 0, ["place", "day", "people"])
            sheet.write_row(1, 0, ["重庆"])
            sheet.write_datetime(1, 1, datetime(2023, 3, 1), iso)  # noqa: DTZ001 (a cell has no zone)
            sheet.write(1, 2, 12)
            change(book, sheet)
        return path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_sheet(path, kind=KIND)
    return [str(problem) for problem in refused.value.problems]


def test_a_workbook_gives_days_and_whole_numbers(workbook):
    (row,) = read_sheet(workbook(), kind=KIND)
    assert (row["place"], row["day"], row["people"]) == ("重庆", date(2023, 3, 1), 12)


def test_a_formula_counts_with_the_value_it_was_saved_with(workbook):
    (row,) = read_sheet(workbook(lambda _book, sheet: sheet.write_formula(1, 2, "=6*7", value=42)), kind=KIND)
    assert row["people"] == 42


def test_a_formula_without_a_value_is_not_calculated(workbook):
    path = workbook()
    book = load_workbook(path)
    book["visits"]["C2"] = "=6*7"
    book.save(path)
    assert any("formula without a value" in problem for problem in problems(path))


def test_an_error_cell_is_named(workbook):
    found = problems(workbook(lambda _book, sheet: sheet.write_formula(1, 2, "=NA()", value="#N/A")))
    assert "visits.xlsx, row 2, C: The cell holds the error #N/A." in found


def test_hidden_rows_and_columns_are_refused(workbook):
    assert problems(workbook(lambda _book, sheet: sheet.set_row(1, None, None, {"hidden": True}))) == [
        "visits.xlsx, row 2: The row is hidden; show it or take it out."
    ]
    assert problems(workbook(lambda _book, sheet: sheet.set_column(2, 2, None, None, {"hidden": True}))) == [
        "visits.xlsx, C: A column is hidden; show it or take it out."
    ]


def test_several_filled_sheets_are_refused_by_name(workbook):
    def second(book: Any, sheet: Any) -> None:
        hidden = book.add_worksheet("old")
        hidden.write(0, 0, "place")
        hidden.hide()

    assert "(visits, old)" in problems(workbook(second))[0]


def test_an_empty_second_sheet_does_no_harm(workbook):
    assert len(read_sheet(workbook(lambda book, _sheet: book.add_worksheet("Sheet2")), kind=KIND)) == 1


def test_merged_cells_are_refused(workbook):
    assert "Cells are merged" in problems(workbook(lambda _book, sheet: sheet.merge_range(2, 0, 2, 2, "Total")))[-1]


def test_a_number_where_a_day_belongs_is_refused(workbook):
    found = problems(workbook(lambda _book, sheet: sheet.write(1, 1, 45000)))
    assert found == ["visits.xlsx, row 2, day: “45000” is a number, not a day; give the cell the format of a date."]


def test_a_damaged_workbook_is_refused(workbook):
    path = workbook()
    path.write_bytes(path.read_bytes()[:400])
    assert problems(path) == ["visits.xlsx: The workbook is damaged; open it and save it again."]
