"""The workbook of an export says the same whether it is short or long: locked references, lists of choices, text that stays text."""

from io import BytesIO

import openpyxl
import pytest

from corridor.foundations.sheets.intake.opening import open_file
from corridor.foundations.sheets.steps.books import LONG, ROOM, book_of
from corridor.rooms.people.importing import PeopleImport

KIND = PeopleImport()
HEADS = [column.label for column in KIND.columns]
SIZES = pytest.mark.parametrize("count", [3, LONG + 1], ids=["short", "long"])
UNPROTECT = "take its protection off"


def rows(count):
    for number in range(1, count + 1):
        name = {1: "=1+1", 2: 'ຄຳ <&> "ແກ້ວ"'}.get(number, f"ສີ {number}")
        yield [f"P-{number}", name, "lo", "", "female", "2001-02-03", "LA", "named"]


def book(count):
    return book_of(KIND, HEADS, rows(count))


def page(count):
    return openpyxl.load_workbook(BytesIO(book(count))).worksheets[0]


@SIZES
def test_what_was_written_is_read_back(count, tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(book(count))
    opened = open_file(path, file=path.name)
    read = [cells for _number, cells in opened.rows("people")]
    assert read == [HEADS, *rows(count)]
    assert not opened.marks("people").faulty


@SIZES
def test_references_are_locked_and_what_may_be_changed_is_not(count):
    found = page(count)
    assert found.protection.sheet
    assert [found.cell(3, place).protection.locked for place in (1, 2, 5)] == [True, False, False]
    assert found["B2"].data_type == "s"  # a formula that somebody is called is text
    assert {found.cell(2, place).number_format for place in (1, 2, 6)} == {"@"}


@SIZES
def test_choices_are_lists_also_in_the_free_rows_below(count):
    lists = {rule.formula1: str(rule.sqref) for rule in page(count).data_validations.dataValidation}
    last = count + 1 + ROOM
    assert lists == {'"female,male,unknown"': f"E2:E{last}", '"named,assumed"': f"H2:H{last}"}


@pytest.mark.parametrize(("count", "is_said"), [(3, False), (LONG + 1, True)], ids=["short", "long"])
def test_a_long_book_says_what_it_cannot_do(count, is_said):
    first, second = page(count)["A1"].comment.text, page(count)["B1"].comment.text
    assert "Empty for a new person; a reference is given then." in first
    assert (UNPROTECT in first) is is_said
    assert second.endswith("Needed in every row.")


def test_columns_of_the_same_head_are_all_written():
    same = ["Name", "Name", *HEADS[2:]]
    found = openpyxl.load_workbook(BytesIO(book_of(KIND, same, rows(LONG + 1)))).worksheets[0]
    assert [found["A2"].value, found["B2"].value] == ["P-1", "=1+1"]
