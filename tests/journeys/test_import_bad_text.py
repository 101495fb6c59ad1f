"""CSV as it should not be: each ends in a clear sentence, or in the right rows with everything told that was not read."""

import gzip
import random
import unicodedata
from datetime import UTC, datetime

import pytest

from corridor.foundations.sheets.steps.looking import list_verdicts
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.telling import notices_of, row_notices_of
from corridor.journeys.import_sheets import import_file, write_import
from corridor.kernel.errors import BadInput
from corridor.rooms.people.models import Person, PersonName
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person, make_purpose_of_sex

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
LAO, OTHER = "ຄຳຫຼ້າ", "ນາງ ແກ້ວ"
HEAD = "Name,Sex,Country\n"

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


@pytest.fixture(autouse=True)
def _what_sex_is_collected_for(db):
    make_purpose_of_sex()


def send(text, *, answers=None, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return import_file(
        kind="people", file_name=name, content=content, language="en", columns={}, at=AT, by=secretariat(),
        answers={"twins": "create", "purpose_needed": "equal_access", **(answers or {})},
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}{LAO}\0,F,LA\n", "Row 2 holds zero bytes"),
        (f'{HEAD}{OTHER},F,LA\n"{LAO},F,LA\n{OTHER},M,LA\n', "Row 3 breaks off, or its quotation marks do not match"),
        (f'{HEAD}"{LAO}" or so,F,LA\n', "Row 2 breaks off"),
        (f'{HEAD}"{"x" * 1_200_000},F,LA\n', "A cell of row 2 is longer than a million signs"),
        (",".join(["Name", *map(str, range(10_000))]) + f"\n{LAO}\n", "has 10001 columns; at most 400 are read"),
        ("<?xml version='1.0'?>\n<html><body><table><tr><td>Name</td></tr></table>", "web page"),
        ("<meta charset=utf-8><style>td {}</style><table><tr><td>Name</td></tr></table>", "web page"),
        ("<html>".encode("utf-16"), "web page"),
        ('<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "This is XML"),
        (b"\0" * 5_000, "The file is empty"),
        (b"\xef\xbb\xbf \r\n", "The file is empty"),
        (gzip.compress(b"Name,Sex\na,b\n" * 100), "zero bytes|neither a workbook nor text"),
        (random.Random(1).randbytes(5_000), "neither a workbook nor text"),
        (f"{HEAD}{LAO},F,LA\n".encode("utf-16")[:-1], "the bytes are not utf-16"),
        ("Name,Sex\n".encode("utf-16") + b"\x00\xd8" + ",F\n".encode("utf-16-le"), "the bytes are not utf-16"),
        (b"BM" + bytes(60), "picture"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(60), "picture"),
    ],
    ids=[
        "zero byte", "quote never closed", "quote in the middle", "cell of a megabyte", "10,000 columns", "html in xml", "html without a head",
        "html in utf-16", "xml workbook", "zeros", "a mark and nothing", "packed", "noise", "cut in a letter", "half a pair", "bmp", "webp",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason_and_the_row(text, said):
    with pytest.raises(BadInput, match=said):
        send(text)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LAO}\n{OTHER}\n", "own_name"),
        (HEAD, "No row stands below the head of people.csv"),
        (f"{HEAD}\n\n", "No row stands below the head"),
        ("Name,Language\nJosé Muñoz,es\nÁngel Núñez,es\n".encode("cp1252"), "cp1252"),
        (unicodedata.normalize("NFD", "Name,Language\nTrần Đức Hồng,vi\nNguyễn Văn Đức,vi\n").replace("o\u031b", "ơ").replace("u\u031b", "ư")
         .replace("a\u0302", "â").replace("e\u0302", "ê").replace("o\u0302", "ô").replace("a\u0306", "ă").encode("cp1258"), "cp1258"),
    ],
    ids=["one column without a head", "a head alone", "a head and empty lines", "windows-1252", "windows-1258"],
)  # fmt: skip
def test_what_only_a_person_can_say_is_asked(text, said):
    with pytest.raises(StillOpen, match=said):
        send(text)


def test_letters_with_accents_are_read_in_the_encoding_that_was_chosen():
    sheet = "Name,Language\nJosé Muñoz,es\nÁngel Núñez,es\n".encode("cp1252")
    held = send(sheet, answers={"encoding": "cp1252"})
    assert "read as Windows-1252" in told(held)
    write_import(held=held, at=AT, by=secretariat(), wait=True)
    assert set(PersonName.objects.values_list("full_name", flat=True)) == {"José Muñoz", "Ángel Núñez"}


ROWS = f"{LAO},F,LA\n{OTHER},M,TH\n"


@pytest.mark.parametrize(
    "text",
    [
        (HEAD + ROWS).replace("\n", "\r"), (HEAD + ROWS).replace("\n", "\r\n"), "sep=;\n" + (HEAD + ROWS).replace(",", ";"),
        "\ufeff" + HEAD + ROWS, "BMI," + HEAD + f"1,{LAO},F,LA\n2,{OTHER},M,TH\n",
        f"Name,Sex,Country\n\u200b{LAO}\u00a0,\u00a0F,\ufeffLA\n\u3000{OTHER},Ｍ,ＴＨ\n",
        f'"Name","Sex","Country"\n"{LAO}","F","LA"\n"{OTHER}","M","TH"',
        f"Learners of 2024\n\nName,Sex,Country\n{ROWS}",
    ],
    ids=["lone cr", "crlf", "a line that names the sign", "utf-8 with a mark", "a head that begins like a picture", "invisible signs", "quoted",
         "a title above"],
)  # fmt: skip
def test_one_table_in_many_forms(text):
    held = send(text)
    assert (counts(held), rules(held)) == ((2, 0, 0, 0), set())
    write_import(held=held, at=AT, by=secretariat(), wait=True)
    found = {(name.full_name, name.person.sex, name.person.residence_country) for name in PersonName.objects.all()}
    assert found == {(LAO, "female", "LA"), (OTHER, "male", "TH")}


@pytest.mark.parametrize("sign", ["\u00a0", "\u200b", "\u3000"], ids=["no-break", "zero-width", "ideographic"])
def test_a_file_full_of_spaces_that_nobody_sees_is_text_all_the_same(sign):
    held = send(HEAD + "".join(f"ນາງ{sign}ແກ້ວ{number},F,LA\n" for number in range(80)))
    assert counts(held) == (80, 0, 0, 0)


def test_a_row_with_more_cells_than_the_head_is_refused_and_a_shorter_one_is_read():
    held = send(f"{HEAD}{LAO}, the elder,F,LA\n{OTHER},F\n{LAO},F,LA\n")
    assert rules(held) == {(2, "", "row_width")}
    assert (held.rows, held.created) == (3, 2)


def test_columns_that_are_not_read_are_told():
    held = send(f"Name,Sex,Sex,,Shoe size\n{LAO},F,M,seen?,38\n{OTHER},F,F,,37\n")
    assert counts(held) == (2, 0, 0, 0)
    assert "left out: “Sex”, “Shoe size”" in told(held).replace("These columns are ", "") and "without a head" in told(
        held
    )
    write_import(held=held, at=AT, by=secretariat(), wait=True)
    assert set(Person.objects.values_list("sex", flat=True)) == {"female"}


def test_a_note_under_the_table_is_told_and_a_table_of_single_cells_is_no_note():
    held = send(f"{HEAD}{LAO},F,LA\nSource: the office\n")
    assert (held.rows, "taken for notes and not read: 3" in told(held)) == (1, True)
    held = send(HEAD + "".join(f"ນາງ ແກ້ວ{number},,\n" for number in range(20)))
    assert (held.rows, held.created) == (20, 20)


def test_a_formula_in_a_csv_is_text_and_stays_text():
    held = send("Name,Language,Romanised name\n=cmd|'/C calc'!A0,en,@SUM(1+1)*cmd\n")
    write_import(held=held, at=AT, by=secretariat(), wait=True)
    assert set(PersonName.objects.values_list("full_name", flat=True)) == {"=cmd|'/C calc'!A0", "@SUM(1+1)*cmd"}


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("31/02/2001", "day"), ("29/02/2023", "day"), ("30/02/2024", "day"), ("0543-01-01", "day_far"), ("1850-01-01", "day_far"),
        ("2567-03-01", "day_buddhist"), ("2050-01-01", "future"), ("2024-02-03", "future"), ("12/13/14", "day_short_year"), ("60", "day"),
        ("1.5", "day"), ("0000-00-00", "day_far"), ("2001-13-01", "day"), ("99999999", "day"),
    ],
)  # fmt: skip
def test_days_on_which_nobody_was_born_are_refused(day, rule):
    answers = {"calendar.born_on": "no"} if rule == "day_buddhist" else {}
    held = send(f"Name,Date of birth\n{LAO},{day}\n", answers=answers)
    assert rules(held) == {(2, "born_on", rule)}


def test_a_leap_day_is_a_day():
    held = send(f"Name,Date of birth\n{LAO},29/02/2004\n{OTHER},29/02/2547\n", answers={"calendar.born_on": "yes"})
    assert counts(held) == (2, 0, 0, 0)


@pytest.mark.parametrize("head", ["No.", "编号", "ລະຫັດ"])
def test_a_column_that_counts_the_rows_names_nobody_and_that_is_told(head):
    held = send(f"{head},Name,Sex\n1,{LAO},F\n2,{OTHER},F\n3,ສີ,M\nSource: the office\n")
    assert (counts(held), f"left out: “{head}”" in told(held)) == ((3, 0, 0, 0), True)
    assert counts(send(f"{head},Name,Sex\n7,{LAO},F\n9,{OTHER},F\n"))[3] == 2


def test_one_reference_twice_in_a_file_is_refused_at_the_second():
    make_person("khamla", own_name=LAO, own_language="lo", romanised_name="Khamla")
    held = send(f"reference,name,sex\nkhamla,{LAO},m\nkhamla,{LAO},f\n")
    assert (counts(held), rules(held)) == ((0, 1, 0, 1), {(3, "reference", "twice")})


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"dates.born_on": "both"}, "“both” is no answer to “dates.born_on”. Answers: dmy, mdy"),
        ({"dates.born_in": "dmy"}, "raises no question “dates.born_in”"),
        ({"hidden": "perhaps"}, "There is no such answer"),
        ({"encoding": "klingon"}, "There is no such encoding here"),
        ({"sheet": "Other"}, "The file has no sheet of that name"),
    ],
    ids=["answer", "question", "hidden", "encoding", "sheet"],
)
def test_an_answer_that_means_nothing_is_refused(answers, said):
    with pytest.raises(BadInput, match=said):
        send(f"Name,Date of birth\n{LAO},03/04/2001\n", answers=answers)


def test_long_headers_that_begin_alike_are_remembered_apart_or_together_but_never_break():
    same = "x" * 320
    assert counts(send(f"Name,{same}a,{same}b\n{LAO},1,2\n")) == (1, 0, 0, 0)
