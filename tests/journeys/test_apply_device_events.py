from datetime import date, timedelta

import pytest

from corridor.foundations.journal.keeping import keep_events
from corridor.foundations.journal.models import Conflict, Event
from corridor.foundations.journal.queries import last_of_chain
from corridor.foundations.journal.reading import read_event
from corridor.journeys.recognise import recognise
from corridor.rooms.training.actions import cancel_session, lock_register, take_register
from corridor.rooms.training.actions.locking import Signature, lock_registers
from corridor.rooms.training.models import (
    Attendance,
    CaptureMode,
    CohortTrainer,
    Guest,
    RegisterEntry,
    RegisterRule,
    Session,
)
from corridor.rooms.training.refusals import RegisterContested
from tests.factories.actors import make_actor, make_user
from tests.factories.devices import NOON, Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment, make_session

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


def test_a_register_taken_without_a_network_is_there_after(phone, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    phone.mark(session, {seats[1]: ("late", 15)}, payload={"guests": ["A visitor from the company"]})
    phone.sign(session)
    phone.send()
    session.refresh_from_db()
    assert (session.status, session.signed_by, session.capture_mode) == ("locked", "bounmy", "live")
    assert marks_of(session) == {1: "present", 2: "late", 3: "present"}
    assert Attendance.objects.get(enrolment=seats[1]).minutes_late == 15
    assert Guest.objects.get().name == "A visitor from the company"
    assert set(Event.objects.values_list("state", flat=True)) == {"applied"}
    assert conflicts() == []


def test_applying_twice_applies_once(phone, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    phone.send()
    version = Session.objects.get().version
    phone.send([])
    phone.send(phone.kept)
    assert Session.objects.get().version == version
    assert RegisterEntry.objects.count() == 1


def test_what_was_kept_before_the_house_was_killed_is_applied_at_the_next_word(phone, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    drafts = [read_event(each) for each in phone.kept]
    by = recognise(phone.user, on=NOON.date())
    # Kept, and then the power went: nothing was applied, and the phone heard no answer.
    keep_events(device=phone.device, events=drafts, route=Event.Route.NETWORK, at=NOON, by=by)
    assert marks_of(session) == {}
    assert phone.send().last == 1
    assert marks_of(session) == {1: "present", 2: "present", 3: "present"}
    assert Event.objects.count() == 1


def test_an_event_waits_for_the_one_before_it(phone, session, seats):
    first = phone.mark(session, dict.fromkeys(seats, "present"))
    second = phone.mark(session, {seats[0]: "absent"})
    phone.send([second])
    assert Event.objects.get().state == "waiting"
    assert marks_of(session) == {}
    phone.send([first])
    assert marks_of(session) == {1: "absent", 2: "present", 3: "present"}
    assert conflicts() == []


def test_of_two_who_marked_the_same_learner_differently_nobody_wins_by_being_last(phone, other, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    other.mark(session, dict.fromkeys(seats, "present") | {seats[2]: "absent"})
    phone.send()
    other.send(at=NOON + timedelta(hours=2))
    assert marks_of(session)[3] == "present"
    conflict = Conflict.objects.get()
    assert (conflict.reason, conflict.about, conflict.standing, conflict.brought) == (
        "other_mark",
        seats[2].pk,
        "present",
        "absent",
    )
    assert conflict.standing_by == "bounmy"
    with pytest.raises(RegisterContested, match="seat 3"):
        lock_register(
            session=Session.objects.get(),
            version=Session.objects.get().version,
            at=NOON,
            by=recognise(make_user("bounmy"), on=NOON.date()),
        )


def test_what_was_seen_before_it_was_changed_is_no_conflict(phone, other, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    phone.send()
    other.look()
    other.mark(session, {seats[2]: "absent"})
    other.send()
    assert conflicts() == []
    assert marks_of(session)[3] == "absent"


def test_a_conflict_ends_by_itself_when_both_say_the_same(phone, other, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    other.mark(session, {seats[2]: "absent"})
    phone.send()
    other.send()
    other.mark(session, {seats[2]: "present"})
    other.send()
    assert conflicts() == [("other_mark", "brought")]
    assert marks_of(session)[3] == "present"


def test_a_register_written_on_the_page_meanwhile_is_not_overruled(phone, session, seats):
    phone.mark(session, {seats[0]: "absent"})
    take_register(
        session=session, marks={1: "present", 2: "present", 3: "late"}, version=1, capture_mode=CaptureMode.LIVE, at=NOON,
        by=recognise(make_user("khamla"), on=NOON.date()),
    )  # fmt: skip
    phone.send()
    assert marks_of(session) == {1: "present", 2: "present", 3: "late"}
    assert conflicts() == [("other_mark", "waiting")]
    with pytest.raises(RegisterContested):
        take_register(
            session=Session.objects.get(), marks={1: "absent", 2: "present", 3: "late"}, version=Session.objects.get().version,
            capture_mode=CaptureMode.LIVE, at=NOON, by=recognise(make_user("khamla"), on=NOON.date()),
        )  # fmt: skip


def lock(session):
    take_register(
        session=session, marks={1: "present", 2: "present", 3: "present"}, version=1, capture_mode=CaptureMode.LIVE, at=NOON,
        by=recognise(make_user("khamla"), on=NOON.date()),
    )  # fmt: skip
    signature = Signature(session=Session.objects.get(pk=session.pk), signed_by="khamla", signed_at=NOON)
    lock_registers(signatures=[signature], by=recognise(make_user("khamla"), on=NOON.date()))


def test_a_mark_on_a_signed_register_waits_and_one_that_says_the_same_does_not(phone, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present") | {seats[1]: "absent"})
    lock(session)
    phone.send()
    assert marks_of(session)[2] == "present"
    assert Conflict.objects.values_list("reason", "about").get() == ("locked", seats[1].pk)


def test_a_signature_on_what_is_contested_waits(phone, other, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    other.mark(session, {seats[2]: "absent"})
    other.sign(session)
    phone.send()
    other.send()
    assert conflicts() == [("other_mark", "waiting"), ("signature_contested", "waiting")]
    assert Session.objects.get().status == "held"


def test_a_signature_for_nothing_waits(phone, session):
    phone.sign(session)
    phone.send()
    assert conflicts() == [("signature_empty", "waiting")]


def test_who_is_no_trainer_any_more_is_heard_by_somebody_else(phone, session, seats):
    phone.mark(session, dict.fromkeys(seats, "present"))
    phone.sign(session)
    CohortTrainer.objects.filter(person__reference="bounmy").delete()
    phone.send()
    assert conflicts() == [("not_trainer", "waiting")] * 4
    assert marks_of(session) == {}


def test_a_session_called_off_or_moved_meanwhile(phone, session, seats):
    moved = make_session(session.cohort, number=2)
    phone.mark(session, {seats[0]: "present"})
    phone.mark(moved, {seats[0]: "present"})
    by = make_actor("site_manager", ("site", session.cohort.site_id))
    cancel_session(session=session, on=session.held_on, by=by, reason="No power.")
    Session.objects.filter(pk=moved.pk).update(
        held_on=moved.held_on + timedelta(days=1), begins_at=moved.begins_at + timedelta(days=1)
    )
    phone.send()
    assert conflicts() == [("cancelled", "waiting"), ("moved", "waiting")]


def test_who_withdrew_meanwhile_and_whose_place_is_elsewhere(phone, session):
    gone = make_enrolment(
        session.cohort, number=8, steps=[("enrolled", date(2023, 2, 1)), ("withdrew", date(2023, 3, 1))]
    )
    elsewhere = make_enrolment(make_cohort("COH-OTHER"), number=1)
    phone.mark(session, {gone: "present", elsewhere: "present"})
    phone.send()
    assert conflicts() == [("not_here", "waiting"), ("not_on_roll", "waiting")]


def test_a_person_merged_after_the_phone_last_heard_of_us(phone, session, seats):
    stays = make_person("stays")
    person = seats[0].person
    person.merged_into, person.merged_at, person.merged_because = stays, NOON, "The same."
    person.save()
    phone.mark(session, {seats[0]: "present"}, seen=NOON - timedelta(days=1))
    phone.mark(session, {seats[1]: "present"}, seen=NOON - timedelta(days=1))
    phone.send(at=NOON + timedelta(hours=1))
    assert conflicts() == [("merged", "waiting")]
    phone.mark(session, {seats[0]: "present"}, seen=NOON + timedelta(hours=1))
    phone.send(at=NOON + timedelta(hours=2))
    assert marks_of(session) == {1: "present", 2: "present"}


def test_a_register_that_has_closed_is_opened_by_a_decision_only(phone, session, seats):
    RegisterRule.objects.create(programme=session.cohort.programme, closes_after_days=3)
    phone.mark(session, {seats[0]: "present"})
    phone.send(at=NOON + timedelta(days=3))
    assert conflicts() == [("closed", "waiting")]


def test_a_phone_cannot_sign_where_the_programme_asks_for_a_second_factor(phone, session, seats):
    RegisterRule.objects.create(programme=session.cohort.programme, sign_with="second_factor")
    phone.mark(session, dict.fromkeys(seats, "present"))
    phone.sign(session)
    phone.send()
    session.refresh_from_db()
    assert session.status == "held"
    assert Conflict.objects.get().reason == "signature_refused"


def test_a_house_that_has_lost_the_beginning_of_a_chain_asks_for_it_again(phone, session, seats):
    for mark in ("absent", "late", "present"):
        phone.mark(session, {seats[0]: mark})
    assert phone.send(phone.kept[2:]).last == 0
    assert phone.send().last == 3
    assert Event.objects.count() == 3


def test_nobody_waits_for_what_a_device_does_not_have_any_more(phone, session, seats):
    for mark in ("absent", "late", "present"):
        phone.mark(session, {seats[0]: mark})
    keep_events(
        device=phone.device, events=[read_event(each) for each in phone.kept[2:]], route=Event.Route.NETWORK, at=NOON,
        by=recognise(phone.user, on=NOON.date()),
    )  # fmt: skip
    assert (last_of_chain(phone.device), last_of_chain(phone.device, oldest=3)) == (0, 3)
