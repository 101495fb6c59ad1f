"""The equipment of a site on its pages: added, corrected, broken and mended by who keeps it, and seen by who may."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.sites.models import Equipment
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.papers import PDF
from tests.factories.sites import make_equipment, make_site

pytestmark = pytest.mark.django_db

GIVEN = {"kind": "Headlamp tester", "inventory_number": "INV-7", "count": "2", "acquired_on": "2023-01-09"}


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def manager(client, site):
    user = make_user("manager")
    site.posts.create(user=user, held_from=date(2023, 1, 1))
    client.force_login(user)
    return client


def test_a_manager_adds_equipment_with_its_paper(manager, site):
    paper = SimpleUploadedFile("note.pdf", PDF)
    answer = manager.post("/sites/wks-vientiane/equipment/new/", GIVEN | {"paper": paper})
    made = Equipment.objects.get()
    assert answer["Location"] == f"/sites/wks-vientiane/equipment/{made.pk}/"
    assert (made.kind, made.count, made.status, made.document is not None) == ("Headlamp tester", 2, "working", True)
    assert manager.get(f"/sites/wks-vientiane/equipment/{made.pk}/paper/").content.startswith(b"%PDF")


def test_a_number_stands_once_at_a_site(manager, site):
    make_equipment(site, "INV-7")
    answer = manager.post("/sites/wks-vientiane/equipment/new/", GIVEN)
    assert (answer.status_code, Equipment.objects.count()) == (409, 1)
    assert "INV-7" in answer.content.decode()


def test_it_is_corrected_and_a_form_that_is_stale_is_told_so(manager, site):
    made = make_equipment(site)
    where = f"/sites/wks-vientiane/equipment/{made.pk}/correct/"
    manager.post(where, {"kind": "Roller brake tester", "count": "1", "version": "1"})
    made.refresh_from_db()
    assert (made.kind, made.inventory_number, made.version) == ("Roller brake tester", "INV-1", 2)
    assert manager.post(where, {"kind": "Other", "count": "1", "version": "1"}).status_code == 409


def test_it_breaks_is_mended_and_is_retired_for_good(manager, site):
    made = make_equipment(site)
    where = f"/sites/wks-vientiane/equipment/{made.pk}/move/"
    manager.post(where, {"to": "faulty", "on": "2024-01-08", "reason": "The pump leaks."})
    manager.post(where, {"to": "retired", "on": "2024-01-09", "reason": ""})
    made.refresh_from_db()
    assert (made.status, made.status_on(date(2024, 1, 8))) == ("retired", "faulty")
    page = manager.get(f"/sites/wks-vientiane/equipment/{made.pk}/").content.decode()
    assert "The pump leaks." in page
    assert "Change its state" not in page


def test_the_list_is_narrowed_and_the_site_page_counts(manager, site):
    make_alliance()
    make_equipment(site)
    make_equipment(site, "INV-2", kind="Two-post lift", count=2)
    found = manager.get("/sites/wks-vientiane/equipment/?q=lift").context["rows"]
    assert [each.inventory_number for each in found] == ["INV-2"]
    assert manager.get("/sites/wks-vientiane/").context["equipment"] == [("working", 3)]


def test_the_manager_of_another_site_sees_none_of_it(site):
    made = make_equipment(site)
    user = make_user("elsewhere")
    make_site("wks-colombo").posts.create(user=user, held_from=date(2023, 1, 1))
    other = Client()
    other.force_login(user)
    assert other.get("/sites/wks-vientiane/equipment/").status_code == 403
    assert other.get(f"/sites/wks-vientiane/equipment/{made.pk}/").status_code == 404


def test_the_coordinator_of_the_host_looks_and_changes_nothing(client, site):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=site.host)
    client.force_login(user)
    made = make_equipment(site)
    assert client.get(f"/sites/wks-vientiane/equipment/{made.pk}/").status_code == 200
    assert client.post(f"/sites/wks-vientiane/equipment/{made.pk}/move/", {"to": "faulty"}).status_code == 403
