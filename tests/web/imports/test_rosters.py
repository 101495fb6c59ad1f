"""A package of OneRoster through the pages: sent, looked at record by record, written, taken back; and taken for one cohort."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.jobs.models import Job
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.oneroster import read_package
from corridor.journeys.import_sheets import _write
from corridor.rooms.people.models import Person, Transfer
from corridor.rooms.training.models import Enrolment
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment
from tests.foundations.sheets.oneroster.packing import changed, package


@pytest.fixture
def secretariat(client, db):
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    client.force_login(user)
    return client


def send(client, content):
    return client.post("/imports/", {"kind": "oneroster", "file": SimpleUploadedFile("roster.zip", content)})


def test_a_package_is_checked_at_once_written_and_taken_back(secretariat):
    make_cohort()
    answer = send(secretariat, package(source="sis"))
    held = Import.objects.get()
    assert answer["Location"] == f"/imports/{held.pk}/"
    page = secretariat.get(answer["Location"]).content.decode()
    assert "users.csv:2" in page and "ຄຳຫຼ້າ ສີສະຫວາດ" in page
    assert "Table: read (records: 2)" in page and "Change the columns" not in page
    secretariat.post(f"/imports/{held.pk}/write/")
    _write.func(str(Job.objects.get(kind="sheets.apply").pk))
    assert (Person.objects.count(), Enrolment.objects.count()) == (2, 1)
    secretariat.post(f"/imports/{held.pk}/undo/")
    assert not Person.objects.exists()


def test_everything_wrong_is_shown_with_its_place_and_nothing_is_kept(secretariat):
    answer = send(secretariat, package(changed("users", 1, givenName="", enabledUser="yes")))
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "users.csv",
        "enabledUser",
        "“yes” is neither true nor false",
        "givenName",
        "this column is needed in every row",
    ):
        assert said in page
    assert not Import.objects.exists()


def test_a_question_is_asked_where_a_row_waits_for_it(secretariat):
    make_cohort()
    send(secretariat, package(changed("users", givenName="Nimali", familyName="Perera"), source="sis"))
    held = Import.objects.get()
    assert "Answer what the rows wait for" in secretariat.get(f"/imports/{held.pk}/").content.decode()
    assert "Of which language are the names" in secretariat.get(f"/imports/{held.pk}/questions/").content.decode()
    secretariat.post(f"/imports/{held.pk}/questions/", {"name_language": "en"})
    held.refresh_from_db()
    assert (held.state, held.refused) == ("checked", 0)


def test_the_file_with_remarks_names_table_and_row_and_holds_no_secret(secretariat):
    make_cohort()
    send(secretariat, package(changed("users", password="hush", givenName="Nimali", familyName="P"), source="sis"))
    held = Import.objects.get()
    text = secretariat.get(f"/imports/{held.pk}/remarks/").content.decode()
    line = next(line for line in text.splitlines() if line.startswith("users.csv,2,"))
    assert "The language of this name cannot be told" in line and "hush" not in text


def test_nobody_is_asked_where_the_table_is(secretariat):
    make_cohort()
    send(secretariat, package(source="sis"))
    key = Import.objects.get().pk
    for step in ("table", "columns"):
        assert secretariat.get(f"/imports/{key}/{step}/")["Location"] == f"/imports/{key}/"


def test_the_cohort_s_page_gives_its_package_and_asks_first_where_data_cross_a_border(secretariat):
    make_alliance()
    cohort = make_cohort()
    make_enrolment(
        cohort, person=make_person("P-1", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo", residence_country="LA")
    )
    here = f"/imports/template/oneroster/zip/?cohort={cohort.reference}"
    assert here.replace("&", "&amp;") in secretariat.get(f"/cohorts/{cohort.reference}/").content.decode()
    asked = secretariat.get(here).content.decode()
    assert "Personal data would leave a country" in asked and not Transfer.objects.exists()
    taken = secretariat.post(here, {"to": "CN", "basis": "contract"})
    assert taken["Content-Type"] == "application/zip" and taken["Content-Disposition"].endswith('"oneroster.zip"')
    assert [each["identifier"] for each in read_package(taken.content, file="").records("users")] == ["P-1"]
    assert Transfer.objects.get().to_country == "CN"
    assert ZipFile(BytesIO(taken.content)).testzip() is None


def test_a_package_is_no_workbook_and_a_sheet_is_no_package(secretariat):
    assert secretariat.get("/imports/template/oneroster/xlsx/").status_code == 404
    assert secretariat.get("/imports/template/people/zip/").status_code == 404
    page = secretariat.get("/imports/").content.decode()
    assert "/imports/template/oneroster/zip/" in page and "/imports/template/oneroster/xlsx/" not in page
