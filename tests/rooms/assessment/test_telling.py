"""Who is told of what judging brings: the learner, the panel, the second assessor, the secretariat; and nobody of their own act."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.notices.models import Notice
from corridor.rooms.assessment.actions import (
    assign_second,
    cancel_sitting,
    draw_sample,
    lodge_appeal,
    name_panel,
    plan_sitting,
    rule_on_appeal,
    set_release,
)
from corridor.rooms.assessment.lifecycle import AppealStatus
from corridor.rooms.assessment.models import Sample
from corridor.rooms.assessment.telling import tell_released
from corridor.rooms.people.models import Person
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.assessment import DECIDED_ON, Room
from tests.factories.members import make_seat
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DAY = DECIDED_ON + timedelta(days=3)
AT = datetime(2023, 6, 23, 3, 0, tzinfo=UTC)


class Told(Room):
    """A cohort whose first learner, and the secretariat, have accounts."""

    def __init__(self):
        super().__init__()
        self.user = self.account(self.seat(1).person, "learner")
        self.house = make_user("office")
        make_seat(self.house, "secretariat")
        self.office = make_actor("secretariat", user=self.house)

    def account(self, person, username):
        user = make_user(username)
        Person.objects.filter(pk=person.pk).update(user=user)
        return user

    def appealed(self, *, at=AT):
        decision = self.final(self.record(result="not_yet_competent", evidence_note="Pads."))
        by = make_actor("learner", ("person", decision.enrolment.person_id), person=self.seat(1).person, user=self.user)
        return lodge_appeal(decision=decision, grounds="Nobody looked.", on=DAY, by=by, at=at)


def told(user):
    return [(each.event, each.about, each.link) for each in Notice.objects.filter(user=user).order_by("pk")]


@pytest.fixture
def room():
    return Told()


def test_who_is_called_is_told_the_day(room):
    plan_sitting(
        cohort=room.cohort,
        unit=room.unit,
        held_on=DAY,
        assessor=room.assessor,
        called=[room.seat(1)],
        by=room.by,
        at=AT,
    )
    about = f"{room.cohort.reference} {room.unit.code}"
    assert told(room.user) == [("assessment.sitting_called", about, "/learn/")]
    notice = Notice.objects.get()
    assert {each.name: each.value for each in notice.places.all()} == {"day": DAY.isoformat()}


def test_who_was_called_is_told_that_the_sitting_is_called_off(room):
    sitting = plan_sitting(
        cohort=room.cohort, unit=room.unit, held_on=DAY, assessor=room.assessor, called=[room.seat(1)], by=room.by
    )
    cancel_sitting(sitting=sitting, by=room.by, at=AT)
    assert told(room.user) == [("assessment.sitting_cancelled", f"{room.cohort.reference} {room.unit.code}", "/learn/")]


def test_what_is_brought_in_without_an_instant_tells_nobody(room):
    plan_sitting(
        cohort=room.cohort, unit=room.unit, held_on=DAY, assessor=room.assessor, called=[room.seat(1)], by=room.by
    )
    room.appealed(at=None)
    assert not Notice.objects.exists()


def test_an_appeal_tells_the_secretariat_then_the_panel_then_the_learner(room):
    appeal = room.appealed()
    page = f"/appeals/{appeal.reference}/"
    assert told(room.house) == [("assessment.appeal_lodged", appeal.reference, page)]
    assert told(room.user) == []
    people = [make_person(each) for each in ("mei", "khamla", "nimali", "dao")]
    users = [room.account(each, f"u-{each.reference}") for each in people]
    name_panel(appeal=appeal, chair=people[0], members=people[1:3], on=DAY, by=room.office, at=AT)
    assert [told(each) for each in users[:3]] == [[("assessment.panel_named", appeal.reference, page)]] * 3
    # Another panel tells those alone who are new on it.
    name_panel(appeal=appeal, chair=people[0], members=people[2:], on=DAY, by=room.office, at=AT)
    assert [len(told(each)) for each in users] == [1, 1, 1, 1]
    rules = make_actor("visitor", person=people[2], user=users[2])
    rule_on_appeal(appeal=appeal, to=AppealStatus.DISMISSED, ruling="The pads were shown.", on=DAY, by=rules, at=AT)
    ruled = ("assessment.appeal_ruled", appeal.reference, page)
    assert told(room.user) == [ruled]
    assert [ruled in told(each) for each in (*users, room.house)] == [True, False, False, True, True]


def test_a_second_assessor_is_told_once_for_a_cohort(room):
    room.record(1)
    room.record(2)
    person, _by = room.second()
    user = room.account(person, "nimali")
    draw_sample(cohort=room.cohort, share=100, least=1, seed="June", on=DAY, by=room.office)
    assign_second(samples=list(Sample.objects.all()), second=person, on=DAY, by=room.office, at=AT)
    assert told(user) == [("assessment.second_named", room.cohort.reference, "/samples/")]


@pytest.mark.parametrize("is_late", [False, True], ids=["at-once", "by-the-worker"])
def test_results_are_told_when_they_can_be_seen_and_once(room, is_late):
    room.final(room.record())
    room.record(2)
    beside = room.account(room.seat(2).person, "beside")
    release_at = AT + timedelta(hours=2) if is_late else AT - timedelta(hours=2)
    set_release(cohort=room.cohort, unit=room.unit, release_at=release_at, by=room.by, at=AT)
    assert len(told(room.user)) == (0 if is_late else 1)
    assert tell_released(at=AT + timedelta(hours=1), by=NIGHTLY) == 0
    tell_released(at=AT + timedelta(hours=3), by=NIGHTLY)
    tell_released(at=AT + timedelta(hours=4), by=NIGHTLY)
    about = f"{room.cohort.reference} {room.unit.code}"
    assert told(room.user) == [("assessment.results_released", about, "/learn/")]
    assert told(beside) == []


def test_who_was_merged_is_told_under_the_record_with_the_account(room):
    again = make_person("again")
    Person.objects.filter(pk=room.seat(2).person_id).update(merged_into=again, merged_at=AT)
    user = room.account(again, "again")
    plan_sitting(
        cohort=room.cohort,
        unit=room.unit,
        held_on=DAY,
        assessor=room.assessor,
        called=[room.seat(2)],
        by=room.by,
        at=AT,
    )
    assert len(told(user)) == 1
