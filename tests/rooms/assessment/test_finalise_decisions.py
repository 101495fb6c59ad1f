from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.assessment import counting
from corridor.rooms.assessment.actions import finalise_decisions
from corridor.rooms.assessment.models import Decision
from corridor.rooms.assessment.refusals import AssessorIsTrainer, DecisionIsFinal
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 20)


@pytest.fixture
def decision():
    cohort = make_cohort(learners=1)
    enrolment = cohort.enrolments.get()
    unit = cohort.curriculum_version.units.first()
    return make_decision(enrolment, unit, assessor=make_assessor(cohort), final_on=None)


def assessor(decision):
    return make_actor("assessor", ("cohort", decision.enrolment.cohort_id))


def test_a_decision_becomes_final_and_counts(decision):
    assert counting.latest_final([decision.enrolment_id]) == {}
    assert finalise_decisions(decisions=[(decision, DAY)], by=assessor(decision)) == 1
    assert Decision.objects.get().status_on(DAY) == "final"
    assert counting.latest_final([decision.enrolment_id]) == {(decision.enrolment_id, decision.unit_id): decision}


def test_a_final_decision_stays(decision):
    finalise_decisions(decisions=[(decision, DAY)], by=assessor(decision))
    with pytest.raises(DecisionIsFinal):
        finalise_decisions(decisions=[(decision, DAY)], by=assessor(decision))


def test_who_has_come_to_teach_the_learner_makes_nothing_final(decision):
    CohortTrainer.objects.create(cohort=decision.enrolment.cohort, person=decision.assessor)
    with pytest.raises(AssessorIsTrainer):
        finalise_decisions(decisions=[(decision, DAY)], by=assessor(decision))
    assert Decision.objects.get().status == "assessed"


def test_nothing_is_final_before_it_was_decided(decision):
    with pytest.raises(BadInput):
        finalise_decisions(decisions=[(decision, date(2023, 6, 19))], by=assessor(decision))


def test_a_site_manager_makes_nothing_final(decision):
    site = decision.enrolment.cohort.site_id
    with pytest.raises(AccessDenied):
        finalise_decisions(decisions=[(decision, DAY)], by=make_actor("site_manager", ("site", site)))


def test_the_latest_final_attempt_counts(decision):
    Decision.objects.update(status="final", result="not_yet_competent")
    again = make_decision(decision.enrolment, decision.unit, assessor=decision.assessor, attempt=2)
    assert counting.latest_final([decision.enrolment_id]) == {(decision.enrolment_id, decision.unit_id): again}
