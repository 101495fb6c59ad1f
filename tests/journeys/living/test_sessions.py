"""Timetables lived through from files: sessions planned, moved, booked, said to be there, and a learner who goes on elsewhere."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.notices.models import Notice
from corridor.rooms.sites.models import Equipment, SitePost, SiteRoom
from corridor.rooms.training.models import Arrival, Attendance, Enrolment, EquipmentBooking, Session, SessionMove
from tests.factories.actors import make_user
from tests.factories.grants import make_grant
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

from .folders import live, refusal

pytestmark = pytest.mark.django_db
COHORT = "COH-2023-041"
SESSION = {"cohort": COHORT, "session": 1}
DAY = "2023-03-06"


@pytest.fixture
def session():
    session = make_session(make_cohort(learners=3, trainers=[make_person("bounmy", user=make_user("bounmy"))]))
    site = session.cohort.site
    SitePost.objects.create(site=site, user=make_user("somchai"), held_from=date(2022, 10, 10))
    SiteRoom.objects.create(site=site, name="Hall A", capacity=40)
    Equipment.objects.create(
        site=site, kind="Two-post lift", inventory_number="LGT-0102", count=2, acquired_on=date(2022, 11, 14)
    )
    make_grant(make_user("mei"), "secretariat", held_from=date(2022, 1, 1))
    return session


def at(time, day="2023-03-01"):
    return f"{day} {time}+07:00"


def plan(number, begins, *, cohort=COHORT, by="somchai", **more):
    return {
        "at": at("10:00"), "by": by, "cohort": cohort, "number": number, "begins_at": begins, "minutes": 120, "kind": "theory", **more,
    }  # fmt: skip


def needs(equipment="LGT-0102 2", **more):
    return {"at": at("11:00"), "by": "bounmy", **SESSION, "room": "Hall A", "equipment": equipment} | more


def test_a_room_and_machines_are_booked_for_a_session(tmp_path, session):
    live(tmp_path, session_needs=[needs()])
    session.refresh_from_db()
    assert session.room.name == "Hall A"
    assert list(EquipmentBooking.objects.values_list("equipment__inventory_number", "count")) == [("LGT-0102", 2)]


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"equipment": "LGT-0102 3"}, "equipment"), ({"equipment": "LGT-0102"}, "equipment"), ({"equipment": "LGT-9 1"}, "equipment"),
        ({"room": "Hall B"}, "room"), ({"trainers": "P-9999"}, "trainers"), ({"session": 9}, "session"),
    ],
    ids=["more than there are", "no count", "no machine", "no room", "no person", "no session"],
)  # fmt: skip
def test_what_is_not_there_is_not_booked(tmp_path, session, more, column):
    assert refusal(tmp_path, session_needs=[needs(**more)])[:3] == ("living/session_needs.csv", 2, column)
    assert not EquipmentBooking.objects.exists()


def test_a_moved_session_tells_those_concerned_and_keeps_both_days(tmp_path, session):
    moved = {
        "at": at("12:00"), "by": "somchai", **SESSION, "begins_at": "2023-03-07 13:30", "minutes": 180, "reason": "The tester is calibrated.",
    }  # fmt: skip
    live(tmp_path, moved_sessions=[moved])
    session.refresh_from_db()
    assert session.begins_at == datetime(2023, 3, 7, 6, 30, tzinfo=UTC)
    assert SessionMove.objects.get().by_label == "somchai"
    assert [each.user.username for each in Notice.objects.filter(event="training.session_moved")] == ["bounmy"]


def test_two_cohorts_have_one_session_and_one_that_was_called_off_is_made_up_for(tmp_path, session):
    make_cohort("COH-2023-042")
    called_off = make_session(session.cohort, number=2, status="cancelled", on=date(2023, 3, 8))
    joint = {"by": "mei", "joint": "safety"}
    live(
        tmp_path,
        planned_sessions=[
            plan(3, "2023-03-10 08:30", **joint), plan(1, "2023-03-10 08:30", cohort="COH-2023-042", **joint),
            plan(4, "2023-03-11 08:30", makes_up_for=2),
        ],
    )  # fmt: skip
    one, other = Session.objects.filter(begins_at=datetime(2023, 3, 10, 1, 30, tzinfo=UTC)).order_by(
        "cohort__reference"
    )
    assert other.joint_with == one
    assert Session.objects.get(number=4).makes_up_for == called_off


def test_a_clash_is_refused_as_on_the_page(tmp_path, session):
    file, row, _, said = refusal(tmp_path, planned_sessions=[plan(2, f"{DAY} 09:30")])
    assert (file, row) == ("living/planned_sessions.csv", 2)
    assert COHORT in said
    assert Session.objects.count() == 1


def test_nobody_plans_for_another_site(tmp_path, session):
    make_cohort("COH-2023-043", site="wks-pakse", programme="PRG-2022-009")
    assert refusal(tmp_path, planned_sessions=[plan(1, "2023-03-10 08:30", cohort="COH-2023-043")])[:2] == (
        "living/planned_sessions.csv", 2,
    )  # fmt: skip


def arrivals(*told):
    return [{"at": at(time, DAY), "by": by, **SESSION, "what": what} for time, by, what in told]


@pytest.fixture
def learner(session):
    person = session.cohort.enrolments.get(number=2).person
    person.user = make_user("noy")
    person.save()
    return person


def test_a_learner_says_to_be_there_and_only_the_trainer_makes_it_a_mark(tmp_path, session, learner):
    told = [
        ("08:20", "bounmy", "shown"),
        ("08:24", "noy", "said"),
        ("08:41", "bounmy", "confirmed"),
        ("08:45", "bounmy", "ended"),
    ]
    live(tmp_path, arrivals=arrivals(*told))
    assert Arrival.objects.get().enrolment.person == learner
    assert list(Attendance.objects.values_list("enrolment__number", "mark")) == [(2, "present")]


def test_without_a_code_on_the_screen_nobody_says_to_be_there(tmp_path, session, learner):
    told = [("08:20", "bounmy", "shown"), ("08:22", "bounmy", "ended"), ("08:24", "noy", "said")]
    assert refusal(tmp_path, arrivals=arrivals(*told))[:3] == ("living/arrivals.csv", 4, "session")
    assert not Attendance.objects.exists()


def transfer(**more):
    return {
        "at": at("10:00", "2023-03-20"), "by": "mei", "cohort": COHORT, "seat": 1, "to": "COH-2023-042", "number": 7, "on": "2023-03-21",
        "reason": "The shift was moved.", **more,
    }  # fmt: skip


def test_a_learner_goes_on_in_another_cohort_and_the_old_place_stays_to_be_read(tmp_path, session):
    make_cohort("COH-2023-042")
    live(tmp_path, transfers=[transfer()])
    place = Enrolment.objects.get(cohort__reference="COH-2023-042")
    assert (place.number, place.status, place.moved_from.number, place.moved_from.status) == (
        7,
        "enrolled",
        1,
        "transferred",
    )


@pytest.mark.parametrize(
    ("more", "column"),
    [({"to": "COH-9"}, "to"), ({"seat": 9}, "seat"), ({"to": COHORT}, "to"), ({"by": "bounmy"}, "")],
    ids=["no cohort", "no seat", "the same cohort", "a trainer"],
)
def test_a_transfer_that_no_door_makes_is_refused(tmp_path, session, more, column):
    make_cohort("COH-2023-042")
    assert refusal(tmp_path, transfers=[transfer(**more)])[:3] == ("living/transfers.csv", 2, column)
    assert not Enrolment.objects.filter(status="transferred").exists()
