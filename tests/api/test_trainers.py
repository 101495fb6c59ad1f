"""Trainers, their cascade, watched sessions and days away, for machines."""

from datetime import date

import pytest

from corridor.rooms.training.models import ObservedSession, Stay, Trainer
from tests.factories.actors import make_user
from tests.factories.curricula import make_version
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import machine_of
from tests.factories.trainers import (
    make_rubric,
    make_session_taught,
    make_stay,
    make_teachers_trained,
    make_trainer,
)
from tests.factories.training import make_ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_a_trainer_is_registered_once_described_and_qualified(machine):
    make_person("khamla"), make_version()
    sent = {
        "person": "khamla", "held_from": "2023-01-09", "languages": [{"language": "lo", "scale": "first"}],
        "units": [{"curriculum": "vehicle-inspection", "version": "1.0", "code": "VI-1"}],
    }  # fmt: skip
    made = machine.post("/trainers", sent, idempotency_key="one")
    again = machine.post("/trainers", sent, idempotency_key="one")
    assert (made.status_code, again.status_code, Trainer.objects.count()) == (201, 201, 1)
    assert machine.post("/trainers", sent, idempotency_key="two").status_code == 409
    read = machine.get("/trainers/khamla")
    facts = {
        "held_from": "2023-01-09",
        "languages": [{"language": "en", "scale": "cefr", "level": "B2", "source": "test"}],
    }
    assert machine.put("/trainers/khamla", facts).status_code == 428
    assert machine.put("/trainers/khamla", facts, if_match='"old"').status_code == 412
    changed = machine.put("/trainers/khamla", facts, if_match=read["ETag"])
    assert (changed.json()["languages"][0]["level"], changed.json()["units"]) == ("B2", [])
    learned = {"what": "Welder", "awarded_by": "A body", "awarded_on": "2022-05-02"}
    added = machine.post("/trainers/khamla/qualifications", learned, idempotency_key="three")
    (one,) = added.json()["qualifications"]
    gone = machine.delete(f"/trainers/khamla/qualifications/{one['id']}", if_match=added["ETag"])
    assert gone.json()["qualifications"] == []


def test_what_cannot_be_is_refused_at_its_field(machine):
    make_person("khamla"), make_version()
    sent = {"person": "khamla", "held_from": "2023-01-09"}
    unit = {"curriculum": "vehicle-inspection", "version": "1.0", "code": "XX"}
    for more in (
        {"employer": "nobody"},
        {"units": [unit]},
        {"languages": [{"language": "en", "scale": "cefr", "level": "Z9"}]},
    ):
        assert machine.post("/trainers", sent | more, idempotency_key=str(more)).status_code == 422, more
    assert machine.post("/trainers", sent | {"person": "nobody"}, idempotency_key="nobody").status_code == 404


def test_the_cascade_and_where_a_trainer_stands_in_it(machine):
    mei, khamla = make_person("p-mei"), make_person("khamla")
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=[khamla], starts_on=date(2023, 1, 9), completed_on=date(2023, 2, 10)
    )
    make_trainer(khamla)
    first = machine.get("/cascade?limit=1").json()
    rest = machine.get(f"/cascade?after={first['next']}").json()
    assert [(row["person"], row["generation"], row["teaching"]) for row in first["rows"] + rest["rows"]] == [
        ("p-mei", 0, None), ("khamla", 1, "has_not_taught"),
    ]  # fmt: skip
    assert machine.get("/trainers/khamla").json()["generation"] == 1
    assert machine.get("/cascade?on=2023-03-01&teaching=has_not_taught").json()["rows"] == []


def test_a_coordinator_reads_and_writes_the_own_member(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)
    colombo, user = make_member("colombo", country="LK"), make_user("nimali")
    make_seat(user, "coordinator", member=colombo)
    make_trainer(make_person("nimali-p"), employer=colombo)
    make_trainer(make_person("khamla"))
    machine = machine_of(user)
    assert [row["reference"] for row in machine.get("/trainers").json()["rows"]] == ["nimali-p"]
    assert machine.get("/trainers/khamla").status_code == 404
    sent = {
        "person": "khamla",
        "kind": "trip",
        "sent_by": "colombo",
        "country": "LA",
        "starts_on": "2023-10-02",
        "purpose": "To guide",
    }
    assert machine.post("/stays", sent | {"ends_before": "2023-10-07"}, idempotency_key="one").status_code == 404


def test_stays_are_written_corrected_and_counted(machine):
    make_ground()
    make_person("khamla")
    sent = {
        "person": "khamla", "kind": "posting", "sent_by": "chongqing", "site": "wks-vientiane", "starts_on": "2023-10-02",
        "purpose": "To guide",
    }  # fmt: skip
    made = machine.post("/stays", sent, idempotency_key="one")
    assert (made.status_code, made.json()["country"]) == (201, "LA")
    address = f"/stays/{made.json()['id']}"
    facts = {name: value for name, value in sent.items() if name != "person"} | {"ends_before": "2023-10-07"}
    changed = machine.put(address, facts, if_match=made["ETag"])
    assert changed.json()["ends_before"] == "2023-10-07"
    priced = machine.put(
        address, facts | {"kind": "learning", "cost": "18400.5", "currency": "CNY"}, if_match=changed["ETag"]
    )
    assert priced.json()["cost"] == {"amount": "18400.50", "currency": "CNY"}
    assert machine.put(address, facts | {"cost": "18400.5"}, if_match=priced["ETag"]).status_code == 422
    machine.put(address, facts, if_match=priced["ETag"])
    make_stay(Stay.objects.get().person, starts_on=date(2023, 10, 5), ends_before=date(2023, 10, 10))
    days = machine.get("/days-away?first_day=2023-10-01&last_day=2023-10-31").json()
    assert (days["person_days"], [each["days"] for each in days["overlaps"]]) == (8, [2])
    assert machine.get("/days-away?first_day=2023-10-31&last_day=2023-10-01").status_code == 422
    assert machine.post("/stays", sent | {"site": "nowhere"}, idempotency_key="two").status_code == 422


def test_a_session_is_watched_by_a_machine_too(machine):
    khamla = make_person("khamla")
    make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    make_trainer(khamla), make_person("observer"), make_rubric()
    sent = {
        "cohort": "COH-1", "session": 1, "observer": "observer", "rubric": "teaching", "levels": [2, 3],
        "agreed": [{"what": "Say the aim", "due_on": "2023-06-01"}],
    }  # fmt: skip
    assert machine.post("/trainers/khamla/observed", sent | {"levels": [2]}, idempotency_key="short").status_code == 422
    assert (
        machine.post("/trainers/khamla/observed", sent | {"observer": "khamla"}, idempotency_key="own").status_code
        == 409
    )
    assert machine.post("/trainers/khamla/observed", sent, idempotency_key="one").status_code == 201
    assert machine.post("/trainers/khamla/observed", sent, idempotency_key="one").status_code == 201
    assert ObservedSession.objects.count() == 1
    (read,) = machine.get("/trainers/khamla/observed").json()
    assert (read["levels"], read["agreed"][0]["what"]) == ([2, 3], "Say the aim")
    at = f"/trainers/khamla/observed/{read['id']}"
    done = f"{at}/agreed/{read['agreed'][0]['id']}"
    assert machine.put(done, {"on": "2023-05-20"}).status_code == 428
    tag = machine.etag(at)
    assert machine.put(done, {"on": "2023-05-01"}, if_match=tag).status_code == 422
    assert machine.put(done, {"on": "2023-05-20"}, if_match=tag).json()["agreed"][0]["done_on"] == "2023-05-20"
    assert machine.put(done, {"on": "2023-05-20"}, if_match=tag).status_code == 412
    assert machine.put(done, {"on": "2023-05-21"}, if_match=machine.etag(at)).status_code == 409
    assert machine.put(f"{at}/agreed/{read['id']}", {"on": "2023-05-21"}, if_match=machine.etag(at)).status_code == 404
    (rubric,) = machine.get("/rubrics").json()
    assert [len(rubric["criteria"]), len(rubric["levels"])] == [2, 3]


def test_a_rubric_is_put_in_use_once_and_the_one_before_ends(machine):
    sent = {
        "code": "lesson", "version": 1, "starts_on": "2024-01-01", "criteria": [{"en": "Shows it first", "lo": "ສະແດງ"}],
        "levels": [{"en": "Not yet"}, {"en": "Well"}],
    }  # fmt: skip
    made = machine.post("/rubrics", sent, idempotency_key="k")
    assert (made.status_code, made.json()["criteria"]) == (201, [{"en": "Shows it first", "lo": "ສະແດງ"}])
    assert machine.post("/rubrics", sent, idempotency_key="k").json() == made.json()
    assert machine.post("/rubrics", sent, idempotency_key="m").status_code == 409
    later = machine.post("/rubrics", sent | {"version": 2, "starts_on": "2024-02-01"}, idempotency_key="n")
    assert later.status_code == 201
    assert [each["ends_before"] for each in machine.get("/rubrics").json()] == [None, "2024-02-01"]
    assert machine.post("/rubrics", sent | {"levels": [{"en": "Well"}]}, idempotency_key="o").status_code == 422
    assert (
        machine.post(
            "/rubrics", sent | {"code": "x", "levels": [{"en": "A"}, {"??": "B"}]}, idempotency_key="p"
        ).status_code
        == 422
    )


def test_a_stay_written_by_mistake_is_removed_over_what_was_read(machine):
    stay = make_stay(make_person("khamla"))
    path = f"/stays/{stay.pk}"
    assert machine.delete(path).status_code == 428
    assert machine.delete(path, if_match='"old"').status_code == 412
    assert machine.delete(path, if_match=machine.etag(path)).status_code == 204
    assert not Stay.objects.exists()
