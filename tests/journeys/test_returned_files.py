"""A file comes back with one column more: in LibreOffice every cell stands as it stood, and the remarks are in the reader's language."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from django.utils import translation
from openpyxl import load_workbook

from corridor.foundations.sheets.steps.moving import NotNow
from corridor.foundations.sheets.steps.receiving import receive_import
from corridor.foundations.sheets.steps.returning import file_with_remarks
from corridor.journeys.import_sheets import KINDS, decide_and_check, import_file
from tests.factories.actors import make_actor, make_user
from tests.factories.odd_files import LAO, OTHER, macro_book, ods
from tests.factories.office import needs_office, shown_by_office, through_office

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
WRONG = "31/02/2001"

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def returned(content, *, name="people.xlsx", language="en", **answers):
    by = secretariat()
    held = import_file(
        kind="people",
        file_name=name,
        content=content,
        language="en",
        answers={"twins": "create", **answers},
        columns={},
        at=AT,
        by=by,
    )
    return file_with_remarks(key=held.pk, kind=KINDS["people"], language=language, by=by)


def office_book():
    """A workbook as an office keeps it: titles over a head of two rows, formulas, days, numbers that begin with a zero, notes, a second sheet."""
    packed = BytesIO()
    with xlsxwriter.Workbook(packed) as made:
        page = made.add_worksheet("Learners")
        day, bold = made.add_format({"num_format": "d.m.yyyy"}), made.add_format({"bold": True, "bg_color": "#DDEEFF"})
        page.merge_range("A1:F1", "Learners of the spring", bold)
        for place, (above, below) in enumerate(
            [("Locker", ""), ("Name", ""), ("Born", "Date of birth"), ("", "Country"), ("Fee", "Amount"), ("", "Paid")]
        ):
            page.write(1, place, above, bold)
            page.write(2, place, below, bold)
        page.write_string(3, 0, "007")
        page.write(3, 1, LAO)
        page.write_datetime(3, 2, datetime(2001, 1, 31), day)  # noqa: DTZ001 (a cell has no zone)
        page.write(3, 3, "LA")
        page.write_number(3, 4, 1234.5)
        page.write_formula(3, 5, "=E4*2", None, 2469)
        page.write_string(4, 0, "008")
        page.write(4, 1, OTHER, bold)
        page.write_string(4, 2, WRONG)
        page.write(4, 3, "Atlantis")
        page.write_string(4, 4, "=1+1")
        page.write_formula(4, 5, '=IF(E5=1,"x","")', None, "")
        page.write(6, 1, "Source: the office")
        page.write_comment("B4", "seen")
        page.set_column("G:XFD", None, None, {"hidden": True})
        page.data_validation("D4:D9", {"validate": "list", "source": ["LA", "TH"]})
        made.add_worksheet("Notes").write(0, 0, "kept")
    return packed.getvalue()


def without_last(rows, width):
    return [(row + [""] * width)[:width] for row in rows]


@needs_office
@pytest.mark.parametrize("language", ["en", "zh-hans", "lo"])
def test_a_workbook_comes_back_as_it_was_with_remarks_in_the_language_of_the_reader(language):
    content = office_book()
    name, _media, again = returned(content, language=language)
    with translation.override(language):
        title, said = translation.gettext("Remarks"), translation.gettext("There is no day %(cell)s.") % {"cell": WRONG}
    assert (said == "There is no day 31/02/2001.") == (language == "en")
    before, after = shown_by_office(content, "xlsx"), shown_by_office(again, "xlsx")
    assert name == "people-remarks.xlsx"
    assert without_last(after, 6) == without_last(before, 6)
    assert after[2][6] == title
    assert said in after[4][6] and "Atlantis" in after[4][6] and after[3][6] == ""


def test_formulas_their_values_styles_and_other_sheets_stay_as_they_were():
    content = office_book()
    _name, _media, again = returned(content)
    for values in (True, False):
        before, after = (load_workbook(BytesIO(each), data_only=values) for each in (content, again))
        assert after.sheetnames == before.sheetnames == ["Learners", "Notes"]
        for row in before["Learners"].iter_rows(max_row=8, max_col=6):
            for cell in row:
                twin = after["Learners"][cell.coordinate]
                assert (twin.value, twin.number_format, twin.font.b) == (cell.value, cell.number_format, cell.font.b)
    page = after["Learners"]
    assert (page["F4"].value, page["A4"].value, page["E5"].data_type) == ("=E4*2", "007", "s")
    assert (
        page["B4"].comment.text == "seen"
        and page.data_validations.dataValidation[0].sqref == before["Learners"].data_validations.dataValidation[0].sqref
    )
    assert (page.merged_cells.ranges, page["G5"].fill.fgColor.rgb) == (
        before["Learners"].merged_cells.ranges,
        "FFFDE7E7",
    )
    # The column of remarks is to be seen though every unused column was hidden.
    assert not page.column_dimensions["G"].hidden and page.column_dimensions["H"].hidden


def test_the_returned_workbook_is_mended_and_sent_again_as_it_is():
    _name, _media, again = returned(office_book())
    book = load_workbook(BytesIO(again))
    page = book["Learners"]
    page["C5"], page["D5"] = "31/01/2001", "TH"
    for place in ("F4", "F5"):
        page[place] = 1
    packed = BytesIO()
    book.save(packed)
    by = secretariat()
    held = receive_import(
        kind=KINDS["people"], file_name="again.xlsx", content=packed.getvalue(), language="en", at=AT, by=by
    )
    held = decide_and_check(held=held, answers={"twins": "create"}, columns={}, at=AT, by=by)
    assert (held.created, held.refused) == (2, 0)


def test_a_workbook_with_a_macro_keeps_it_and_its_ending():
    content = macro_book(["Name", "Date of birth"], [LAO, WRONG])
    name, media, again = returned(content, name="people.xlsm")
    assert (name, media) == ("people-remarks.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12")
    with ZipFile(BytesIO(content)) as before, ZipFile(BytesIO(again)) as after:
        assert after.namelist() == before.namelist()
        changed = {each for each in before.namelist() if before.read(each) != after.read(each)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


@needs_office
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_another_kind_of_workbook_comes_back_with_the_same_cells(ending):
    content = through_office(office_book(), "xlsx", ending)
    name, _media, again = returned(content, name=f"people.{ending}", hidden="read")
    before, after = shown_by_office(content, ending), shown_by_office(again, "xlsx")
    assert name == "people-remarks.xlsx"
    assert [[cell for cell in row[:6] if "2001" not in cell] for row in after] == [
        [cell for cell in row[:6] if "2001" not in cell] for row in without_last(before, 6)
    ]
    assert load_workbook(BytesIO(again)).active["C4"].value == datetime(2001, 1, 31)  # noqa: DTZ001 (a cell has no zone)
    assert (after[3][0], after[2][6]) == ("007", "Remarks") and "There is no day" in after[4][6]


def test_a_csv_in_an_old_encoding_comes_back_in_it_and_its_columns_stay_in_place():
    text = "备用号,姓名,语言,出生日期,国家\n007,陈美,zh-Hans,2001-01-31,中国\n008,李伟,zh-Hans,31/02/2001\n009,王芳,zh-Hans,2002-02-03,老挝\n"
    name, media, again = returned(text.encode("gb18030"), name="名单.csv", language="zh-hans")
    rows = [line.split(",") for line in again.decode("gb18030").splitlines()]
    assert (name, media) == ("名单-remarks.csv", "text/csv")
    assert [row[:4] for row in rows] == [line.split(",")[:4] for line in text.splitlines()]
    assert (rows[1][5], len(rows[2]), "31/02/2001" in rows[2][5]) == ("", 6, True)


@needs_office
@pytest.mark.parametrize("language", ["zh-hans", "lo"])
def test_remarks_for_which_the_old_encoding_has_no_letters_are_read_by_libreoffice_all_the_same(language):
    text = f"ชื่อ,วันเกิด,เพศ\nนภา แสงทอง,{WRONG},หญิง\nสมชาย ใจดี,2001-01-31,ชาย\nวิภา ศรีสุข,2002-02-03,หญิง\n"
    again = returned(text.encode("cp874"), name="people.csv", language=language, encoding="cp874")[2]
    with translation.override(language):
        title, said = translation.gettext("Remarks"), translation.gettext("There is no day %(cell)s.") % {"cell": WRONG}
    rows = shown_by_office(again, "csv")
    assert [row[:3] for row in rows] == [line.split(",") for line in text.splitlines()]
    assert (rows[0][3], said in rows[1][3]) == (title, True)


def test_before_the_dry_run_there_is_nothing_to_remark():
    by = secretariat()
    held = receive_import(
        kind=KINDS["people"], file_name="people.ods", content=ods(["Name"], [LAO]), language="en", at=AT, by=by
    )
    with pytest.raises(NotNow, match="not checked yet"):
        file_with_remarks(key=held.pk, kind=KINDS["people"], language="en", by=by)


def test_twelve_thousand_rows_come_back_as_they_were():
    packed = BytesIO()
    with xlsxwriter.Workbook(packed) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, ["Name", "Date of birth", "Points"])
        for number in range(1, 12_001):
            page.write_row(number, 0, [f"{OTHER} {number}", WRONG if number % 1_000 == 0 else "2001-01-31"])
            page.write_formula(number, 2, "=1+1", None, 2)
    again = load_workbook(BytesIO(returned(packed.getvalue())[2]), read_only=True)
    rows = list(again.active.iter_rows(values_only=True))
    assert len(rows) == 12_001
    assert [number for number, row in enumerate(rows) if any(row[3:])] == [0, *range(1_000, 12_001, 1_000)]
    assert rows[1][:3] == (f"{OTHER} 1", "2001-01-31", "=1+1")


def test_a_day_is_a_day_in_what_comes_back():
    assert date(2001, 1, 31) == load_workbook(BytesIO(returned(office_book())[2]))["Learners"]["C4"].value.date()
