"""A cohort is awarded when nobody looks at a decision again."""

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.assessment.actions import draw_sample, lodge_appeal, withdraw_appeal
from corridor.rooms.assessment.models import Decision, Sample
from corridor.rooms.assessment.refusals import AppealIsOpen, DecisionIsDrawn
from tests.factories.assessment import DECIDED_ON, make_assessor
from tests.factories.credentials import award, make_assessed_cohort

pytestmark = pytest.mark.django_db


def test_nothing_is_awarded_while_an_appeal_is_open():
    cohort = make_assessed_cohort()
    decision = Decision.objects.filter(enrolment__cohort=cohort).first()
    appeal = lodge_appeal(decision=decision, grounds="Nobody looked.", on=DECIDED_ON, by=NIGHTLY)
    with pytest.raises(AppealIsOpen):
        award(cohort)
    withdraw_appeal(appeal=appeal, on=DECIDED_ON, by=NIGHTLY)
    assert award(cohort).awards == 2


def test_nothing_is_awarded_before_a_second_judgement_is_over():
    cohort = make_assessed_cohort()
    draw_sample(cohort=cohort, share=10, least=1, seed="July", on=DECIDED_ON, by=NIGHTLY)
    with pytest.raises(DecisionIsDrawn):
        award(cohort)
    sample = Sample.objects.get()
    Sample.objects.filter(pk=sample.pk).update(
        second=make_assessor(cohort, "judge"), result=sample.decision.result, judged_on=DECIDED_ON
    )
    assert award(cohort).awards == 2
