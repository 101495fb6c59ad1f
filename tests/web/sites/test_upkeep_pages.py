"""What happens to a machine on its pages: its keeper writes it down, and a stranger with its label reports a fault."""

from datetime import date

import pytest
from django.test import Client

from corridor.kernel.identifiers import new_id
from corridor.rooms.sites.models import Fault, Repair, SparePart
from tests.factories.actors import make_user
from tests.factories.members import make_alliance
from tests.factories.sites import make_equipment, make_site
from tests.factories.upkeep import make_fault, make_label, make_part, make_repair

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine():
    make_alliance()
    return make_equipment(make_site())


@pytest.fixture
def manager(client, machine):
    user = make_user("manager")
    machine.site.posts.create(user=user, held_from=date(2023, 1, 1))
    client.force_login(user)
    return client


def at(machine, *rest):
    return "/".join([f"/sites/{machine.site.reference}/equipment/{machine.pk}", *map(str, rest), ""])


def test_its_keeper_reports_mends_and_the_page_tells_all_of_it(manager, machine):
    make_part(machine.site)
    manager.post(at(machine, "faults"), {"what": "noise", "words": "It hums.", "on": "2024-01-08"})
    fault = Fault.objects.get()
    page = manager.get(at(machine)).content.decode()
    assert "It hums." in page
    assert "Nobody has said that they pay." in page
    given = {
        "fault": str(fault.pk), "done_by": "Mekong Lift Service", "what": "A new pump", "began_on": "2024-01-09",
        "ended_on": "2024-01-19", "cost": "1200000", "currency": "lak", "paid_by": machine.site.host.reference, "parts": "P-7:2",
    }  # fmt: skip
    assert manager.post(at(machine, "repairs"), given).status_code == 302
    fault.refresh_from_db()
    machine.refresh_from_db()
    assert (fault.settled_as, machine.status, SparePart.objects.get().stock) == ("mended", "working", 1)
    page = manager.get(at(machine)).content.decode()
    assert "1,200,000\u00a0LAK" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"parts": "P-9"}, "There is no part P-9"),
        ({"cost": "10"}, "Say in which currency."),
        ({"paid_by": "nobody"}, "nobody"),
        ({"ended_on": "2024-01-01"}, "A repair ends after it begins."),
    ],
    ids=["part", "currency", "payer", "days"],
)
def test_a_repair_that_cannot_be_is_refused_where_it_stands(manager, machine, given, said):
    sent = {"done_by": "Workshop", "began_on": "2024-01-09", **given}
    answer = manager.post(at(machine, "repairs"), sent)
    assert answer.status_code in {409, 422}
    assert said in answer.content.decode()
    assert Repair.objects.count() == 0


def test_hours_calibration_and_instruction_are_written_down(manager, machine):
    manager.post(at(machine, "hours"), {"hours": "1240.5", "on": "2024-01-31"})
    manager.post(at(machine, "calibrations"), {"on": "2024-01-15", "done_by": "Metrology office", "result": "passed"})
    manager.post(
        at(machine, "instructions"), {"on": "2023-05-02", "given_by": "The maker", "people": "4", "what": "Safety"}
    )
    page = manager.get(at(machine)).content.decode()
    assert [text in page for text in ("1,240.5", "Metrology office", "4 people on")] == [True] * 3
    less = manager.post(at(machine, "hours"), {"hours": "12", "on": "2024-02-01"})
    assert less.status_code == 422


def test_a_running_repair_is_ended_and_a_fault_settled(manager, machine):
    fault, repair = make_fault(machine), make_repair(machine, ended_on=None)
    manager.post(at(machine, "repairs", repair.pk, "end"), {"ended_on": "2024-01-19"})
    manager.post(at(machine, "faults", fault.pk, "settle"), {"settled_as": "mended", "on": "2024-01-19"})
    machine.refresh_from_db()
    assert machine.status == "working"


def test_the_store_tells_what_to_order_and_so_does_the_desk(manager, machine):
    where = f"/sites/{machine.site.reference}/parts/"
    manager.post(where + "new/", {"number": "P-1", "name": "Belt", "stock": "2", "reorder_level": "1"})
    part = SparePart.objects.get()
    manager.post(f"{where}{part.pk}/move/", {"change": "-1", "on": "2024-01-15", "reason": "Worn"})
    assert [each.stock for each in manager.get(where + "?low=yes").context["rows"]] == [1]
    taken = manager.post(f"{where}{part.pk}/move/", {"change": "-2", "on": "2024-01-15", "reason": "Worn"})
    assert taken.status_code == 409
    make_fault(machine)
    desk = manager.get("/desk/").content.decode()
    assert [text in desk for text in ("Have one machine mended", "Order one spare part")] == [True, True]


def test_labels_are_printed_for_all_or_made_anew_for_one(manager, machine):
    where = f"/sites/{machine.site.reference}/equipment/labels/"
    assert manager.post(where).content.startswith(b"%PDF")
    old = machine.labels.get()
    assert manager.post(where).status_code == 200
    assert machine.labels.get() == old
    manager.post(where, {"only": str(machine.pk), "anew": "yes"})
    assert [machine.labels.count(), machine.labels.filter(ended_on__isnull=True).count()] == [2, 1]


def test_a_stranger_with_the_label_reports_in_one_form_and_twice_is_once(machine):
    label, stranger, key = make_label(machine), Client(), str(new_id())
    where = f"/fault/{label.secret}/"
    page = stranger.get(where)
    assert page["Cache-Control"].count("no-store") == 1
    assert machine.kind in page.content.decode()
    for _time in range(2):
        answer = stranger.post(where, {"what": "unsafe", "key": key})
        assert answer["Location"] == where + "?sent=yes"
    machine.refresh_from_db()
    assert (Fault.objects.get().reported_by, machine.status) == ("label", "faulty")
    assert "It is reported." in stranger.get(where + "?sent=yes").content.decode()
    assert "Reported already on" in stranger.get(where).content.decode()


def test_who_is_signed_in_is_named_with_the_report(manager, machine):
    manager.post(f"/fault/{make_label(machine).secret}/", {"what": "stops", "words": "After an hour"})
    assert Fault.objects.get().reported_by == "manager"


def test_a_label_that_nobody_made_and_an_empty_choice_are_refused(machine):
    assert Client().get("/fault/guessed/").status_code == 404
    answer = Client().post(f"/fault/{make_label(machine).secret}/", {"what": ""})
    assert answer.status_code == 422
    assert "Choose what is wrong." in answer.content.decode()


def test_the_bare_page_and_its_worker_are_there_for_a_phone_without_network(db):
    assert "data-fault" in Client().get("/fault/").content.decode()
    assert Client().get("/worker.js")["Content-Type"].startswith("text/javascript")
