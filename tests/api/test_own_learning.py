"""A learner's own path by machine: what it says, the own files on it, and the address from which a calendar reads the sessions."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.training.models import OwnEvidence, TimetableAddress
from tests.factories.actors import make_user
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.members import make_alliance, make_seat
from tests.factories.placements import make_placement
from tests.factories.site_years import picture
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2023, 6, 20)


@pytest.fixture
def cohort():
    make_alliance()
    return make_cohort("COH-1", learners=2)


def learner_at(cohort, number):
    person = cohort.enrolments.get(number=number).person
    person.user = make_user(f"learner-{number}")
    person.save()
    return machine_of(person.user)


def photo():
    return SimpleUploadedFile("brake.jpg", picture(), content_type="image/jpeg")


def test_a_path_tells_its_own_learner_units_results_and_the_next_session(cohort):
    learner = learner_at(cohort, 1)
    unit = cohort.curriculum_version.units.first()
    make_decision(cohort.enrolments.get(number=1), unit, assessor=make_assessor(cohort, "judge"))
    placed = make_placement(cohort.enrolments.get(number=1))
    make_session(cohort, number=1, status="locked"), make_session(cohort, number=2, on=date(2023, 6, 26))
    told = learner.get("/me/path").json()
    (stretch,) = told["stretches"]
    assert (stretch["cohort"], stretch["number"], stretch["minutes_attended"]) == ("COH-1", 1, 180)
    assert (stretch["units"][0]["unit"], stretch["units"][0]["is_done"]) == (unit.code, True)
    assert {each["result"] for each in stretch["units"][1:]} == {None}
    assert stretch["placements"] == [placed.reference]
    assert told["next_session"]["number"] == 2
    office = make_user("mei")
    make_seat(office, "secretariat")
    assert machine_of(office).get("/me/path").status_code == 404


def test_an_own_file_is_added_once_read_by_its_learner_and_dropped(cohort):
    learner, other = learner_at(cohort, 1), learner_at(cohort, 2)
    path = "/me/path/COH-1/1/files"
    made = learner.send(path, {"words": "My brake", "unit": "VI-1", "file": photo()}, idempotency_key="k")
    again = learner.send(path, {"words": "My brake", "unit": "VI-1", "file": photo()}, idempotency_key="k")
    assert (made.status_code, again.json(), OwnEvidence.objects.count()) == (201, made.json(), 1)
    assert other.send(path, {"words": "Mine", "file": photo()}, idempotency_key="o").status_code == 404
    assert learner.send(path, {"words": "x", "unit": "XX-9", "file": photo()}, idempotency_key="u").status_code == 404
    assert learner.send(path, {"words": " ", "file": photo()}, idempotency_key="w").status_code == 422
    where = f"/me/path/files/{made.json()['id']}"
    assert learner.get(f"{where}/content")["Content-Type"] == "image/jpeg"
    assert [each.get(where).status_code for each in (learner, other)] == [200, 404]
    assert learner.get("/me/path").json()["stretches"][0]["files"] == [made.json()]
    assert learner.delete(where).status_code == 428
    assert other.delete(where, if_match=learner.etag(where)).status_code == 404
    assert learner.delete(where, if_match=learner.etag(where)).status_code == 204
    assert not OwnEvidence.objects.exists()


def test_a_calendar_s_address_is_told_once_and_taken_away(cohort):
    learner = learner_at(cohort, 1)
    where = "/me/timetable-address"
    assert learner.get(where).status_code == 404
    made = learner.post(where, {}).json()
    assert made["address"].endswith(".ics")
    assert made["hint"] in made["address"]
    assert learner.get(where).json() == made | {"address": None}
    second = learner.post(where, {}).json()
    assert (second["address"] != made["address"], TimetableAddress.objects.filter(ended_at__isnull=True).count()) == (
        True,
        1,
    )
    secret = second["address"].rpartition("/timetable/")[2]
    assert learner.client.get(f"/timetable/{secret}").status_code == 200
    assert learner.delete(where).status_code == 428
    assert learner.delete(where, if_match=learner.etag(where)).status_code == 204
    assert learner.get(where).status_code == 404
    office = make_user("mei")
    make_seat(office, "secretariat")
    assert machine_of(office).post(where, {}).status_code == 403
