"""Learners in companies by machine: placed once, changed by version, with tasks and visits, and ended before their time."""

from datetime import date

import pytest

from corridor.rooms.training.models import Placement
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.placements import file_contract_of
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
SENT = {
    "number": 1, "company": "mekong-fleet", "starts_on": "2024-01-22", "ends_before": "2024-03-16", "hours": 240, "mentor_name": "Somchai",
    "mentor_email": "mentor@mekong.example", "insurance": "Lane Xang 7", "insured_before": "2024-04-01",
    "tasks": [{"text": "Inspect brakes", "unit": "VI-1"}, {"text": "Sweep"}],
}  # fmt: skip
FACTS = {name: value for name, value in SENT.items() if name not in {"number", "tasks"}}


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def cohort():
    make_alliance()
    make_member("mekong-fleet", country="LA", kind="company")
    return make_cohort("COH-1", learners=2, starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1))


@pytest.fixture
def office(cohort):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def placed(office):
    return office.post("/cohorts/COH-1/placements", SENT, idempotency_key="k")


def test_a_learner_is_placed_once_under_one_key(office, placed):
    assert (placed.status_code, placed.json()["reference"]) == (201, "PLC-2024-0001")
    assert placed.json()["tasks"] == [{"text": "Inspect brakes", "unit": "VI-1"}, {"text": "Sweep", "unit": ""}]
    again = office.post("/cohorts/COH-1/placements", SENT, idempotency_key="k")
    assert (again.json(), again["Idempotency-Replayed"]) == (placed.json(), "true")
    assert Placement.objects.count() == 1
    assert office.post("/cohorts/COH-1/placements", SENT, idempotency_key="other").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"company": "nowhere"}, 422),
        ({"tasks": [{"text": "Fly", "unit": "XX-9"}]}, 422),
        ({"hours": 0}, 422),
        ({"ends_before": "2024-01-22"}, 422),
        ({"number": 7}, 404),
    ],
    ids=["no-company", "no-unit", "no-hours", "ends-before", "no-seat"],
)
def test_what_cannot_be_is_refused_and_nothing_is_placed(office, wrong, status):
    assert office.post("/cohorts/COH-1/placements", SENT | wrong, idempotency_key="k").status_code == status
    assert not Placement.objects.exists()


def test_it_is_changed_by_the_version_that_was_read_and_keeps_its_contract(office, placed):
    address = "/placements/PLC-2024-0001"
    file_contract_of(Placement.objects.get())
    assert office.put(address, FACTS, if_match=placed["ETag"]).status_code == 412
    read = office.get(address)
    assert office.put(address, FACTS).status_code == 428
    changed = office.put(address, FACTS | {"hours": 200}, if_match=read["ETag"])
    assert (changed.json()["hours"], changed.json()["contract"]["file_name"]) == (200, "contract.txt")
    tasks = office.put(f"{address}/tasks", {"tasks": [{"text": "Set lamps", "unit": "VI-1"}]}, if_match=changed["ETag"])
    assert [each["text"] for each in tasks.json()["tasks"]] == ["Set lamps"]


def test_visits_are_written_and_the_end_closes_it(office, placed):
    address = "/placements/PLC-2024-0001"
    visit = {"on": "2024-01-30", "found": "The brake tester works"}
    assert office.post(f"{address}/visits", visit).status_code == 428
    visited = office.post(f"{address}/visits", visit, idempotency_key="v")
    assert (visited.status_code, visited.json()["visits"]) == (201, [visit])
    assert office.post(f"{address}/visits", visit | {"on": "2024-06-30"}, idempotency_key="w").status_code == 422
    end = {"on": "2024-02-01", "because": "The company closed"}
    ended = office.put(f"{address}/end", end, if_match=visited["ETag"])
    assert ended.json()["broken_off_on"] == "2024-02-01"
    assert office.put(address, FACTS, if_match=ended["ETag"]).status_code == 409
    assert placed.status_code == 201


def test_a_trainer_reads_it_without_the_mentors_address_and_does_not_write(cohort, placed):
    user = make_user("trainer")
    person = cohort.enrolments.get(number=2).person
    person.user = user
    person.save()
    cohort.trainers.create(person=person, role="lead")
    machine = machine_of(user)
    read = machine.get("/placements/PLC-2024-0001")
    assert (read.json()["mentor_name"], read.json()["mentor_email"]) == ("Somchai", None)
    assert machine.put("/placements/PLC-2024-0001", FACTS, if_match=read["ETag"]).status_code == 403
