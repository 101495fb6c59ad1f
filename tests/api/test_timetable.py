"""Sessions by machine: planned by a pattern, moved, called off, and what the week says."""

from datetime import date

import pytest

from corridor.rooms.training.models import Cohort, Session
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person
from tests.factories.placements import make_placement
from tests.factories.sites import make_equipment
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
PATTERN = {
    "first_day": "2024-04-08",
    "weekdays": [0, 3],
    "times": ["08:30"],
    "minutes": 180,
    "sessions": 3,
    "unit": "VI-1",
}


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def office():
    make_alliance()
    user = make_user("mei")
    make_seat(user, "secretariat")
    make_cohort("COH-1", learners=1, starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1))
    return machine_of(user)


def test_a_pattern_is_planned_once_and_holidays_are_told(office):
    answer = office.post("/cohorts/COH-1/session-plans", PATTERN, idempotency_key="k")
    again = office.post("/cohorts/COH-1/session-plans", PATTERN, idempotency_key="k")
    assert (answer.status_code, again.status_code, Session.objects.count()) == (201, 201, 3)
    assert [row["held_on"] for row in answer.json()["planned"]] == ["2024-04-08", "2024-04-11", "2024-04-22"]
    assert [row["day"] for row in answer.json()["holidays"]] == ["2024-04-15", "2024-04-18"]
    assert {row["unit"] for row in answer.json()["planned"]} == {"VI-1"}


def test_a_clash_is_refused_with_both_sides(office):
    office.post("/cohorts/COH-1/session-plans", PATTERN, idempotency_key="k1")
    clash = office.post(
        "/cohorts/COH-1/session-plans", {**PATTERN, "times": ["10:00"], "sessions": 1}, idempotency_key="k2"
    )
    assert clash.status_code == 422
    assert "are at the same time" in clash.content.decode()
    kept = {**PATTERN, "times": ["10:00"], "sessions": 1, "keep_clashes": True}
    assert office.post("/cohorts/COH-1/session-plans", kept, idempotency_key="k3").status_code == 201
    assert len(office.get("/timetable?from=2024-04-08&cohort=COH-1").json()["clashes"]) == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"unit": "XX-9"}, 404), ({"room": "Nowhere"}, 404), ({"sessions": None}, 422), ({"weekdays": [9]}, 422)],
    ids=["unit", "room", "no end", "weekday"],
)
def test_what_cannot_be_planned_is_said(office, wrong, status):
    assert office.post("/cohorts/COH-1/session-plans", {**PATTERN, **wrong}, idempotency_key="k").status_code == status


def test_a_session_moves_and_is_called_off_in_the_version_that_was_read(office):
    office.post("/cohorts/COH-1/session-plans", PATTERN, idempotency_key="k")
    path = "/cohorts/COH-1/sessions/1"
    tag = office.etag(f"{path}/plan")
    sent = {"begins_at": "2024-04-09T08:30:00+07:00", "minutes": 120, "reason": "Power cut"}
    assert office.put(f"{path}/time", sent).status_code == 428
    moved = office.put(f"{path}/time", sent, if_match=tag)
    assert (moved.json()["held_on"], moved.json()["moves"][0]["reason"]) == ("2024-04-09", "Power cut")
    assert office.put(f"{path}/time", sent, if_match=tag).status_code == 412
    naive = office.put(f"{path}/time", {**sent, "begins_at": "2024-04-10T08:30:00"}, if_match=moved["ETag"])
    assert naive.status_code == 422
    off = office.put(f"{path}/cancelled", {"reason": "Trainer ill"}, if_match=moved["ETag"])
    assert off.json()["status"] == "cancelled"


def test_hours_and_placements_are_read(office):
    office.post("/cohorts/COH-1/session-plans", PATTERN, idempotency_key="k")
    unit = office.get("/cohorts/COH-1/hours").json()[0]
    assert sum(kind["planned_minutes"] for kind in unit["kinds"]) == 540
    placement = make_placement(Session.objects.first().cohort.enrolments.get())
    assert office.get("/cohorts/COH-1/placements").json()["rows"][0]["reference"] == placement.reference


def test_a_pattern_names_trainers_and_machines_makes_up_and_is_joint(office):
    cohort = Cohort.objects.get()
    trainer = make_person("bounmy")
    cohort.trainers.create(person=trainer)
    make_cohort("COH-2", starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1), version=cohort.curriculum_version)
    machine = make_equipment(cohort.site)
    office.post("/cohorts/COH-1/session-plans", {**PATTERN, "sessions": 1}, idempotency_key="k")
    first = "/cohorts/COH-1/sessions/1"
    office.put(f"{first}/cancelled", {"reason": "Power cut"}, if_match=office.etag(f"{first}/plan"))
    sent = {
        **PATTERN, "first_day": "2024-05-06", "sessions": 2, "trainers": ["bounmy"], "equipment": [{"equipment": str(machine.pk)}],
        "makes_up_for": 1, "also_for": ["COH-2"],
    }  # fmt: skip
    made = office.post("/cohorts/COH-1/session-plans", sent, idempotency_key="m")
    assert made.status_code == 201, made.content
    own, other, later, _ = made.json()["planned"]
    assert (own["trainers"], own["equipment"][0]["count"], own["makes_up_for"]) == (["bounmy"], 1, 1)
    assert (own["joined_by"], other["together_with"], later["makes_up_for"]) == (["COH-2"], "COH-1", None)
    for wrong in (
        {"trainers": ["khamla"]},
        {"equipment": [{"equipment": str(cohort.pk)}]},
        {"also_for": ["COH-9"]},
        {"makes_up_for": 2},
    ):
        refused = office.post("/cohorts/COH-1/session-plans", {**PATTERN, **wrong}, idempotency_key=str(wrong))
        assert (refused.status_code, refused.json()["problems"][0]["where"]) == (422, next(iter(wrong)))


def test_what_a_session_needs_is_written_anew_over_what_was_read(office):
    office.post("/cohorts/COH-1/session-plans", PATTERN, idempotency_key="k")
    path = "/cohorts/COH-1/sessions/1/plan"
    read = office.get(path)
    sent = {"kind": "theory", "topic": "Rules of the road", "unit": "VI-2"}
    assert office.put(path, sent).status_code == 428
    changed = office.put(path, sent, if_match=read["ETag"])
    assert (changed.json()["kind"], changed.json()["unit"], changed.json()["topic"]) == (
        "theory",
        "VI-2",
        "Rules of the road",
    )
    assert office.put(path, sent, if_match=read["ETag"]).status_code == 412
    assert office.put(path, sent | {"unit": "XX-9"}, if_match=changed["ETag"]).status_code == 404
    person = Cohort.objects.get().enrolments.get().person
    person.user = make_user("learner")
    person.save()
    assert machine_of(person.user).put(path, sent, if_match=changed["ETag"]).status_code == 403
