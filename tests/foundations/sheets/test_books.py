"""The workbook of an export says the same whether it is short or long: locked references, lists of choices, text that stays text."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from corridor.foundations.sheets.intake.opening import open_file
from corridor.foundations.sheets.steps.books import LONG, ROOM, book_of
from corridor.rooms.people.importing import PeopleImport

KIND = PeopleImport()
# Where the reference stands, the name and the sex.
PLACES = [1 + [column.name for column in KIND.columns].index(name) for name in ("reference", "own_name", "sex")]
HEADS = [column.label for column in KIND.columns]
SIZES = pytest.mark.parametrize("count", [3, LONG + 1], ids=["short", "long"])
UNPROTECT = "take its protection off"


def rows(count):
    for number in range(1, count + 1):
        name = {1: "=1+1", 2: 'ຄຳ <&> "ແກ້ວ"'}.get(number, f"ສີ {number}")
        filled = {
            "reference": f"P-{number}",
            "own_name": name,
            "own_language": "lo",
            "sex": "female",
            "born_on": "2001-02-03",
        }
        yield [filled.get(column.name, "") for column in KIND.columns]


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
    # Empty cells behind the last filled one of all rows are no cells.
    width = max(map(len, read))
    assert read == [HEADS, *([*row[:width], *[""] * (width - len(row))] for row in rows(count))]
    assert not opened.marks("people").faulty


@SIZES
def test_references_are_locked_and_what_may_be_changed_is_not(count):
    found = page(count)
    assert found.protection.sheet
    assert [found.cell(3, place).protection.locked for place in PLACES] == [True, False, False]
    assert found["B2"].data_type == "s"  # a formula that somebody is called is text
    assert {found.cell(2, place).number_format for place in PLACES} == {"@"}


@SIZES
def test_choices_are_lists_also_in_the_free_rows_below(count):
    lists = {rule.formula1: str(rule.sqref) for rule in page(count).data_validations.dataValidation}
    last = count + 1 + ROOM
    letters = {column.name: get_column_letter(place) for place, column in enumerate(KIND.columns, start=1)}
    offered = {column.name: column.read.offers for column in KIND.columns if column.read.offers}
    assert offered["sex"] == ("female", "male", "unknown")
    expected = {f'"{",".join(offers)}"': f"{letters[name]}2:{letters[name]}{last}" for name, offers in offered.items()}
    assert lists == expected


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
