"""Equipment for machines: written down once under a key, corrected over the version that was read, with its whole history."""

from datetime import date

import pytest

from corridor.rooms.sites.models import Equipment, Fault, Site, SparePart
from tests.factories.actors import make_user
from tests.factories.members import make_seat
from tests.factories.sites import make_equipment, make_site
from tests.factories.tokens import machine_of
from tests.factories.upkeep import make_fault, make_part, make_repair

pytestmark = pytest.mark.django_db
NEW = {
    "site": "wks-vientiane", "inventory_number": "INV-9", "kind": "Two-post lift", "value": "1200000", "currency": "LAK",
    "owner": "vientiane", "calibration_months": 12,
}  # fmt: skip
FACTS = {name: value for name, value in NEW.items() if name not in {"site", "inventory_number"}}


@pytest.fixture
def manager():
    user = make_user("manager")
    make_site().posts.create(user=user, held_from=date(2023, 1, 1))
    return machine_of(user)


@pytest.fixture
def machine(manager):
    return make_equipment(Site.objects.get())


def test_it_is_made_once_under_a_key(manager):
    first = manager.post("/equipment", NEW, idempotency_key="k1")
    again = manager.post("/equipment", NEW, idempotency_key="k1")
    assert (first.status_code, again.status_code, Equipment.objects.count()) == (201, 201, 1)
    assert (first.json()["value"], first.json()["owner"]) == ("1200000", "vientiane")
    assert manager.post("/equipment", NEW).status_code == 428


def test_what_is_wrong_is_said_at_its_field(manager):
    answer = manager.post("/equipment", NEW | {"donor": "nobody"}, idempotency_key="k1")
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "donor")
    answer = manager.post("/equipment", NEW | {"value": "0.5", "currency": "JPY"}, idempotency_key="k2")
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "value")


def test_it_is_corrected_over_the_version_that_was_read(manager, machine):
    where = f"/equipment/{machine.pk}"
    read = manager.get(where)
    assert manager.put(where, FACTS, if_match=read["ETag"]).json()["calibration_months"] == 12
    assert manager.put(where, FACTS, if_match=read["ETag"]).status_code == 412
    assert manager.put(where, FACTS).status_code == 428


def test_a_fault_takes_it_away_and_its_settlement_brings_it_back(manager, machine):
    where = f"/equipment/{machine.pk}"
    sent = {"what": "unsafe", "words": "It sinks.", "reported_on": "2024-01-08"}
    fault = manager.post(where + "/faults", sent, idempotency_key="f1").json()
    assert manager.get(where).json()["status"] == "faulty"
    assert [each["id"] for each in manager.get("/faults?open=true").json()["rows"]] == [fault["id"]]
    read = manager.get(f"/faults/{fault['id']}")
    settled = {"settled_as": "mended", "on": "2024-01-19"}
    assert manager.post(f"/faults/{fault['id']}/settlement", settled, if_match=read["ETag"]).status_code == 200
    assert manager.get(where).json()["status"] == "working"
    assert manager.get("/faults?open=true").json()["rows"] == []
    assert len(manager.get("/faults?open=true&on=2024-01-10").json()["rows"]) == 1


def test_a_repair_uses_parts_and_ends_over_its_version(manager, machine):
    make_part(machine.site)
    fault = make_fault(machine)
    sent = {
        "began_on": "2024-01-09", "done_by": "Mekong Lift Service", "fault": str(fault.pk),
        "parts": [{"part": "P-7", "count": 2}],
    }  # fmt: skip
    made = manager.post(f"/equipment/{machine.pk}/repairs", sent, idempotency_key="r1")
    assert (made.status_code, SparePart.objects.get().stock) == (201, 1)
    where = f"/repairs/{made.json()['id']}"
    end = {"ended_on": "2024-01-19", "cost": "900000", "currency": "LAK", "paid_by": "vientiane"}
    ended = manager.post(where + "/end", end, if_match=manager.etag(where))
    assert (ended.status_code, ended.json()["cost"], Fault.objects.get().settled_as) == (200, "900000", "mended")
    nowhere = sent | {"began_on": "2024-01-20", "fault": None, "parts": [{"part": "P-99", "count": 1}]}
    answer = manager.post(f"/equipment/{machine.pk}/repairs", nowhere, idempotency_key="r2")
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "parts")


def test_the_history_of_a_machine_is_one_answer(manager, machine):
    make_repair(machine, fault=make_fault(machine))
    where = f"/equipment/{machine.pk}"
    manager.post(where + "/readings", {"read_on": "2024-01-31", "hours": "12.5"}, idempotency_key="h1")
    sent = {"calibrated_on": "2024-01-20", "done_by": "Metrology office", "result": "passed"}
    manager.post(where + "/calibrations", sent, idempotency_key="c1")
    told = {"held_on": "2023-05-02", "given_by": "The maker", "people": 4}
    manager.post(where + "/instructions", told, idempotency_key="i1")
    found = manager.get(where + "/upkeep").json()
    assert [len(found[name]) for name in ("readings", "faults", "repairs", "calibrations", "instructions")] == [1] * 5
    assert (found["readings"][0]["hours"], found["repairs"][0]["cost"]) == ("12.5", "1200000")


def test_spare_parts_come_and_go_over_the_version_that_was_read(manager, machine):
    sent = {"site": "wks-vientiane", "number": "P-1", "name": "Belt", "stock": 2, "reorder_level": 1}
    part = manager.post("/spare-parts", sent, idempotency_key="p1").json()
    where = f"/spare-parts/{part['id']}"
    read = manager.get(where)
    step = {"change": -1, "on": "2024-01-15", "reason": "Worn"}
    assert manager.post(where + "/movements", step, if_match=read["ETag"]).json()["is_low"] is True
    assert manager.post(where + "/movements", step, if_match=read["ETag"]).status_code == 412
    too_many = manager.post(where + "/movements", step | {"change": -9}, if_match=manager.etag(where))
    assert (too_many.status_code, too_many.json()["code"]) == (409, "NotEnoughParts")


def test_the_keeper_of_another_site_finds_none_of_it(manager, machine):
    user = make_user("elsewhere")
    make_site("wks-two").posts.create(user=user, held_from=date(2023, 1, 1))
    other = machine_of(user)
    fault, part = make_fault(machine), make_part(machine.site)
    for where in (
        f"/equipment/{machine.pk}",
        f"/equipment/{machine.pk}/upkeep",
        f"/faults/{fault.pk}",
        f"/spare-parts/{part.pk}",
    ):
        assert other.get(where).status_code == 404
    assert other.get("/faults").json()["rows"] == []
    assert other.post("/equipment", NEW, idempotency_key="k1").status_code == 403


def test_a_coordinator_of_the_host_reads_and_writes_nothing(manager, machine):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=machine.site.host)
    other = machine_of(user)
    read = other.get(f"/equipment/{machine.pk}")
    assert read.status_code == 200
    assert other.put(f"/equipment/{machine.pk}", FACTS, if_match=read["ETag"]).status_code == 403
