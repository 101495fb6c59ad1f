from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.outcomes.actions import WavePlan, plan_waves
from corridor.rooms.outcomes.models import Wave
from corridor.rooms.outcomes.refusals import NobodyToAsk, NotLongEnoughAgo
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def plan(cohorts, **other):
    usual = {
        "reference": "WAVE-2024-06", "months": 6, "opens_on": date(2024, 1, 8), "closes_on": date(2024, 1, 26),
        "cohorts": cohorts,
    }  # fmt: skip
    return WavePlan(**{**usual, **other})


def planned(*plans, by=None):
    return plan_waves(plans=plans, by=by or make_actor("secretariat"))


def test_a_wave_is_planned_for_cohorts_that_ended_long_enough_ago():
    wave = planned(plan([make_cohort(status="finished", ends_before=date(2023, 7, 1))]))[0]
    assert (wave.status, wave.design, wave.cohorts.count()) == ("planned", "census", 1)


def test_a_cohort_that_left_too_late_is_not_asked_yet():
    with pytest.raises(NotLongEnoughAgo) as refused:
        planned(plan([make_cohort(status="finished", ends_before=date(2023, 8, 1))]))
    assert "2024-01-31" in str(refused.value)


def test_a_wave_asks_somebody():
    with pytest.raises(NobodyToAsk):
        planned(plan([]))


def test_days_run_forwards_and_references_are_used_once():
    cohort = make_cohort(status="finished")
    with pytest.raises(BadInput):
        planned(plan([cohort], closes_on=date(2024, 1, 7)))
    with pytest.raises(BadInput):
        planned(plan([cohort]), plan([cohort]))
    assert not Wave.objects.exists()


def test_a_site_manager_plans_no_wave():
    cohort = make_cohort(status="finished")
    with pytest.raises(AccessDenied):
        planned(plan([cohort]), by=make_actor("site_manager", ("site", cohort.site_id)))
