"""Spreadsheets come in as they are: every fault is named with file, row, column and the cell; nothing is guessed."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, SheetKind, languages
from corridor.foundations.sheets.reading import find_sheets, read_sheet
from corridor.kernel.errors import BadInput


class Kind(StrEnum):
    SCHOOL = "school"
    COMPANY = "company"


HEADER = "reference,kind,country,joined_on,seats,latitude,zone,remarks"
GOOD = "chongqing,school,CN,2021-05-20,3,29.5,Asia/Shanghai,first"


@pytest.fixture
def kind() -> SheetKind:
    return SheetKind(
        name="members",
        pattern="members.*",
        columns=(
            Column("reference", read.reference(20)),
            Column("kind", read.choice(Kind)),
            Column("country", read.country),
            Column("joined_on", read.day),
            Column("seats", read.whole(1, 9)),
            Column("latitude", read.decimal(5), required=False),
            Column("zone", read.zone, required=False),
            Column("remarks", read.text(20), required=False),
        ),
        take=len,
        extra=languages("title"),
        unique=("reference",),
    )


@pytest.fixture
def csv_of(tmp_path: Path):
    def write(*lines: str, encoding: str = "utf-8", name: str = "members.csv") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


def problems(path: Path, kind: SheetKind) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_sheet(path, kind=kind)
    return [str(problem) for problem in refused.value.problems]


def test_a_good_sheet_is_read_with_clean_values(csv_of, kind):
    (row,) = read_sheet(csv_of(HEADER, "", GOOD), kind=kind)
    assert row.number == 3
    assert (row["reference"], row["kind"], row["country"]) == ("chongqing", Kind.SCHOOL, "CN")
    assert (row["joined_on"], row["seats"], row["latitude"]) == (date(2021, 5, 20), 3, Decimal("29.5"))


def test_an_empty_optional_cell_is_none_and_empty_text_is_text(csv_of, kind):
    (row,) = read_sheet(csv_of(HEADER, "colombo,company,LK,2022-01-01,1,,,"), kind=kind)
    assert (row["latitude"], row["zone"], row["remarks"]) == (None, None, "")


def test_a_byte_order_mark_is_no_part_of_the_first_name(csv_of, kind):
    assert len(read_sheet(csv_of(HEADER, GOOD, encoding="utf-8-sig"), kind=kind)) == 1


def test_another_encoding_is_named_with_the_byte_and_the_row(csv_of, kind):
    (problem,) = problems(csv_of(HEADER, GOOD, GOOD.replace("first", "重庆"), encoding="gb18030"), kind)
    assert problem.startswith("members.csv, row 3: The file is not UTF-8: byte ")
    assert "(hexadecimal D6)" in problem
    assert "UTF-16" in problems(csv_of(HEADER, GOOD, encoding="utf-16"), kind)[0]


def test_columns_in_another_order_are_found_by_name_and_a_family_by_language(csv_of, kind):
    header = "title_lo," + ",".join(reversed(HEADER.split(","))) + ",title_zh-Hans"
    cells = "ວຽງຈັນ," + ",".join(reversed(GOOD.split(","))) + ","
    (row,) = read_sheet(csv_of(header, cells), kind=kind)
    assert row["country"] == "CN"
    assert row.family("title_") == {"lo": "ວຽງຈັນ"}


def test_missing_unknown_and_double_columns_are_problems_of_the_header(csv_of, kind):
    found = problems(csv_of(HEADER.replace("country", "land").replace("seats", "kind") + ",title_xx-Y", GOOD), kind)
    assert [problem for problem in found if not problem.startswith("members.csv, row 1, ")] == []
    assert "members.csv, row 1, country: The column is missing." in found
    assert "members.csv, row 1, seats: The column is missing." in found
    assert "members.csv, row 1, kind: The column stands there twice." in found
    assert "members.csv, row 1, land: There is no column “land” in this sheet." in found
    assert "members.csv, row 1, title_xx-Y: There is no column “title_xx-Y” in this sheet." in found


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2021-05-20", "2021-02-30", "row 2, joined_on: There is no day 2021-02-30."),
        ("2021-05-20", "20.5.2021", "row 2, joined_on: “20.5.2021” is no day"),
        (
            "2021-05-20",
            "2567-02-01",
            "row 2, joined_on: “2567-02-01” looks like a year of the Buddhist calendar. Is it 2024?",
        ),
        ("2021-05-20", "0021-05-20", "row 2, joined_on: “0021-05-20” lies too far away"),
        ("2021-05-20", "", "row 2, joined_on: The cell is empty."),
        (",3,", ",three,", "row 2, seats: “three” is no whole number"),
        (",3,", ",3.5,", "row 2, seats: “3.5” is no whole number"),
        (",3,", ",12,", "row 2, seats: 12 is out of bounds: from 1 to 9."),
        (",3,", ",=1+2,", "row 2, seats: “=1+2” is no whole number"),
        ("29.5", "north", "row 2, latitude: “north” is no number"),
        ("29.5", "29.123456", "row 2, latitude: “29.123456” has more than 5 places"),
        ("29.5", "NaN", "row 2, latitude: “NaN” is no number"),
        ("CN", "ZX", "row 2, country: “ZX” is no country or region"),
        ("CN", "China", "row 2, country: “China” is no country or region"),
        ("school", "college", "row 2, kind: “college” is not one of: school, company."),
        ("chongqing", "chong qing", "row 2, reference: “chong qing” is no reference"),
        ("Asia/Shanghai", "Beijing", "row 2, zone: “Beijing” is no time zone"),
        ("first", "x" * 21, "row 2, remarks: The text has 21 characters; at most 20 fit."),
        ("first", "a\x07b", "row 2, remarks: The text holds characters that cannot be printed."),
        ("first", "first,more", "row 2: The row has 9 cells; the header has 8."),
        (",first", "", "row 2: The row has 7 cells; the header has 8."),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(csv_of, kind, before, after, said):
    (problem,) = problems(csv_of(HEADER, GOOD.replace(before, after)), kind)
    assert problem.startswith("members.csv, " + said)


def test_every_problem_is_told_at_once(csv_of, kind):
    found = problems(
        csv_of(HEADER, GOOD.replace("CN", "ZX").replace(",3,", ",x,"), "vientiane,school,LA,2021-13-01,1,,,"), kind
    )
    assert [problem.split(":")[0] for problem in found] == [
        "members.csv, row 2, country",
        "members.csv, row 2, seats",
        "members.csv, row 3, joined_on",
    ]


def test_a_double_reference_names_both_rows(csv_of, kind):
    (problem,) = problems(csv_of(HEADER, GOOD, GOOD.replace("chongqing", "colombo"), GOOD), kind)
    assert problem == "members.csv, row 4, reference: “chongqing” stands in row 2 and again in row 4."


def test_text_with_line_ends_and_commas_stays_whole(csv_of, kind):
    (row,) = read_sheet(csv_of(HEADER, GOOD.replace("first", '"one, two\nthree"')), kind=kind)
    assert row["remarks"] == "one, two\nthree"


def test_letters_are_composed_so_that_equal_names_are_equal(csv_of, kind):
    (row,) = read_sheet(csv_of(HEADER, GOOD.replace("first", "cafe\u0301")), kind=kind)
    assert row["remarks"] == "caf\u00e9"


def test_quotation_marks_that_do_not_match_are_named(csv_of, kind):
    assert problems(csv_of(HEADER, GOOD, GOOD.replace("first", '"first')), kind)[0].startswith(
        "members.csv, row 3: The row breaks off"
    )


def test_other_signs_between_the_columns_are_named(csv_of, kind):
    assert "commas" in problems(csv_of(HEADER.replace(",", ";"), GOOD.replace(",", ";")), kind)[0]


def test_what_is_no_sheet_is_refused(csv_of, kind, tmp_path):
    assert problems(csv_of(""), kind) == ["members.csv: The file is empty."]
    assert problems(csv_of(",,,", ",,"), kind) == ["members.csv: The file is empty."]
    assert problems(tmp_path / "nothing.csv", kind) == ["nothing.csv: There is no such file."]
    (tmp_path / "folder.csv").mkdir()
    assert problems(tmp_path / "folder.csv", kind) == ["folder.csv: This is a folder, not a file."]
    assert "no kind of sheet" in problems(csv_of(HEADER, name="members.ods"), kind)[0]
    assert "no XLSX workbook" in problems(csv_of(HEADER, name="members.xlsx"), kind)[0]
    assert "zero bytes" in problems(csv_of(HEADER, GOOD + "\x00"), kind)[0]


def test_a_header_alone_is_a_sheet_without_rows(csv_of, kind):
    assert read_sheet(csv_of(HEADER), kind=kind) == []


def test_a_file_that_must_be_there_is_missed_by_name(tmp_path, csv_of, kind):
    with pytest.raises(BadInput, match=r"members\.\*: There is no such file"):
        find_sheets(tmp_path, kind=kind)
    csv_of(HEADER)
    assert [path.name for path in find_sheets(tmp_path, kind=kind)] == ["members.csv"]
    csv_of(HEADER, name="members.xlsx")
    with pytest.raises(BadInput, match=r"stands there twice, also as members\.csv"):
        find_sheets(tmp_path, kind=kind)


def test_a_hundred_thousand_rows_are_read(csv_of, kind):
    rows = [GOOD.replace("chongqing", f"m-{number}") for number in range(100_000)]
    assert len(read_sheet(csv_of(HEADER, *rows), kind=kind)) == 100_000


def test_a_thousand_faults_are_listed_and_the_rest_counted(csv_of, kind):
    rows = [GOOD.replace("chongqing", f"m-{number}").replace("CN", "XX") for number in range(1_200)]
    found = problems(csv_of(HEADER, *rows), kind)
    assert len(found) == 1_001
    assert found[-1] == "200 more problems are not listed."
