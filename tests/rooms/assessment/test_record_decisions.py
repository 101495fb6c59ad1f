from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied
from corridor.rooms.assessment.actions import NewDecision, record_decisions
from corridor.rooms.assessment.models import Decision, Result
from corridor.rooms.assessment.refusals import (
    AlreadyDecided,
    AssessorIsTrainer,
    DecisionIsFinal,
    NoFurtherAttempt,
    NotALearner,
    NotAppointed,
    NotAssessing,
    NotInCurriculum,
    OwnAssessor,
)
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.assessment import APPOINTED_ON, make_assessor, make_decision
from tests.factories.curricula import make_version
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 20)


class Room:
    """A cohort of two, its first unit, and an assessor who may decide."""

    def __init__(self, **cohort):
        self.cohort = make_cohort(learners=2, **cohort)
        self.unit = self.cohort.curriculum_version.units.first()
        self.assessor = make_assessor(self.cohort)
        self.by = make_actor("assessor", ("cohort", self.cohort.pk), person=self.assessor)

    def decision(self, **other):
        usual = {
            "enrolment": self.cohort.enrolments.get(number=1), "unit": self.unit, "assessor": self.assessor,
            "result": Result.COMPETENT, "decided_on": DAY,
        }  # fmt: skip
        return NewDecision(**{**usual, **other})

    def record(self, *decisions, by=None):
        return record_decisions(decisions=decisions or [self.decision()], by=by or self.by)


def test_an_assessor_decides_unit_by_unit():
    room = Room()
    decision = room.record()[0]
    assert (decision.status, decision.result, decision.attempt) == ("assessed", "competent", 1)
    assert Entry.objects.get().event == "assessment.decided"


def test_who_teaches_a_cohort_does_not_assess_it():
    room = Room()
    CohortTrainer.objects.create(cohort=room.cohort, person=room.assessor)
    with pytest.raises(AssessorIsTrainer):
        room.record()


@pytest.mark.parametrize("is_merged", [False, True])
def test_who_teaches_a_learner_in_another_cohort_does_not_assess_the_learner_here(is_merged):
    room = Room()
    learner = room.cohort.enrolments.get(number=1).person
    other = make_cohort("COH-2023-042", trainers=[room.assessor])
    twin = make_person("twin") if is_merged else learner
    if is_merged:
        Person.objects.filter(pk=twin.pk).update(merged_into=learner, merged_at=datetime(2023, 5, 1, tzinfo=UTC))
    make_enrolment(other, person=twin)
    with pytest.raises(AssessorIsTrainer) as refused:
        room.record()
    assert refused.value.places["cohort"] == "COH-2023-042"
    assert room.record(room.decision(enrolment=room.cohort.enrolments.get(number=2)))


def test_who_only_applied_elsewhere_is_taught_by_nobody_there():
    room = Room()
    other = make_cohort("COH-2023-042", trainers=[room.assessor])
    make_enrolment(other, person=room.cohort.enrolments.get(number=1).person, steps=[])
    assert room.record()


def test_nobody_decides_on_a_day_before_the_appointment():
    room = Room()
    with pytest.raises(NotAppointed):
        room.record(room.decision(decided_on=APPOINTED_ON - timedelta(days=1)))
    assert room.record(room.decision(decided_on=APPOINTED_ON))


def test_nobody_assesses_oneself():
    room = Room()
    learner = room.cohort.enrolments.get(number=1).person
    with pytest.raises(OwnAssessor):
        room.record(room.decision(assessor=learner), by=make_actor("system"))


def test_only_an_appointed_assessor_decides_and_only_in_their_own_name():
    room = Room()
    with pytest.raises(NotAppointed):
        room.record(room.decision(assessor=make_person("nimali")), by=make_actor("system"))
    with pytest.raises(NotAppointed):
        room.record(room.decision(assessor=make_assessor(room.cohort, "khamla")))


def test_a_unit_of_another_curriculum_is_refused():
    room = Room()
    other = make_version(curriculum="welding").units.first()
    with pytest.raises(NotInCurriculum):
        room.record(room.decision(unit=other))


def test_a_second_attempt_comes_only_after_a_final_not_yet():
    room = Room()
    first = room.cohort.enrolments.get(number=1)
    with pytest.raises(NoFurtherAttempt):
        room.record(room.decision(attempt=2))
    make_decision(first, room.unit, assessor=room.assessor, result="not_yet_competent", final_on=None)
    with pytest.raises(NoFurtherAttempt):
        room.record(room.decision(attempt=2))
    Decision.objects.update(status="final")
    assert room.record(room.decision(attempt=2))[0].attempt == 2


def test_no_further_attempt_after_competent():
    room = Room()
    make_decision(room.cohort.enrolments.get(number=1), room.unit, assessor=room.assessor)
    with pytest.raises(NoFurtherAttempt):
        room.record(room.decision(attempt=2))


def test_one_attempt_has_one_decision():
    room = Room()
    room.record()
    with pytest.raises(AlreadyDecided):
        room.record()
    Decision.objects.update(status="final")
    with pytest.raises(DecisionIsFinal):
        room.record()


@pytest.mark.parametrize("status", ["planned", "assessed"])
def test_decisions_are_made_while_a_cohort_runs_and_after_it_has_finished(status):
    with pytest.raises(NotAssessing):
        Room(status=status).record()


@pytest.mark.parametrize("way", [[], ["selected"], ["enrolled", "never_started"]])
def test_who_was_never_taught_is_not_assessed(way):
    room = Room()
    seat = make_enrolment(room.cohort, number=3, steps=[(status, DAY) for status in way])
    with pytest.raises(NotALearner):
        room.record(room.decision(enrolment=seat))


def test_a_finished_cohort_is_still_assessed():
    assert Room(status="finished").record()


def test_an_assessor_of_another_cohort_decides_nothing_here():
    room = Room()
    with pytest.raises(AccessDenied):
        room.record(by=make_actor("assessor", ("cohort", room.cohort.site_id), person=room.assessor))


def test_all_decisions_of_a_sheet_are_recorded_or_none():
    room = Room()
    with pytest.raises(AlreadyDecided):
        room.record(room.decision(), room.decision())
    assert not Decision.objects.exists()
