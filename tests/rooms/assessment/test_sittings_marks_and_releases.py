"""Who is called when, marks that come from elsewhere, and from when learners see results."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import (
    MarkDraft,
    cancel_sitting,
    correct_marks,
    plan_sitting,
    record_marks,
    remove_marks,
    set_release,
)
from corridor.rooms.assessment.models import ChecklistPlace, WrittenMark
from corridor.rooms.assessment.refusals import AssessorIsTrainer, NotAppointed, NotCalled, NotCapable, NotInCurriculum
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, Room, make_scheme
from tests.factories.capability import make_needs
from tests.factories.curricula import make_version
from tests.factories.people import make_person
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room()


def planned(room, **other):
    usual = {
        "cohort": room.cohort, "unit": room.unit, "held_on": DECIDED_ON, "assessor": room.assessor,
        "called": list(room.cohort.enrolments.all()), "by": room.by,
    }  # fmt: skip
    return plan_sitting(**usual | other)


def test_learners_are_called_and_see_their_own_sitting(room):
    sitting = planned(room, called=[room.seat(1)])
    assert list(queries.list_sittings(by=room.learner(1))) == [sitting]
    assert list(queries.list_sittings(by=room.learner(2))) == []
    with pytest.raises(WrongMoment):
        planned(room)
    cancel_sitting(sitting=sitting, by=room.by)
    assert planned(room).called.count() == 2


def test_what_would_refuse_a_decision_refuses_a_sitting(room):
    for wrong, refusal in (
        ({"called": []}, BadInput),
        ({"called": list(_others())}, NotCalled),
        ({"assessor": make_person("stranger")}, NotAppointed),
        ({"unit": make_version(curriculum="welding").units.first()}, NotInCurriculum),
        ({"by": room.learner()}, AccessDenied),
    ):
        with pytest.raises(refusal):
            planned(room, **wrong)
    make_needs(room.unit)
    with pytest.raises(NotCapable):
        planned(room)
    CohortTrainer.objects.create(cohort=room.cohort, person=room.assessor)
    with pytest.raises(AssessorIsTrainer):
        planned(room)


def _others():
    return make_cohort("COH-2023-042", learners=1).enrolments.all()


def test_marks_stay_within_their_scale_and_one_a_day(room):
    test = make_scheme(room.unit, test=True).instruments.last()
    draft = MarkDraft(enrolment=room.seat(), instrument=test, taken_on=DECIDED_ON, mark=Decimal("61.5"))
    (mark,) = record_marks(marks=[draft], by=room.by)
    with pytest.raises(WrongMoment):
        record_marks(marks=[draft], by=room.by)
    for wrong in (Decimal(101), Decimal(-1)):
        with pytest.raises(BadInput):
            record_marks(
                marks=[MarkDraft(enrolment=room.seat(2), instrument=test, taken_on=DECIDED_ON, mark=wrong)], by=room.by
            )
        with pytest.raises(BadInput):
            correct_marks(marks=[(mark, wrong)], by=room.by)
    correct_marks(marks=[(mark, Decimal(70))], by=room.by)
    assert WrittenMark.objects.get().mark == 70
    with pytest.raises(AccessDenied):
        record_marks(marks=[draft], by=make_actor("trainer", ("cohort", room.cohort.pk)))


def test_a_mark_on_which_a_final_decision_stands_does_not_change(room):
    test = make_scheme(room.unit, test=True).instruments.last()
    draft = MarkDraft(enrolment=room.seat(), instrument=test, taken_on=DECIDED_ON, mark=Decimal(61))
    (mark,) = record_marks(marks=[draft], by=room.by)
    room.final(room.record(checklist=ChecklistPlace.PAPER))
    with pytest.raises(BuiltOn):
        correct_marks(marks=[(mark, Decimal(50))], by=room.by)
    with pytest.raises(BuiltOn):
        remove_marks(keys=[mark.pk], by=room.by)


def test_a_test_of_another_curriculum_has_no_marks_here(room):
    test = make_scheme(make_version(curriculum="welding").units.first(), test=True).instruments.last()
    with pytest.raises(NotInCurriculum):
        record_marks(
            marks=[MarkDraft(enrolment=room.seat(), instrument=test, taken_on=DECIDED_ON, mark=Decimal(1))], by=room.by
        )


def test_learners_see_final_results_from_the_time_of_their_release(room):
    release_at = datetime(2023, 7, 1, 2, tzinfo=UTC)
    decision, still_open = room.final(room.record(1)), room.record(2)
    assert list(queries.list_decisions(at=release_at, by=room.learner(2))) == [still_open]
    set_release(cohort=room.cohort, unit=room.unit, release_at=release_at, by=room.by)
    before = release_at - timedelta(seconds=1)
    assert list(queries.list_decisions(at=before, by=room.learner(1))) == []
    assert list(queries.list_decisions(at=release_at, by=room.learner(1))) == [decision]
    assert list(queries.list_decisions(at=release_at, by=room.learner(2))) == []
    assert set(queries.list_decisions(at=before, by=room.by)) == {decision, still_open}
    assert queries.release_of(cohort=room.cohort, unit=room.unit, by=room.by).release_at == release_at


def test_a_release_is_set_by_who_makes_decisions_final_and_can_be_moved(room):
    for day in (1, 8):
        set_release(cohort=room.cohort, unit=room.unit, release_at=datetime(2023, 7, day, tzinfo=UTC), by=room.by)
    assert queries.release_of(cohort=room.cohort, unit=room.unit, by=room.by).release_at.date() == date(2023, 7, 8)
    with pytest.raises(AccessDenied):
        set_release(cohort=room.cohort, unit=room.unit, release_at=datetime(2023, 7, 1, tzinfo=UTC), by=room.learner())
