"""A sheet through the pages: dropped, mapped, asked about, checked row by row, written, taken back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from corridor.foundations.jobs.models import Job
from corridor.foundations.sheets.models import Import
from corridor.journeys.import_sheets import KINDS, _write
from corridor.rooms.people.models import Person
from tests.factories.actors import make_user
from tests.factories.members import make_seat
from tests.factories.people import make_purpose_of_sex

SHEET = "Name,Sex,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,ຍິງ,31/01/2001\nນາງ ແກ້ວ,F,2002-05-04\n"


@pytest.fixture
def secretariat(client, db):
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    client.force_login(user)
    return client


def send(client, content, name="people.csv", kind="people"):
    content = content.encode() if isinstance(content, str) else content
    return client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def mapped(held):
    return {f"column-{row.position}": row.name for row in held.columns.all()}


def go_on(client):
    held = Import.objects.latest("sent_at", "pk")
    return held, client.post(f"/imports/{held.pk}/columns/", mapped(held))


def test_a_sheet_is_read_checked_written_and_taken_back(secretariat):
    make_purpose_of_sex()
    assert send(secretariat, SHEET)["Location"].endswith("/columns/")
    held, answer = go_on(secretariat)
    asked = secretariat.get(f"/imports/{held.pk}/questions/").content.decode()
    assert "What is sex collected for in rows that do not say it?" in asked and "equal_access" in asked
    assert "We count how many women and men take par" in asked
    secretariat.post(f"/imports/{held.pk}/questions/", {"purpose_needed": "equal_access"})
    assert answer["Location"] == f"/imports/{held.pk}/"
    page = secretariat.get(f"/imports/{held.pk}/").content.decode()
    assert "Write all 2 rows" in page and "ຄຳຫຼ້າ ສີສະຫວາດ" in page
    secretariat.post(f"/imports/{held.pk}/write/")
    assert not Person.objects.exists()
    _write.func(str(Job.objects.get(kind="sheets.apply").pk))
    assert Person.objects.count() == 2
    assert "For a day it can be taken back" in secretariat.get(f"/imports/{held.pk}/").content.decode()
    secretariat.post(f"/imports/{held.pk}/undo/")
    assert not Person.objects.exists()


def test_a_question_is_asked_with_its_evidence_and_its_answer_is_used(secretariat):
    send(secretariat, "Name,Date of birth\nຄຳຫຼ້າ,03/04/2544\n")
    held, answer = go_on(secretariat)
    assert answer["Location"].endswith("/questions/")
    page = secretariat.get(answer["Location"]).content.decode()
    assert "Which comes first, the day or the month?" in page and "Buddhist calendar" in page and "2001" in page
    answer = secretariat.post(f"/imports/{held.pk}/questions/", {"dates.born_on": "dmy", "calendar.born_on": "yes"})
    assert answer["Location"] == f"/imports/{held.pk}/"
    assert "3 April 2001" in secretariat.get(answer["Location"]).content.decode()


def test_a_refused_row_says_what_is_wrong_and_how_to_mend_it(secretariat):
    send(secretariat, "Name,Date of birth\nຄຳຫຼ້າ,31/02/2001\n")
    held, _answer = go_on(secretariat)
    page = secretariat.get(f"/imports/{held.pk}/?verdict=refused").content.decode()
    assert "There is no day 31/02/2001" in page and "Look at the month and the day" in page
    assert "Write all" not in page
    assert secretariat.post(f"/imports/{held.pk}/write/").status_code == 409


def test_the_file_comes_back_with_remarks_and_otherwise_as_it_was(secretariat):
    book, packed = Workbook(), BytesIO()
    page = book.active
    page.title = "Learners"
    page.append(["Name", "Date of birth", "Shoe size"])
    page.append(["ຄຳຫຼ້າ", "31/02/2001", 38])
    book.save(packed)
    send(secretariat, packed.getvalue(), "people.xlsx")
    held, _answer = go_on(secretariat)
    returned = load_workbook(BytesIO(secretariat.get(f"/imports/{held.pk}/remarks/").content))["Learners"]
    assert [cell.value for cell in returned[1]] == ["Name", "Date of birth", "Shoe size", "Remarks"]
    assert returned["C2"].value == 38
    assert "There is no day 31/02/2001" in returned["D2"].value


def test_an_export_that_comes_back_changes_exactly_the_edited_cell(secretariat):
    make_purpose_of_sex()
    send(secretariat, SHEET)
    held, _answer = go_on(secretariat)
    for person in ("=1+1", "ນາງ ແກ້ວ"):
        Person.objects.create(reference=f"p-{len(person)}", source_mark="assumed").names.create(
            form="own", language="lo", full_name=person
        )
    book = load_workbook(BytesIO(secretariat.get("/imports/template/people/xlsx/").content))
    page = book.active
    assert page["B2"].value == "=1+1" and page["B2"].data_type == "s"
    page.cell(3, 1 + [column.name for column in KINDS["people"].columns].index("sex")).value = "female"
    page.cell(3, 1 + [column.name for column in KINDS["people"].columns].index("sex_because")).value = "equal_access"
    packed = BytesIO()
    book.save(packed)
    send(secretariat, packed.getvalue(), "people.xlsx")
    held, _answer = go_on(secretariat)
    held.refresh_from_db()
    assert (held.created, held.updated, held.unchanged, held.refused) == (0, 1, 1, 0)
    assert (
        '"changes":[["sex","unknown","female"],["sex_because","","equal_access"]]'
        in held.verdicts.get(verdict="update").said
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 400, "people.xlsx", "This is a picture"),
        (b" \n", "people.csv", "The file is empty"),
        (b"PK\x03\x04nothing", "people.xlsx", "damaged"),
        (b"%PDF-1.7 ...", "people.xlsx", "This is a PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "people.xls", "This is a web page"),
    ],
)
def test_what_is_no_sheet_is_refused_by_what_it_is(secretariat, content, name, said):
    answer = send(secretariat, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_hidden_rows_are_asked_about_and_told(secretariat):
    book, packed = Workbook(), BytesIO()
    page = book.active
    for row in (["Name"], ["ຄຳຫຼ້າ"], ["ນາງ ແກ້ວ"]):
        page.append(row)
    page.row_dimensions[3].hidden = True
    book.save(packed)
    answer = send(secretariat, packed.getvalue(), "people.xlsx")
    assert answer["Location"].endswith("/table/")
    assert (
        "Row 3 is hidden. It is neither read nor left out before you say so."
        in secretariat.get(answer["Location"]).content.decode()
    )
    held = Import.objects.get()
    secretariat.post(answer["Location"], {"sheet": "Sheet", "header_row": 1, "header_depth": 1, "hidden": "leave"})
    _held, answer = go_on(secretariat)
    page = secretariat.get(f"/imports/{held.pk}/").content.decode()
    assert "Row 3 is hidden and was left out" in page
    held.refresh_from_db()
    assert held.created == 1


def test_cells_that_are_merged_in_the_table_are_told_with_their_address(secretariat):
    book, packed = Workbook(), BytesIO()
    page = book.active
    for row in (["Name", "Country"], ["ຄຳຫຼ້າ", "LA"], ["ນາງ ແກ້ວ", None]):
        page.append(row)
    page.merge_cells("B2:B3")
    book.save(packed)
    answer = send(secretariat, packed.getvalue(), "people.xlsx")
    assert "Cells are merged in the table: B2:B3." in secretariat.get(answer["Location"]).content.decode()


def test_a_file_can_be_given_up_and_is_gone(secretariat):
    send(secretariat, SHEET)
    held = Import.objects.get()
    secretariat.post(f"/imports/{held.pk}/withdraw/")
    held.refresh_from_db()
    assert (held.state, held.stored_as) == ("withdrawn", "")


def test_who_may_import_nothing_is_told_so(client, db):
    client.force_login(make_user("somebody"))
    assert client.get("/imports/").status_code == 403


def test_another_ones_import_is_not_there(secretariat, client):
    send(secretariat, SHEET)
    held = Import.objects.get()
    other = make_user("colleague")
    make_seat(other, "secretariat")
    client.force_login(other)
    assert client.get(f"/imports/{held.pk}/").status_code == 404
