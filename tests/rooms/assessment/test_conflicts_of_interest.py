"""Relatives and colleagues do not assess one another."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import (
    EmploymentDraft,
    end_employment,
    state_employments,
    state_relation,
    withdraw_relation,
)
from corridor.rooms.assessment.models import RelationKind, StatedRelation
from corridor.rooms.assessment.refusals import ConflictOfInterest
from corridor.rooms.people.models import Person
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, Room
from tests.factories.members import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def stated(room, *, assessor=None, learner=None, by=NIGHTLY):
    return state_relation(
        assessor=assessor or room.assessor, learner=learner or room.seat().person, kind=RelationKind.RELATIVE,
        on=DECIDED_ON, by=by,
    )  # fmt: skip


@pytest.mark.parametrize("is_merged", [False, True], ids=["same-record", "merged-record"])
def test_a_relative_does_not_assess(is_merged):
    room = Room()
    learner = room.seat().person
    if is_merged:
        twin = make_person("twin")
        Person.objects.filter(pk=twin.pk).update(merged_into=learner, merged_at=datetime(2023, 5, 1, tzinfo=UTC))
        learner = twin
    relation = stated(room, learner=learner)
    assert stated(room, learner=learner) == relation
    with pytest.raises(ConflictOfInterest):
        room.record()
    assert room.record(2)
    withdraw_relation(relation=relation, by=NIGHTLY)
    assert room.record()


@pytest.mark.parametrize(("kind", "may"), [("student", True), ("teacher", False), ("company_employee", False)])
def test_who_works_for_the_organisation_that_sends_its_own_people_does_not_assess_them(kind, may):
    room = Room()
    sender = make_organisation("mekong-fleet", kind="company")
    room.cohort.enrolments.filter(number=1).update(sending_organisation=sender, participant_kind=kind)
    until = DECIDED_ON + timedelta(days=1)
    state_employments(employments=[EmploymentDraft(room.assessor, sender, DECIDED_ON, until)], by=NIGHTLY)
    if may:
        assert room.record()
        return
    with pytest.raises(ConflictOfInterest):
        room.record()
    assert room.record(decided_on=until)


def test_an_assessor_states_it_for_themself_and_the_secretariat_for_anybody():
    room = Room()
    assert stated(room, by=room.by)
    other, by = room.second()
    with pytest.raises(AccessDenied):
        stated(room, by=by)
    with pytest.raises(BadInput):
        stated(room, assessor=other, learner=other)
    with pytest.raises(AccessDenied):
        withdraw_relation(relation=StatedRelation.objects.get(), by=room.by)
    assert list(queries.list_relations(by=by)) == []
    assert queries.list_relations(by=room.by).count() == 1


def test_work_for_the_same_organisation_is_written_down_once_at_a_time_and_ends():
    room = Room()
    company = make_organisation("mekong-fleet", kind="company")
    draft = EmploymentDraft(room.assessor, company, DECIDED_ON)
    (made,) = state_employments(employments=[draft], by=NIGHTLY)
    with pytest.raises(WrongMoment):
        state_employments(employments=[draft], by=NIGHTLY)
    with pytest.raises(BadInput):
        state_employments(employments=[EmploymentDraft(room.assessor, company, DECIDED_ON, DECIDED_ON)], by=NIGHTLY)
    with pytest.raises(WrongMoment):
        end_employment(employment=made, ends_before=DECIDED_ON, by=NIGHTLY)
    ended = end_employment(employment=made, ends_before=DECIDED_ON + timedelta(days=9), by=NIGHTLY)
    with pytest.raises(WrongMoment):
        end_employment(employment=ended, ends_before=DECIDED_ON + timedelta(days=10), by=NIGHTLY)
    with pytest.raises(AccessDenied):
        state_employments(employments=[draft], by=make_actor("site_manager"))
