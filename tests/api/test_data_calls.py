"""A member's own system reads a data call, saves and sends its answers, and loses nothing to another who writes."""

from datetime import date

import pytest

from corridor.rooms.members.models import AskedMember
from tests.factories.actors import make_user
from tests.factories.data_calls import ASKS_POSTS, ASKS_YES_NO, make_call, open_call
from tests.factories.demand import make_demand
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def khamla(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)
    make_alliance()
    vientiane = make_member("vientiane", country="LA", kind="company")
    make_demand(employer=vientiane, posts=45)
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    return machine_of(make_user("khamla"))


@pytest.fixture
def address(khamla):
    return f"/data-calls/{open_call(make_call(ASKS_POSTS, ASKS_YES_NO)).reference}/answers/vientiane"


def test_it_reads_what_the_records_give_and_sends_its_answers(khamla, address):
    read = khamla.get(address).json()
    assert [(line["kind"], line["counted"]) for line in read["lines"]] == [("figure", 45), ("yes_no", None)]
    sent = {"answers": [{"position": 1, "value": "45"}, {"position": 2, "value": "yes"}], "submit": True}
    answered = khamla.put(address, sent, if_match=khamla.etag(address))
    assert answered.status_code == 200
    assert (answered.json()["is_draft"], answered.json()["answered_at"] is not None) == (False, True)
    assert AskedMember.objects.get().answered_at is not None


def test_it_names_the_version_that_it_read(khamla, address):
    sent = {"answers": [{"position": 2, "value": "yes"}]}
    assert khamla.put(address, sent).status_code == 428
    past = khamla.etag(address)
    assert khamla.put(address, sent, if_match=past).status_code == 200
    assert khamla.put(address, sent, if_match=past).status_code == 412


def test_what_is_open_or_unknown_is_said_at_its_question(khamla, address):
    sent = {"answers": [{"position": 1, "value": "50"}], "submit": True}
    refused = khamla.put(address, sent, if_match=khamla.etag(address))
    assert refused.status_code == 422
    assert [each["where"] for each in refused.json()["problems"]] == ["q1", "q2"]
    unknown = khamla.put(address, {"answers": [{"position": 9, "value": "x"}]}, if_match=khamla.etag(address))
    assert unknown.status_code == 422


def test_others_do_not_find_it(khamla, address):
    make_seat(make_user("nimali"), "coordinator", member=make_member("colombo", country="LK"))
    assert machine_of(make_user("nimali")).get(address).status_code == 404
    assert [each["status"] for each in khamla.get("/data-calls").json()] == ["open"]
