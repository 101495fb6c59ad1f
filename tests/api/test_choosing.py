"""Choosing learners by machine: applying, points, offers, and a version with every write."""

from datetime import date

import pytest

from corridor.rooms.training.models import Enrolment
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
APPLIED = {"participant_kind": "student"}


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def office():
    make_alliance()
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def khamla():
    user = make_user("khamla")
    make_person("khamla", user=user)
    return machine_of(user)


def test_a_person_applies_once_and_takes_the_offered_place(office, khamla):
    make_cohort("COH-1", status="recruiting")
    made = khamla.post("/cohorts/COH-1/applications", APPLIED, idempotency_key="k1")
    again = khamla.post("/cohorts/COH-1/applications", APPLIED, idempotency_key="k1")
    assert (made.status_code, again.status_code, Enrolment.objects.count()) == (201, 201, 1)
    read = office.get("/cohorts/COH-1/selection")
    sent = {"seats": [1], "choice": "offer", "until": "2024-02-09"}
    assert office.put("/cohorts/COH-1/selection/choice", sent).status_code == 428
    chosen = office.put("/cohorts/COH-1/selection/choice", sent, if_match=read["ETag"])
    assert chosen.json()["applicants"][0]["offer_until"] == "2024-02-09"
    own = khamla.get("/cohorts/COH-1/applications/own")
    taken = khamla.put("/cohorts/COH-1/applications/own", {"answer": "accept"}, if_match=own["ETag"])
    assert taken.json()["status"] == "enrolled"
    stale = khamla.put("/cohorts/COH-1/applications/own", {"answer": "decline"}, if_match=own["ETag"])
    assert stale.status_code == 412


def test_points_and_the_waiting_list_are_written_by_machine(office):
    cohort = make_cohort("COH-1", status="recruiting")
    for number in (1, 2):
        make_enrolment(cohort, number=number, steps=[])
    tag = office.get("/cohorts/COH-1/selection")["ETag"]
    sent = {"criteria": [{"title": "Entry test", "most": 100, "least": 50}], "points": {"2": {"Entry test": 70}}}
    answer = office.put("/cohorts/COH-1/selection/points", sent, if_match=tag)
    assert [row["number"] for row in answer.json()["applicants"]] == [2, 1]
    waits = office.put("/cohorts/COH-1/selection/choice", {"seats": [1], "choice": "wait"}, if_match=answer["ETag"])
    assert waits.json()["applicants"][1]["waiting"] == 1
    wrong = office.put(
        "/cohorts/COH-1/selection/points", {"points": {"1": {"Entry test": 101}}}, if_match=waits["ETag"]
    )
    assert wrong.status_code == 422


def test_a_cohort_says_its_places_languages_and_clock(office):
    make_cohort("COH-1", learners=2)
    read = office.get("/cohorts/COH-1/description")
    assert read.json()["zone"] == "Asia/Vientiane"
    sent = {"capacity": 20, "languages": ["lo", "zh-Hans"], "required_share": 80}
    answer = office.put("/cohorts/COH-1/description", sent, if_match=read["ETag"])
    assert (answer.json()["languages"], answer.json()["required_share"]) == (["lo", "zh-Hans"], 80)
    few = office.put("/cohorts/COH-1/description", {"capacity": 1}, if_match=answer["ETag"])
    assert few.status_code == 422
    assert [each["count"] for each in office.get("/cohorts/COH-1/funnel").json()["stages"]] == [2, 2, 2, 2, 0]
