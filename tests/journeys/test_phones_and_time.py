"""What the calendar and the clocks do to a phone that was away: the zone of its site, and more marks than go at once."""

from datetime import timedelta

import pytest

from corridor.foundations.journal.models import Conflict, Event
from corridor.kernel.errors import BadInput
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Attendance, RegisterRule, Session
from tests.factories.actors import make_user
from tests.factories.devices import NOON, Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_cohort(learners=3, trainers=[make_person("bounmy", user=make_user("bounmy"))]))


@pytest.fixture
def seats(session):
    return list(session.cohort.enrolments.order_by("number"))


@pytest.fixture
def phone(session):
    return Phone.of(make_user("bounmy"))


@pytest.mark.parametrize("zone", ["Asia/Colombo", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_site_whose_zone_was_put_right_meanwhile_keeps_the_day_of_its_session(phone, session, seats, zone):
    """The day of a session is written once; what the clock of the site says now decides only what is still to come."""
    event = phone.mark(session, dict.fromkeys(seats, "present"))
    Site.objects.filter(pk=session.cohort.site_id).update(zone=zone)
    phone.send(at=NOON + timedelta(days=1))
    assert Session.objects.get().held_on == session.held_on
    assert not Conflict.objects.exists()
    assert Event.objects.get(pk=event["id"]).state == "applied"
    assert Attendance.objects.filter(mark="present").count() == 3


def test_a_zone_behind_the_old_one_keeps_a_mark_until_its_day_has_come_there(phone, session, seats):
    """Where the site now is, the day of the session is still to come: the mark waits in the inbox, and nothing of it is lost."""
    phone.mark(session, dict.fromkeys(seats, "present"))
    Site.objects.filter(pk=session.cohort.site_id).update(zone="America/Los_Angeles")
    phone.send(at=NOON)
    assert set(Conflict.objects.values_list("reason", flat=True)) == {"not_begun"}
    assert Conflict.objects.count() == 3
    assert not Attendance.objects.exists()


def test_the_days_until_a_register_closes_are_those_of_the_zone_that_counts_now(phone, session, seats):
    RegisterRule.objects.create(programme=session.cohort.programme, closes_after_days=1)
    last_hour = NOON.replace(hour=16, minute=30)
    phone.mark(session, {seats[0]: "present"})
    phone.send(at=last_hour)
    Site.objects.filter(pk=session.cohort.site_id).update(zone="Pacific/Kiritimati")
    phone.mark(session, {seats[1]: "present"})
    phone.send(at=last_hour)
    assert [each.reason for each in Conflict.objects.all()] == ["closed"]


def test_more_than_goes_at_once_is_taken_in_parts_and_in_order(phone, session, seats, monkeypatch):
    monkeypatch.setattr("corridor.foundations.journal.reading.MOST_EVENTS", 40)
    words = ("present", "absent", "excused")
    for number in range(100):
        phone.mark(session, {seats[0]: words[number % 3]})
    with pytest.raises(BadInput):
        phone.send(phone.kept[:41])
    told = [phone.send(phone.kept[start : start + 40]).last for start in (0, 40, 80)]
    assert told == [40, 80, 100]
    assert Event.objects.filter(state="applied").count() == 100
    assert Attendance.objects.get().mark == words[99 % 3]
    assert not Conflict.objects.exists()
