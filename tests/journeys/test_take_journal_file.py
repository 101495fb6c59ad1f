"""Journals that travel as files: from a phone, and between two houses of one alliance."""

import json

import pytest

from corridor.foundations.journal.models import Device, Event
from corridor.foundations.journal.refusals import DeviceIsAnothers, FileIsNotGenuine
from corridor.journeys.take_journal_file import Taken, give_journal_file, take_journal_file
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.training.models import Attendance, RegisterEntry, SaidMark, Session
from tests.factories.actors import make_actor, make_user
from tests.factories.devices import NOON, Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_cohort(learners=3, trainers=[make_person("bounmy", user=make_user("bounmy"))]))


@pytest.fixture
def phone(session):
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.all(), "present"))
    phone.mark(session, {session.cohort.enrolments.get(number=2): "absent"})
    return phone


def mei():
    return make_actor("secretariat", user=make_user("mei"))


def file_of(phone, events=None, **changed):
    device = {
        "id": str(phone.device.pk),
        "public_key": phone.device.public_key,
        "user": phone.user.username,
        "name": "Phone",
    }
    told = {
        "kind": "corridor-journal",
        "format": 1,
        "devices": [device],
        "events": phone.kept if events is None else events,
    }
    return json.dumps(told | changed).encode()


def take(body, by=None):
    return take_journal_file(body=body, on=NOON.date(), at=NOON, by=by or mei())


def mark_of(number):
    return Attendance.objects.get(enrolment__number=number).mark


def test_a_file_is_taken_once_whoever_brings_it(phone, session):
    assert take(file_of(phone)) == Taken(2, 2, 0)
    assert take(
        file_of(phone), make_actor("site_manager", ("site", session.cohort.site_id), user=make_user("som"))
    ) == Taken(2, 0, 0)
    phone.send(phone.kept)
    assert Event.objects.count() == 2
    assert set(Event.objects.values_list("route", "received_from__username")) == {("file", "mei")}
    assert mark_of(2) == "absent"


def test_half_a_chain_waits_for_the_other_half(phone):
    take(file_of(phone, phone.kept[1:]))
    assert not Attendance.objects.exists()
    take(file_of(phone, phone.kept[:1]))
    assert mark_of(2) == "absent"


def test_nobody_changes_a_mark_on_the_way(phone):
    body = file_of(phone).replace(b'"absent"', b'"late"')
    with pytest.raises(FileIsNotGenuine):
        take(body)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "changed", [{"kind": "other"}, {"format": 2}, {"devices": []}, {"devices": [{}]}, {"events": 3}, {"events": [{}]}],
    ids=["kind", "format", "whose", "device", "events", "event"],
)  # fmt: skip
def test_what_is_no_journal_is_refused_whole(phone, changed):
    with pytest.raises(BadInput):
        take(file_of(phone, **changed))
    assert not Event.objects.exists()


def test_who_has_nothing_to_do_with_registers_brings_and_takes_none(phone):
    for stranger in (make_actor("auditor", user=make_user("ann")), make_actor("learner", user=make_user("lea"))):
        with pytest.raises(AccessDenied):
            take(file_of(phone), stranger)
        with pytest.raises(AccessDenied):
            give_journal_file(by=stranger)


def test_a_device_that_was_never_here_is_vouched_for_by_the_secretariat_alone(phone, session):
    body = file_of(phone)
    Device.objects.all().delete()
    with pytest.raises(DeviceIsAnothers, match="never seen here"):
        take(body, make_actor("site_manager", ("site", session.cohort.site_id), user=make_user("som")))
    take(body)
    assert Device.objects.get().user.username == "bounmy"


def test_a_device_with_another_key_is_nobodys(phone):
    other = Phone.of(make_user("bounmy"))
    device = {"id": str(phone.device.pk), "public_key": other.device.public_key, "user": "bounmy"}
    with pytest.raises(DeviceIsAnothers):
        take(file_of(phone, devices=[device]))


def test_a_house_at_a_site_and_the_house_of_the_alliance_come_to_the_same_register(phone, session):
    """The house at the site begins as a copy; both take marks; their files cross, twice over."""
    phone.send()
    at_the_site = give_journal_file(by=mei())
    # The house of the alliance: the same rows, without what happened at the site.
    for table in (SaidMark, Attendance, RegisterEntry, Event):
        table.objects.all().delete()
    Session.objects.update(version=1, status="planned", capture_mode="")
    Device.objects.all().delete()
    assert take(at_the_site) == Taken(2, 2, 0)
    assert take(at_the_site) == Taken(2, 0, 0)
    assert [mark_of(number) for number in (1, 2, 3)] == ["present", "absent", "present"]
    assert give_journal_file(by=mei()) == at_the_site


def test_a_manager_carries_the_journal_of_the_own_site_alone(phone, session):
    phone.send()
    elsewhere = make_actor("site_manager", ("site", session.pk), user=make_user("far"))
    assert json.loads(give_journal_file(by=elsewhere))["events"] == []
    own = make_actor("site_manager", ("site", session.cohort.site_id), user=make_user("som"))
    assert len(json.loads(give_journal_file(by=own))["events"]) == 2


def test_what_a_device_did_elsewhere_is_not_told_and_holds_nothing_up(session):
    """One trainer teaches at two sites and marks here, there and here again; the manager of this one carries what is of this one."""
    bounmy = session.cohort.trainers.get().person
    there = make_session(make_cohort("COH-ELSEWHERE", learners=2, trainers=[bounmy]))
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, {session.cohort.enrolments.get(number=1): "absent"})
    phone.mark(there, dict.fromkeys(there.cohort.enrolments.all(), "late"))
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.exclude(number=1), "present"))
    phone.send()
    manager = make_actor("site_manager", ("cohort", session.cohort_id), user=make_user("som"))
    body = give_journal_file(by=manager)
    told = json.loads(body)
    assert [each["sequence"] for each in told["events"]] == [1, 3]
    assert [each["sequence"] for each in told["elsewhere"]] == [2]
    assert str(there.pk) not in body.decode()
    for table in (SaidMark, Attendance, RegisterEntry, Event):
        table.objects.all().delete()
    Session.objects.update(version=1, status="planned", capture_mode="")
    assert take(body) == Taken(2, 2, 0)
    rows = Attendance.objects.order_by("enrolment__number").values_list("session", "mark")
    assert list(rows) == [(session.pk, "absent"), (session.pk, "present"), (session.pk, "present")]
    assert set(Event.objects.values_list("state", flat=True)) == {"applied"}


def test_a_chain_that_is_only_said_to_go_on_elsewhere_still_waits_for_what_came_before(session, phone):
    phone.mark(session, {session.cohort.enrolments.get(number=3): "late"})
    gap = {"device": str(phone.device.pk), "id": phone.kept[1]["id"], "sequence": 2, "previous": phone.kept[0]["id"]}
    take(file_of(phone, phone.kept[2:], elsewhere=[gap]))
    assert not Attendance.objects.exists()
    take(file_of(phone, phone.kept[:1]))
    take(file_of(phone, phone.kept[2:], elsewhere=[gap]))
    assert [mark_of(number) for number in (1, 2, 3)] == ["present", "present", "late"]
