"""Sheets in and out through the API: the verdicts of the page, for machines."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.jobs.models import Job
from corridor.foundations.sheets.oneroster import read_package
from corridor.journeys.import_sheets import _write
from corridor.rooms.people.models import Person
from tests.factories.actors import make_user
from tests.factories.members import make_seat
from tests.factories.people import make_person, make_purpose_of_sex
from tests.factories.tokens import API, machine_of
from tests.factories.training import make_cohort
from tests.foundations.sheets.oneroster.packing import changed, package

SHEET = "Name,Sex,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,ຍິງ,31/01/2001\nນາງ ແກ້ວ,F,2002-05-04\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    return machine_of(user)


def send(machine, content, **more):
    content = content if isinstance(content, bytes) else content.encode()
    given = {"kind": "people", "file": SimpleUploadedFile("people.csv", content), **more}
    return machine.client.post(f"{API}/imports", given)


def test_a_dry_run_gives_a_verdict_for_every_row_and_writes_nothing(secretariat):
    make_purpose_of_sex()
    answer = send(secretariat, SHEET, answer="purpose_needed=equal_access")
    said = answer.json()
    assert (answer.status_code, said["state"], said["create"], said["refused"]) == (201, "checked", 2, 0)
    assert [(each["row"], each["verdict"]) for each in said["verdicts"]] == [(2, "create"), (3, "create")]
    assert not Person.objects.exists()


def test_a_refused_row_names_its_column_value_and_rule(secretariat):
    said = send(secretariat, "Name,Date of birth\nນາງ,2001-02-31\n", dry_run="false").json()
    problem = said["verdicts"][0]["problems"][0]
    assert (said["state"], problem["column"], problem["value"]) == ("checked", "born_on", "2001-02-31")
    assert not Job.objects.exists()


def test_sex_without_a_purpose_is_refused_and_the_answers_are_the_purposes(secretariat):
    make_purpose_of_sex()
    said = send(secretariat, SHEET, dry_run="false").json()
    problem = said["verdicts"][0]["problems"][0]
    assert (said["state"], problem["column"], problem["rule"]) == ("checked", "sex_because", "purpose_needed")
    assert "or leave the sex empty: equal_access." in problem["message"]
    (question,) = said["questions"]
    assert (question["code"], question["answers"]) == ("purpose_needed", ["row", "leave", "equal_access"])
    left = send(secretariat, SHEET, answer="purpose_needed=leave").json()
    assert (left["create"], left["refused"]) == (2, 0)
    wrong = send(secretariat, SHEET, answer="purpose_needed=nothing")
    assert (wrong.status_code, "equal_access" in wrong.content.decode()) == (422, True)


def test_what_is_not_a_dry_run_is_written_by_the_queue(secretariat):
    make_purpose_of_sex()
    said = send(secretariat, SHEET, dry_run="false", answer="purpose_needed=equal_access").json()
    assert said["state"] == "applying"
    _write.func(str(Job.objects.get(kind="sheets.apply").pk))
    assert secretariat.get(f"/imports/{said['id']}").json()["state"] == "applied"
    assert Person.objects.count() == 2


def test_an_open_question_is_named_and_can_be_answered_with_the_next_sending(secretariat):
    sheet = "Name,Date of birth\nຄຳຫຼ້າ,03/04/2001\n"
    said = send(secretariat, sheet).json()
    assert (said["state"], [each["code"] for each in said["questions"]]) == ("received", ["dates.born_on"])
    assert "mdy" in said["questions"][0]["answers"]
    again = send(secretariat, sheet, answer="dates.born_on=mdy").json()
    assert {"column": "born_on", "old": "", "new": "2001-03-04"} in again["verdicts"][0]["changes"]


def test_a_header_can_be_named(secretariat):
    said = send(secretariat, "Bezeichnung\nຄຳຫຼ້າ\n", column="Bezeichnung=own_name").json()
    assert (said["state"], said["create"]) == ("checked", 1)


def test_verdicts_come_in_pages_and_by_verdict(secretariat):
    sheet = "Name,Date of birth\n" + "ຄຳຫຼ້າ,2001-02-31\n" * 3
    key = send(secretariat, sheet).json()["id"]
    first = secretariat.get(f"/imports/{key}?limit=2").json()
    assert ([each["row"] for each in first["verdicts"]], first["next"]) == ([2, 3], 3)
    assert [each["row"] for each in secretariat.get(f"/imports/{key}?after=3").json()["verdicts"]] == [4]
    assert secretariat.get(f"/imports/{key}?verdict=create").json()["verdicts"] == []


@pytest.mark.parametrize(("given", "code"), [({"kind": "nothing"}, 404), ({"answer": "no sign"}, 422), ({}, 422)])
def test_what_cannot_be_taken_is_refused(secretariat, given, code):
    content = b"" if not given else SHEET
    assert send(secretariat, content, **given).status_code == code


def test_who_may_not_import_people_is_refused():
    user = make_user("auditor")
    make_seat(user, "auditor")
    assert send(machine_of(user), SHEET).status_code == 403
    assert machine_of(user).get("/exports/people").status_code == 403


def test_another_ones_import_is_not_there(secretariat):
    key = send(secretariat, SHEET).json()["id"]
    other = make_user("colleague")
    make_seat(other, "secretariat")
    assert machine_of(other).get(f"/imports/{key}").status_code == 404


def test_an_export_comes_back_unchanged(secretariat):
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    answer = secretariat.get("/exports/people?form=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert next(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    said = send(secretariat, answer.content).json()
    assert (said["unchanged"], said["create"], said["refused"]) == (1, 0, 0)


def test_a_package_of_oneroster_comes_in_and_goes_out(secretariat):
    make_cohort()
    given = {"kind": "oneroster", "file": SimpleUploadedFile("roster.zip", package(source="sis"))}
    said = secretariat.client.post(f"{API}/imports", given).json()
    assert (said["state"], said["create"], said["refused"]) == ("checked", 4, 0)
    assert ("users.csv:2", "create") in [(each["place"], each["verdict"]) for each in said["verdicts"]]
    answer = secretariat.get("/exports/oneroster?form=zip&to=LA&cohort=COH-2023-041")
    assert [each["classCode"] for each in read_package(answer.content, file="").records("classes")] == ["COH-2023-041"]
    assert secretariat.get("/exports/oneroster").status_code == 422


def test_a_wrong_package_is_refused_with_every_place(secretariat):
    content = package(changed("users", 1, givenName="", enabledUser="yes"))
    answer = secretariat.client.post(
        f"{API}/imports", {"kind": "oneroster", "file": SimpleUploadedFile("roster.zip", content)}
    )
    assert answer.status_code == 422
    assert [(each["file"], each["row"], each["where"]) for each in answer.json()["problems"]] == [
        ("users.csv", 3, "enabledUser"), ("users.csv", 3, "givenName"),
    ]  # fmt: skip
