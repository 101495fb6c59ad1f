"""The calendar of what is due: a month as a page, and a file for calendar programs under an address that only its owner knows."""

from datetime import date

import pytest
from django.test import Client

from corridor.rooms.agreements.models import CalendarAddress
from corridor.rooms.members.models import Seat
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.members import make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def vientiane():
    agreement = make_agreement()
    member = agreement.parties.get(organisation__reference="vientiane").organisation
    make_obligation(agreement, member, what="Sends the list; by post, each time", every_months=3)
    make_obligation(agreement, what="Lends a simulator")
    return member


@pytest.fixture
def khamla(client, vientiane):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=vientiane)
    client.force_login(user)
    return client


def address_of(client):
    return client.post("/obligations/calendar/").context["made_url"].removeprefix("http://testserver")


def test_a_month_lists_what_is_due_by_its_days(khamla):
    assert "Nothing is due in this month" in khamla.get("/obligations/calendar/").content.decode()
    march = khamla.get("/obligations/calendar/?month=2024-03").content.decode()
    assert "1 March 2024" in march
    assert "Sends the list" in march
    assert "Lends a simulator" not in march
    assert "Lends a simulator" in khamla.get("/obligations/calendar/?month=2024-03&whose=all").content.decode()
    assert "Sends the list" in khamla.get("/obligations/calendar/?month=2025-03").content.decode()
    assert khamla.get("/obligations/calendar/?month=2024-13").status_code == 200


def test_a_calendar_program_reads_what_the_own_member_owes(khamla):
    answer = Client().get(address_of(khamla))
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 4
    assert "SUMMARY:Sends the list\\; by post\\, each time" in text
    assert "DTSTART;VALUE=DATE:20240301" in text
    assert "Lends" not in text


def test_a_new_address_closes_the_old_one_and_one_can_be_taken_away(khamla):
    first, second = address_of(khamla), address_of(khamla)
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    khamla.post("/obligations/calendar/end/")
    assert Client().get(second).status_code == 404
    assert CalendarAddress.objects.filter(ended_at__isnull=True).count() == 0


def test_the_address_is_kept_as_a_fingerprint_and_opens_no_closed_account(khamla):
    path = address_of(khamla)
    held = CalendarAddress.objects.get()
    assert held.digest not in path
    assert path.removesuffix(".ics").endswith(held.hint)
    held.user.is_active = False
    held.user.save()
    assert Client().get(path).status_code == 404


def test_who_has_left_the_seat_reads_nothing_more(khamla):
    path = address_of(khamla)
    Seat.objects.update(held_before="2024-01-31", held_from="2023-01-01")
    assert "VEVENT" not in Client().get(path).content.decode()
