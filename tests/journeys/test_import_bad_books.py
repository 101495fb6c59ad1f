"""Workbooks as they should not be: hidden, filtered, broken, endless; each is told, asked about or refused, never read in silence."""

import random
from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.intake.soundness import MOST_CELLS
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.steps.looking import list_verdicts
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.returning import file_with_remarks
from corridor.foundations.sheets.steps.telling import notices_of, row_notices_of
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.kernel.errors import BadInput, Refusal
from corridor.rooms.people.models import Person, PersonName
from tests.factories.actors import make_actor, make_user
from tests.factories.odd_files import (
    LAO,
    OTHER,
    book,
    endless,
    hidden_book,
    lying,
    macro_book,
    ods,
    ods_cell,
    repacked,
    two_sheets,
)
from tests.factories.people import make_purpose_of_sex

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
HEAD = ["Name", "Sex", "Date of birth"]
ROWS = [HEAD, [LAO, "F", date(2001, 1, 31)], [OTHER, "M", date(2002, 5, 4)]]

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


@pytest.fixture(autouse=True)
def _what_sex_is_collected_for(db):
    make_purpose_of_sex()


def send(content, *, name="people.xlsx", **answers):
    return import_file(
        kind="people", file_name=name, content=content, language="en", columns={}, at=AT, by=secretariat(),
        answers={"twins": "create", "purpose_needed": "equal_access", **answers},
    )  # fmt: skip


def counts(held):
    return held.created, held.updated, held.unchanged, held.refused


def rules(held):
    return {
        (row.number, fault.column, fault.rule)
        for row in list_verdicts(held=held, by=secretariat())
        for fault in row.faults
    }


def told(held):
    return " ".join(str(each) for each in (*notices_of(held), *row_notices_of(held)))


def hide_row(page):
    page.row_dimensions[3].hidden = True


def filter_row(page):
    page.auto_filter.ref = "A1:C3"
    page.row_dimensions[3].hidden = True


def flatten_row(page):
    page.row_dimensions[3].height = 0.001


def hide_column(page):
    page.column_dimensions["B"].hidden = True


HIDING = [
    book(*ROWS, change=hide_row), book(*ROWS, change=filter_row), book(*ROWS, change=flatten_row), book(*ROWS, change=hide_column),
    ods(*[[str(cell) for cell in row] for row in ROWS], hidden_rows=[2]), ods(*[[str(cell) for cell in row] for row in ROWS], hidden_columns=[1]),
]  # fmt: skip
HIDING_IDS = ["hidden row", "filtered row", "row without height", "hidden column", "ods row", "ods column"]


@pytest.mark.parametrize("content", HIDING, ids=HIDING_IDS)
def test_what_is_hidden_is_neither_read_nor_left_out_before_somebody_says_so(content):
    with pytest.raises(StillOpen, match="hides rows, columns"):
        send(content)
    read = send(content, hidden="read")
    assert (counts(read), "is read like the rest, as you said" in told(read)) == ((2, 0, 0, 0), True)


@pytest.mark.parametrize("content", HIDING[:3] + HIDING[4:5], ids=HIDING_IDS[:3] + HIDING_IDS[4:5])
def test_hidden_rows_are_left_out_when_somebody_says_so_and_told(content):
    held = send(content, hidden="leave")
    assert (counts(held), "left out, as you said: 3" in told(held)) == ((1, 0, 0, 0), True)


def test_a_hidden_column_is_left_out_when_somebody_says_so():
    write_import(held=send(HIDING[3], hidden="leave"), at=AT, by=secretariat(), wait=True)
    assert set(Person.objects.values_list("sex", flat=True)) == {"unknown"}


def test_columns_that_nobody_uses_may_be_hidden():
    held = send(book(*ROWS, change=lambda page: page.column_dimensions.group("D", "XFD", hidden=True)))
    assert counts(held) == (2, 0, 0, 0)


def test_a_hidden_title_above_the_table_hides_nothing_of_it():
    def hide_title(page):
        page.insert_rows(1)
        page["A1"] = "Learners of the spring"
        page.row_dimensions[1].hidden = True

    assert counts(send(book(*ROWS, change=hide_title))) == (2, 0, 0, 0)


@pytest.mark.parametrize("is_alone", [True, False], ids=["alone", "behind notes"])
def test_a_hidden_sheet_is_not_read_before_somebody_says_so(is_alone):
    content = hidden_book(is_alone=is_alone)
    with pytest.raises(StillOpen, match="the sheet itself"):
        send(content)
    assert "“Learners” is hidden" not in told(Import.objects.get())
    with pytest.raises(BadInput, match="is hidden itself: read it, or choose another"):
        send(content, hidden="leave")
    assert counts(send(content, hidden="read")) == (1, 0, 0, 0)


def test_a_hidden_sheet_beside_the_one_that_is_read_is_told():
    def secret(page):
        page.parent.create_sheet("Secret").append(["Name"])
        page.parent["Secret"].sheet_state = "veryHidden"

    held = send(book(*ROWS, change=secret))
    assert (held.rows, "“Secret” is hidden. It is not read unless you choose it." in told(held)) == (2, True)


def test_another_sheet_that_hides_rows_is_asked_about_though_the_first_hides_none():
    def second(page):
        other = page.parent.create_sheet("Second")
        for row in ROWS:
            other.append(row)
        other.row_dimensions[3].hidden = True

    content = book(*ROWS, change=second)
    assert counts(send(content)) == (2, 0, 0, 0)
    with pytest.raises(StillOpen, match="hides rows"):
        send(content, sheet="Second")
    assert counts(send(content, sheet="Second", hidden="leave")) == (1, 0, 0, 0)


def test_a_second_filled_sheet_is_told():
    held = send(two_sheets())
    assert (held.rows, "Only the sheet “Sheet” is read. These hold something too: “More”" in told(held)) == (1, True)


def test_merged_cells_and_a_macro_are_told_by_every_door():
    held = send(book(*ROWS, change=lambda page: page.merge_cells("B2:B3")))
    assert "Cells are merged in the table: B2:B3" in told(held)
    assert "carries a macro" in told(send(macro_book(*ROWS), name="people.xlsm"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (book(*ROWS, change=lambda page: page.cell(200_000, 702, "x")), "spans 200000 rows and 702 columns"),
        (book(*ROWS, change=lambda page: page.cell(1_000_000, 10, "x")), "spans 1000000 rows and 10 columns"),
        (ods(["Name"], [LAO], change=endless), "spans 10002 rows and 1000 columns"),
        (lying(book(*ROWS), "xl/worksheets/sheet1.xml", says=5_000, holds=90_000_000), "damaged"),
        (book(*ROWS)[:3_000], "damaged"),
        (repacked(book(*ROWS), lambda name, part: None if name == "xl/workbook.xml" else part), "no workbook"),
        (repacked(book(*ROWS), lambda name, part: part[: len(part) // 2] if "sheet1" in name else part), "damaged"),
        (repacked(ods(["Name"], [LAO]), lambda name, part: part.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")),
         "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "damaged or protected"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "picture"),
        (book([None]), "holds no filled sheet"),
        (book(["Name", *range(500)], [LAO]), "has 501 columns; at most 400"),
    ],
    ids=[
        "a cell far away", "a cell far below", "a cell repeated for ever", "a list of contents that lies", "cut in half",
        "no workbook", "a sheet cut in half",
        "ods with a password", "xlsx with a password", "xls of nothing", "picture", "nothing filled", "500 columns",
    ],
)  # fmt: skip
def test_what_is_broken_or_endless_is_refused_with_the_reason(content, said):
    with pytest.raises(BadInput, match=said):
        send(content)


def test_a_table_of_many_rows_or_columns_within_the_bound_is_no_bomb():
    assert MOST_CELLS >= 100_000 * 50
    held = send(book(*ROWS, change=lambda page: page.cell(2, 300, "beside")))
    assert (counts(held), "without a head" in told(held)) == ((2, 0, 0, 0), True)


@pytest.mark.parametrize("seed", range(25))
def test_bytes_that_were_hit_on_the_way_end_in_a_refusal_or_in_the_right_rows(seed):
    chance = random.Random(seed)
    hit = bytearray(book(HEAD, *[[f"{LAO} {number}", "F", None] for number in range(20)]))
    for _ in range(chance.randint(1, 4)):
        hit[chance.randrange(len(hit))] = chance.randrange(256)
    try:
        held = send(bytes(hit))
    except Refusal:
        return
    assert counts(held) == (20, 0, 0, 0)


@pytest.mark.parametrize("seed", range(25))
def test_a_part_that_is_not_what_it_should_be_ends_in_a_refusal_or_in_rows_that_come_back(seed):
    chance = random.Random(seed)
    whole = book(HEAD, *[[f"{LAO} {number}", "F", None] for number in range(20)], ["=A1", "F", None])
    victim = chance.choice(
        [
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
            "xl/_rels/workbook.xml.rels",
        ]
    )

    def broken(name, part):
        if name != victim:
            return part
        damaged = bytearray(part)
        for _ in range(5):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        return bytes(damaged)

    try:
        held = send(repacked(whole, broken))
        file_with_remarks(key=held.pk, kind=KINDS["people"], language="en", by=secretariat())
    except Refusal:
        return
    assert held.rows >= 20


def test_days_that_are_counted_from_1904_are_the_same_days():
    sheet = book(["Name", "Date of birth"], [LAO, date(2003, 5, 14)], [OTHER, 36_293], from_1904=True)
    write_import(held=send(sheet), at=AT, by=secretariat(), wait=True)
    assert set(Person.objects.values_list("born_on", flat=True)) == {date(2003, 5, 14)}


def test_numbers_of_a_spreadsheet_are_days_where_they_can_be_and_that_is_said():
    held = send(
        book(["Name", "Date of birth"], [LAO, 37_755], [OTHER, "37755"], ["ສີ", 60], ["ທອງ", 37_755.5], ["ແກ້ວ", True])
    )
    assert (counts(held), {rule for _row, _column, rule in rules(held)}) == ((2, 0, 0, 3), {"day_number", "day"})
    assert "2003-05-14" in held.verdicts.get(number=2).said


def test_a_number_without_end_is_no_day_and_breaks_nothing():
    sheet = repacked(
        book(["Name", "Date of birth"], [LAO, 777]), lambda _name, part: part.replace(b"<v>777</v>", b"<v>1E999</v>")
    )
    assert rules(send(sheet)) == {(2, "born_on", "day_number")}


def test_a_formula_whose_value_is_no_letters_has_a_value():
    sheet = repacked(
        book(["Name", "Sex"], [LAO, 777]),
        lambda _name, part: part.replace(b't="n"><v>777</v>', b't="str"><f>""</f><v></v>'),
    )
    assert counts(send(sheet)) == (1, 0, 0, 0)


def test_errors_and_formulas_without_a_value_are_named_in_ods_too():
    def faulty(table):
        line = table.childNodes[-1]
        line.addElement(ods_cell("", formula="of:=1+1"))

    content = ods(["Name", "Country", "Sex"], [LAO, "#N/A"], change=faulty)
    content = repacked(
        content, lambda name, part: part.replace(b'<table:table-cell office:value-type="string"><text:p>#N/A', b'<table:table-cell'
        b' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:value-type="string"'
        b' calcext:value-type="error"><text:p>#N/A') if name == "content.xml" else part,
    )  # fmt: skip
    assert rules(send(content)) == {(2, "residence_country", "cell_error"), (2, "sex", "formula_without_value")}


def test_a_day_or_a_number_where_a_name_should_stand_is_taken_as_it_is_written():
    held = send(book(["Name", "Language"], [date(2024, 3, 5), "en"], [5.0, "en"]))
    write_import(held=held, at=AT, by=secretariat(), wait=True)
    assert set(PersonName.objects.values_list("full_name", flat=True)) == {"2024-03-05", "5"}
