"""One file through the page, the command and the API: the same verdicts, the same questions, the same refusal."""

import html
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.sheets.models import Import
from corridor.rooms.people.models import Person
from tests.commands.run import run
from tests.factories.actors import make_user
from tests.factories.members import make_seat
from tests.factories.odd_files import LAO, OTHER, book, hidden_book, lying, macro_book, ods, two_sheets
from tests.factories.people import make_person
from tests.factories.tokens import API, machine_of

HEAD = "Name,Sex,Date of birth,Country\n"
GOOD = f"{HEAD}{LAO},ຍິງ,31/01/2001,Laos\n{OTHER},F,2002-05-04,ไทย\n"
THAI = "ชื่อ,เพศ,ประเทศ\nนภา แสงทอง,หญิง,ไทย\nสมชาย ใจดี,ชาย,ไทย\nวิภา ศรีสุข,หญิง,ลาว\n"
CHINESE = (
    "姓名,性别,国家,语言\n陈美,女,中国,zh-Hans\n李伟,男,中国,zh-Hans\n王芳,女,老挝,zh-Hans\n张明,男,泰国,zh-Hans\n"
)


def hide_row(page):
    page.row_dimensions[3].hidden = True


FILES = {
    "good": GOOD,
    "tabs": GOOD.replace(",", "\t"),
    "lone cr": GOOD.replace("\n", "\r"),
    "wrong cells": f"{HEAD}{LAO},robot,31/02/2001,Atlantis\n,F,2002-05-04,LA\n{OTHER},F,2050-01-01,LA\n{LAO}, the elder,F,2001-01-31,LA\n",
    "known and unknown": f"reference,name,sex\nkhamla,{LAO},m\nnobody,{OTHER},f\nkhamla,{LAO},f\n",
    "one person twice": "name,language,born on\nKhamla Sisavath,en,2001-01-31\nSisavath Khamla,en,2001-01-31\n",
    "order of days": f"{HEAD}{LAO},F,03/04/2001,LA\n",
    "two calendars": f"{HEAD}{LAO},F,31/01/2544,LA\n{OTHER},F,31/01/2001,LA\n",
    "zawgyi": "Name,Country\nျမန္မာႏိုင္ငံ,MM\nေမာင္ေမာင္,MM\nေအာင္ေက်ာ္,MM\nမောင်မောင်,MM\n",
    "gb18030": CHINESE.encode("gb18030"),
    "tis-620": THAI.encode("cp874"),
    "utf-16 without a mark": THAI.encode("utf-16-be"),
    "windows-1252": "Name,Language\nJosé Muñoz,es\nÁngel Núñez,es\n".encode("cp1252"),
    "no head": f"{LAO}\n{OTHER}\n",
    "a head alone": HEAD,
    "headers twice and none": f"Name,Sex,Sex,,Shoe size\n{LAO},F,M,x,38\n",
    "a note": f"{HEAD}{LAO},F,2001-01-31,LA\n\nSource: the office\n",
    "formulas": "Name,Language\n=cmd|'/C calc'!A0,en\n+1+1,en\n@x,en\n",
    "quote never closed": f'{HEAD}"{LAO},F,2001-01-31,LA\n',
    "zero byte": f"{HEAD}{LAO}\0,F,2001-01-31,LA\n",
    "500 columns": ",".join(["Name", *map(str, range(500))]) + f"\n{LAO}\n",
    "nothing": " \n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "web page": "<html><table><tr><td>1</td></tr></table></html>",
    "cut": book(["Name"], [LAO])[:2_000],
    "lying": lying(book(["Name"], [LAO]), "xl/worksheets/sheet1.xml", says=5_000, holds=90_000_000),
    "hidden row": book(["Name"], [LAO], [OTHER], change=hide_row),
    "hidden sheet": hidden_book(is_alone=True),
    "two sheets": two_sheets(),
    "macro": macro_book(["Name", "Sex"], [LAO, "F"]),
    "errors": book(["Name", "Sex"], [LAO, "=A1"], [OTHER, "F"]),
    "counted from 1904": book(["Name", "Date of birth"], [LAO, 36_293], from_1904=True),
    "ods": ods(["Name", "Sex"], [LAO, "F"], [OTHER, "robot"]),
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    make_person("khamla", own_name=LAO, own_language="lo", romanised_name="Khamla", sex="female")
    return user


def outcome(refusal):
    """The import that was made last, as one value; the sentence of the refusal where none was made."""
    held = Import.objects.first()
    if held is None:
        return ("refused", refusal)
    rows = list(held.verdicts.values_list("number", "verdict", "reference", "said"))
    asked = list(held.questions.order_by("code").values_list("code", "answer", "evidence"))
    held_as = (
        held.state,
        held.rows,
        held.sheet,
        held.encoding,
        held.delimiter,
        held.header_row,
        held.hidden,
        held.told,
    )
    said = (*held_as, [(each.position, each.header, each.name) for each in held.columns.all()], asked, rows)
    held.verdicts.all().delete()
    held.questions.all().delete()
    held.columns.all().delete()
    held.delete()
    return said


def by_page(client, name, content):
    answer = client.post("/imports/", {"kind": "people", "file": SimpleUploadedFile(name, content)})
    held = Import.objects.first()
    if held is None:
        assert answer.status_code == 422
        return html.unescape(answer.content.decode())
    client.post(f"/imports/{held.pk}/columns/", {f"column-{row.position}": row.name for row in held.columns.all()})
    return ""


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_same_by_page_by_command_and_to_machines(secretariat, client, capsys, tmp_path, name):
    given = FILES[name]
    content = given if isinstance(given, bytes) else given.encode()
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    machine = machine_of(secretariat)
    client.force_login(secretariat)

    page = by_page(client, "people.csv", content)
    on_page = outcome(page)
    answer = machine.client.post(
        f"{API}/imports", {"kind": "people", "file": SimpleUploadedFile("people.csv", content)}
    )
    shown = answer.json()
    to_machines = outcome(json.dumps(shown, ensure_ascii=False))
    ended = run(capsys, "import", "people", path, "--dry-run", "--json")
    by_command = outcome(ended.out)

    assert Person.objects.count() == 1
    if on_page[0] == "refused":
        assert (answer.status_code, to_machines[0], by_command[0]) == (422, "refused", "refused")
        (problem,) = shown["problems"]
        assert problem["detail"] in page and problem["detail"] in ended.out
        return
    assert on_page == to_machines == by_command
    if on_page[0] == "checked":
        said = json.loads(ended.out)
        assert (said["verdicts"], said["notices"]) == (shown["verdicts"], shown["notices"])
        assert [(row["row"], row["verdict"]) for row in said["verdicts"]] == [row[:2] for row in on_page[-1]]
        assert ended.code == int(any(row["verdict"] == "refused" for row in said["verdicts"]))
    else:
        assert ended.code != 0 and shown["message"] in ended.out


def test_three_hundred_megabytes_are_refused_by_every_door_before_they_are_read(
    secretariat, client, capsys, tmp_path, settings
):
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    assert "300 MB; at most 64 MB are read" in run(capsys, "import", "people", path).err
    client.force_login(secretariat)
    for address, sender in (("/imports/", client), (f"{API}/imports", machine_of(secretariat).client)):
        # The server tells the length before a byte of the body is read.
        answer = sender.generic(
            "POST", address, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(300 * 2**20)
        )
        assert answer.status_code == 413
    assert not Import.objects.exists()
