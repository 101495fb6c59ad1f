"""Events that cannot be read, come twice with other content, or whose clock cannot be true: kept, and stopping nothing."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.journal.models import Conflict, Event
from corridor.foundations.journal.reading import Batch, read_event
from corridor.journeys.apply_device_events import take_events
from corridor.journeys.recognise import recognise
from corridor.rooms.training.models import (
    Session,
)
from tests.factories.actors import make_user
from tests.factories.devices import NOON, Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainers():
    return [make_person(name, user=make_user(name)) for name in ("bounmy", "khamla")]


@pytest.fixture
def session(trainers):
    return make_session(make_cohort(learners=3, trainers=trainers))


@pytest.fixture
def seats(session):
    return list(session.cohort.enrolments.order_by("number"))


@pytest.fixture
def phone(session):
    return Phone.of(make_user("bounmy"))


@pytest.fixture
def other(session):
    return Phone.of(make_user("khamla"))


def marks_of(session):
    return dict(session.marks.order_by("enrolment__number").values_list("enrolment__number", "mark"))


def conflicts():
    return sorted(Conflict.objects.values_list("reason", "outcome"))


@pytest.mark.parametrize(
    ("kind", "version", "payload"),
    [
        ("register.marked", 9, {}),
        ("register.sung", 1, {}),
        ("register.marked", 1, {"marks": [{"place": "nobody", "mark": "present"}]}),
        ("register.marked", 1, {"marks": 7}),
        ("register.marked", 1, {"marks": [], "held_on": "yesterday"}),
    ],
    ids=["newer", "unknown", "place", "marks", "day"],
)
def test_what_cannot_be_read_is_kept_and_waits_and_stops_nothing(phone, session, seats, kind, version, payload):
    phone.do(kind, session.pk, payload, version=version)
    phone.mark(session, {seats[0]: "present"})
    phone.send()
    assert list(Event.objects.order_by("sequence").values_list("state", flat=True)) == ["unread", "applied"]
    assert conflicts() == [("unread", "waiting")]


def test_a_mark_that_does_not_exist_is_kept_unread(phone, session, seats):
    phone.mark(session, {seats[0]: "asleep"})
    phone.send()
    assert Event.objects.get().state == "unread"
    assert marks_of(session) == {}


def test_a_session_that_is_nowhere_lies_in_the_inbox_of_the_account(phone):
    phone.do("register.marked", phone.device.pk, {"marks": []})
    phone.send()
    assert Conflict.objects.values_list("scope_kind", "scope_key").get() == ("account", phone.user.pk)


def test_other_content_under_one_key_is_seen_by_somebody(phone, session, seats):
    event = phone.mark(session, {seats[0]: "present"})
    phone.send()
    other = deepcopy(event)
    other["payload"]["marks"][0]["mark"] = "absent"
    phone.signed(other)
    phone.send([other])
    assert conflicts() == [("other_content", "waiting")]
    assert marks_of(session) == {1: "present"}


@pytest.mark.parametrize(
    ("clock", "seen", "mode"),
    [
        (datetime(2023, 3, 6, 2, tzinfo=UTC), datetime(2023, 3, 5, tzinfo=UTC), "live"),
        (datetime(2023, 3, 8, 2, tzinfo=UTC), datetime(2023, 3, 5, tzinfo=UTC), "late"),
        (datetime(1970, 1, 1, tzinfo=UTC), datetime(2023, 3, 5, tzinfo=UTC), "late"),
        (datetime(2038, 1, 19, tzinfo=UTC), None, "late"),
    ],
    ids=["that-day", "two-days-later", "1970", "2038"],
)
def test_whether_it_was_taken_in_the_room_is_told_by_a_clock_that_can_be_true(phone, session, seats, clock, seen, mode):
    phone.mark(session, {seats[0]: "present"}, clock=clock, seen=seen)
    phone.send(at=NOON + timedelta(days=7))
    assert Session.objects.get().capture_mode == mode


def test_what_comes_before_the_session_has_begun_waits(phone, session, seats):
    phone.mark(session, {seats[0]: "present"}, clock=datetime(2038, 1, 19, tzinfo=UTC))
    phone.send(at=NOON - timedelta(days=2))
    assert conflicts() == [("not_begun", "waiting")]


def test_a_chain_whose_beginning_is_lost_for_ever_goes_on(phone, session, seats):
    phone.mark(session, {seats[0]: "present"})
    later = phone.mark(session, {seats[1]: "present"})

    batch = Batch(phone.device.pk, 2, (read_event(later),))
    take_events(
        device=phone.device,
        batch=batch,
        route=Event.Route.NETWORK,
        on=NOON.date(),
        at=NOON,
        by=recognise(phone.user, on=NOON.date()),
    )
    assert marks_of(session) == {2: "present"}
