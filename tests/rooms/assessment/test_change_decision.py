import pytest

from corridor.kernel.errors import StaleForm
from corridor.rooms.assessment.actions import change_decision
from corridor.rooms.assessment.models import Decision, Result
from corridor.rooms.assessment.refusals import DecisionIsFinal, NotAppointed
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, make_assessor, make_decision
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    cohort = make_cohort(learners=1)
    unit = cohort.curriculum_version.units.first()
    return make_decision(cohort.enrolments.get(), unit, assessor=make_assessor(cohort), final_on=None)


def change(decision, *, version=1, person=None):
    by = make_actor("assessor", ("cohort", decision.enrolment.cohort_id), person=person or decision.assessor)
    return change_decision(
        decision=decision, result=Result.NOT_YET_COMPETENT, evidence_note="2.5 is missing.", decided_on=DECIDED_ON,
        version=version, by=by,
    )  # fmt: skip


def test_an_assessor_changes_their_decision_until_it_is_final(decision):
    assert change(decision).result == "not_yet_competent"
    Decision.objects.update(status="final")
    with pytest.raises(DecisionIsFinal):
        change(decision, version=2)


def test_a_stale_form_is_refused_with_both_results(decision):
    change(decision)
    Decision.objects.update(result="competent")
    with pytest.raises(StaleForm) as refused:
        change(decision)
    assert (refused.value.theirs, refused.value.yours) == ("Competent", "Not yet competent")


def test_nobody_changes_the_decision_of_another_assessor(decision):
    with pytest.raises(NotAppointed):
        change(decision, person=make_assessor(decision.enrolment.cohort, "nimali"))
