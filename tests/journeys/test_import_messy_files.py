"""Whole files as offices send them, from the bytes to the records."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from myanmartools import ZawgyiDetector
from openpyxl import Workbook

from corridor.foundations.sheets.cells.numbers import decimal
from corridor.foundations.sheets.cells.surveys import Survey, how_answered
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.undoing import forget_imports
from corridor.journeys.import_sheets import import_file, write_import
from corridor.rooms.people.models import Person, PersonName
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_purpose_of_sex

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
# "Myanmar country" and two more words as the old fonts write them: the vowel before its consonant.
ZAWGYI = ["ျမန္မာႏိုင္ငံ", "ေမာင္ေမာင္", "ေအာင္ေက်ာ္"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _what_sex_is_collected_for(db):
    make_purpose_of_sex()


def written(content, *, name="people.csv", answers=None):
    by = make_actor("secretariat", user=make_user("secretariat"))
    content = content.encode() if isinstance(content, str) else content
    held = import_file(
        kind="people",
        file_name=name,
        content=content,
        language="en",
        answers={"purpose_needed": "equal_access", **(answers or {})},
        columns={},
        at=AT,
        by=by,
    )
    return write_import(held=held, at=AT, by=by, wait=True)


DAYS = [
    "๑๔/๐๕/๒๐๐๓", "໑໔/໐໕/໒໐໐໓", "១៤/០៥/២០០៣", "၁၄/၀၅/၂၀၀၃",
    "١٤/٠٥/٢٠٠٣", "۱۴/۰۵/۲۰۰۳", "１４/０５/２００３", "\u00a014/05/2003\u200b",
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_native_and_wide_digits_and_signs_that_nobody_sees_are_read(day):
    assert written(f"Name,Date of birth\nຄຳຫຼ້າ,{day}\n").created == 1
    assert Person.objects.get().born_on == date(2003, 5, 14)


def test_years_of_two_calendars_in_one_column_are_read_row_by_row():
    sheet = "Name,Date of birth\nຄຳຫຼ້າ,14/05/2546\nນາງ ແກ້ວ,15/06/2001\n"
    assert written(sheet, answers={"calendar.born_on": "yes"}).created == 2
    assert set(Person.objects.values_list("born_on", flat=True)) == {date(2003, 5, 14), date(2001, 6, 15)}


def test_years_of_one_calendar_alone_are_asked_about_too():
    sheet = "Name,Date of birth\nຄຳຫຼ້າ,14/05/2546\nນາງ ແກ້ວ,15/06/2544\n"
    with pytest.raises(StillOpen, match=r"calendar.born_on \(no, yes\)"):
        written(sheet)
    assert written(sheet, answers={"calendar.born_on": "yes"}).created == 2
    assert set(Person.objects.values_list("born_on", flat=True)) == {date(2003, 5, 14), date(2001, 6, 15)}


def test_one_name_in_zawgyi_among_many_in_unicode_is_asked_about():
    with pytest.raises(StillOpen, match=r"zawgyi.own_name"):
        written("Name,Country\n" + "".join(f"မောင်မောင်{number},MM\n" for number in range(30)) + f"{ZAWGYI[1]},MM\n")


def test_burmese_of_both_encodings_in_one_file_ends_in_one():
    """What is Unicode already must not be turned once more."""
    unicode = ["မောင်မောင်", "အောင်ကျော်", "ကျော်ဇင်"]
    sheet = "Name,Country\n" + "".join(f"{name},MM\n" for name in [*ZAWGYI, *unicode])
    assert written(sheet, answers={"zawgyi.own_name": "yes", "twins": "create"}).created == 6
    found = set(PersonName.objects.values_list("full_name", flat=True))
    assert set(unicode) <= found
    assert all(ZawgyiDetector().get_zawgyi_probability(name) < 0.05 for name in found)


def test_zawgyi_is_converted_after_a_yes():
    sheet = "Name,Country\n" + "".join(f"{name},MM\n" for name in ZAWGYI)
    assert written(sheet, answers={"zawgyi.own_name": "yes", "twins": "create"}).created == 3
    detector = ZawgyiDetector()
    for person in Person.objects.prefetch_related("names"):
        assert detector.get_zawgyi_probability(person.names.get().full_name) < 0.05


def test_a_workbook_with_a_macro_is_read_and_its_macro_is_not():
    book, packed = Workbook(), BytesIO()
    for row in (["Name", "Date of birth"], ["ຄຳຫຼ້າ", date(2003, 5, 14)]):
        book.active.append(row)
    book.save(packed)
    mixed = BytesIO()
    with ZipFile(packed) as plain, ZipFile(mixed, "w") as macro:
        for part in plain.namelist():
            content = plain.read(part)
            if part == "[Content_Types].xml":
                content = content.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml").replace(
                    b"application/vnd.openxmlformats-officedocument.sheet.macro",
                    b"application/vnd.ms-excel.sheet.macro",
                )
            macro.writestr(part, content)
        macro.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    assert written(mixed.getvalue(), name="people.xlsm").created == 1
    assert Person.objects.get().born_on == date(2003, 5, 14)


def test_an_old_encoding_is_read_whole():
    sheet = "ชื่อ,เพศ,ประเทศ\n" + "".join(f"นาย ทดลอง {name},ชาย,ไทย\n" for name in ("ใจดี", "มีสุข", "รักเรียน"))
    assert written(sheet.encode("cp874"), answers={"encoding": "cp874", "twins": "create"}).created == 3
    assert set(Person.objects.values_list("residence_country", flat=True)) == {"TH"}


def test_files_and_verdicts_are_forgotten_after_a_week():
    held = written("Name\nຄຳຫຼ້າ\n")
    assert forget_imports(at=AT + timedelta(days=6)) == 0
    assert forget_imports(at=AT + timedelta(days=8)) == 1
    held.refresh_from_db()
    assert (held.stored_as, held.verdicts.count(), Person.objects.count()) == ("", 0, 1)


AMOUNTS = ["1.234,50", "1,234.50", "1 234,50", "1234.5"]


@pytest.mark.parametrize("order", [AMOUNTS, AMOUNTS[::-1]], ids=["as they come", "the other way round"])
def test_numbers_of_two_countries_in_one_column_are_each_read_as_they_prove_themselves(order):
    looked = Survey("hours", "number")
    for number, cell in enumerate(order):
        looked.look(number, cell)
    assert looked.questions() == []
    assert {decimal(2).read(cell, how_answered("hours", {})) for cell in order} == {Decimal("1234.5")}


def test_a_number_that_two_countries_read_differently_is_asked_about_where_the_column_is_mixed():
    looked = Survey("hours", "number")
    for number, cell in enumerate([*AMOUNTS[:2], "1.234"]):
        looked.look(number, cell)
    assert [each.code for each in looked.questions()] == ["numbers.hours"]


PLACES = "Name,Language,Kind,Country,City,Latitude,Longitude\n"


def test_an_organisation_twice_in_two_scripts_is_asked_about():
    by = make_actor("secretariat", user=make_user("secretariat"))
    sheet = (
        PLACES
        + "Chongqing Industry Polytechnic College,en,school,CN,Chongqing,,\n重庆工业职业技术大学,zh-Hans,school,CN,Chongqing,,\n"
    )
    held = import_file(
        kind="members",
        file_name="members.csv",
        content=sheet.encode(),
        language="en",
        answers={},
        columns={},
        at=AT,
        by=by,
    )
    assert (held.created, held.refused) == (2, 0)
    write_import(held=held, at=AT, by=by, wait=True)
    again = sheet.replace("重庆工业职业技术大学", "重庆工业职业技术大学 ").replace(
        "Polytechnic College", "polytechnic  college"
    )
    held = import_file(
        kind="members",
        file_name="members.csv",
        content=again.encode(),
        language="en",
        answers={},
        columns={},
        at=AT,
        by=by,
    )
    assert (held.created, held.refused) == (0, 2)
    assert all('"twins"' in said for said in held.verdicts.values_list("said", flat=True))
