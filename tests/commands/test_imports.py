"""Sheets in and out by command; the verdicts are those of the page."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.oneroster import read_package
from corridor.rooms.people.actions.transfers import set_threshold
from corridor.rooms.people.models import DataClass, Person, Transfer
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person, make_purpose_of_sex
from tests.factories.training import make_cohort
from tests.foundations.sheets.oneroster.packing import changed, package

from .run import run

pytestmark = pytest.mark.django_db

SHEET = "Name,Sex,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,ຍິງ,31/01/2001\nນາງ ແກ້ວ,robot,2002-05-04\nນາງ,F,2001-02-31\n"
RIGHT = "Name,Sex,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,ຍິງ,31/01/2001\nນາງ ແກ້ວ,F,2002-05-04\n"


@pytest.fixture
def sheet(tmp_path):
    def made(text):
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return made


def test_a_dry_run_says_what_each_row_would_do_and_writes_nothing(capsys, sheet):
    make_purpose_of_sex()
    ended = run(capsys, "import", "people", sheet(RIGHT), "--dry-run", "--answer", "purpose_needed=equal_access")
    assert (ended.code, Person.objects.exists()) == (0, False)
    assert "2 create" in ended.out and "Nothing was written." in ended.out


def test_a_sheet_is_written(capsys, sheet):
    make_purpose_of_sex()
    ended = run(capsys, "import", "people", sheet(RIGHT), "--answer", "purpose_needed=equal_access")
    assert (ended.code, Person.objects.count()) == (0, 2)
    assert "Written." in ended.out


def test_a_refused_row_ends_it_with_one_and_is_named(capsys, sheet):
    ended = run(capsys, "import", "people", sheet(SHEET))
    assert (ended.code, Person.objects.exists()) == (1, False)
    assert "row 3, sex" in ended.err and "row 4, born_on" in ended.err


def test_the_verdicts_are_those_of_the_page(capsys, sheet, client):
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    client.force_login(user)
    client.post("/imports/", {"kind": "people", "file": SimpleUploadedFile("people.csv", SHEET.encode())})
    held = Import.objects.get()
    client.post(f"/imports/{held.pk}/columns/", {f"column-{row.position}": row.name for row in held.columns.all()})
    on_page = list(held.verdicts.values_list("number", "verdict", "said"))
    said = json.loads(run(capsys, "import", "people", sheet(SHEET), "--dry-run", "--json").out)
    by_command = Import.objects.exclude(pk=held.pk).get()
    assert list(by_command.verdicts.values_list("number", "verdict", "said")) == on_page
    assert [(row["row"], row["verdict"]) for row in said["verdicts"]] == [
        (number, verdict) for number, verdict, _ in on_page
    ]


def test_columns_can_be_named_in_a_file(capsys, sheet, tmp_path):
    names = tmp_path / "map.json"
    names.write_text('{"Bezeichnung": "own_name"}')
    ended = run(capsys, "import", "people", sheet("Bezeichnung\nຄຳຫຼ້າ\n"), "--map", names)
    assert (ended.code, Person.objects.count()) == (0, 1)


def test_an_open_question_is_said_and_answered_by_a_word(capsys, sheet):
    path = sheet("Name,Date of birth\nຄຳຫຼ້າ,03/04/2001\n")
    ended = run(capsys, "import", "people", path)
    assert ended.code != 0
    assert "no answer yet" in ended.err
    assert run(capsys, "import", "people", path, "--answer", "dates.born_on=mdy").code == 0
    assert str(Person.objects.get().born_on) == "2001-03-04"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_that_comes_back_changes_nothing(capsys, tmp_path, form):
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    path = tmp_path / f"people.{form}"
    assert run(capsys, "export", "people", path).code == 0
    ended = run(capsys, "import", "people", path, "--json")
    assert (ended.code, json.loads(ended.out)["unchanged"]) == (0, 1)


def test_an_export_does_not_write_over_a_file(capsys, sheet):
    path = sheet("mine\n")
    assert run(capsys, "export", "people", path).code != 0
    assert path.read_text(encoding="utf-8") == "mine\n"


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    ended = run(capsys, "import", "people", tmp_path / "none.csv")
    assert ended.code != 0
    assert "There is no such file." in ended.err


def test_an_export_stands_in_the_ledger_of_transfers_and_says_so(capsys, tmp_path):
    make_alliance()
    make_person("khamla", residence_country="LA")
    ended = run(capsys, "export", "people", tmp_path / "people.csv")
    transfer = Transfer.objects.get()
    assert f"{transfer.reference}: data of 1 persons left LA for CN." in ended.out
    run(capsys, "export", "people", tmp_path / "again.csv", "--to", "th", "--basis", "consent")
    assert Transfer.objects.filter(to_country="TH", basis="consent").count() == 1


def test_no_file_is_written_over_a_threshold(capsys, tmp_path):
    make_alliance()
    make_person("khamla", residence_country="LA")
    make_person("nimali", residence_country="LA")
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=1, source="Own choice", by=NIGHTLY)
    path = tmp_path / "people.csv"
    assert run(capsys, "export", "people", path).code == 1
    assert not path.exists()
    assert run(capsys, "export", "people", path, "--over-because", "The embassy asked.").code == 0


def test_a_package_of_oneroster_is_checked_written_and_taken_again(capsys, tmp_path):
    make_cohort()
    sent, taken = tmp_path / "roster.zip", tmp_path / "taken.zip"
    sent.write_bytes(package(changed("users", password="hush"), source="sis"))
    ended = run(capsys, "import", "oneroster", sent)
    assert (ended.code, Person.objects.count()) == (0, 2)
    assert "users.csv" in ended.out and "unread: enabledUser, username, password" in ended.out
    day = "2024-03-05"
    assert run(capsys, "export", "oneroster", taken, "--only", f"on={day}", "--to", "LA").code == 0
    assert len(read_package(taken.read_bytes(), file="").records("enrollments")) == 2
    again = json.loads(run(capsys, "import", "oneroster", taken, "--dry-run", "--json").out)
    assert (again["create"], again["update"], again["refused"]) == (0, 0, 0)
    assert run(capsys, "export", "oneroster", tmp_path / "taken.xlsx").code == 1


def test_a_wrong_package_ends_with_one_and_names_every_place(capsys, tmp_path):
    sent = tmp_path / "roster.zip"
    sent.write_bytes(package(changed("users", 1, givenName="", enabledUser="yes")))
    ended = run(capsys, "import", "oneroster", sent)
    assert (ended.code, Import.objects.exists()) == (1, False)
    assert "users.csv, row 3, enabledUser" in ended.err and "users.csv, row 3, givenName" in ended.err
