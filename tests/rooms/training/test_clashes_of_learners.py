"""A learner is in one place at a time, in whatever cohorts and under whichever records."""

from datetime import UTC, datetime

import pytest

from corridor.rooms.people.models import Person
from corridor.rooms.training.actions import Clashing, SessionPlan, plan_sessions
from corridor.rooms.training.refusals import SessionsClash
from tests.factories.actors import make_actor
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor("secretariat")
MORNING = datetime(2023, 3, 6, 1, 30, tzinfo=UTC)


def plan(cohort):
    return SessionPlan(cohort=cohort, begins_at=MORNING, minutes=180, kind="practice")


def planned(*plans):
    return plan_sessions(plans=plans, clashing=Clashing.REFUSED, by=SECRETARIAT)


def at_another_site():
    return make_cohort("COH-2", site="wks-colombo", agreement="AGR-2022-0002", programme="PRG-2022-002")


def test_a_learner_of_two_cohorts_is_found():
    khamla, one, two = make_person("khamla"), make_cohort("COH-1"), at_another_site()
    for cohort in (one, two):
        make_enrolment(cohort, person=khamla)
    planned(plan(one))
    with pytest.raises(SessionsClash) as refused:
        planned(plan(two))
    assert refused.value.problems[0].places["count"] == 1


def test_a_learner_of_two_records_that_were_merged_is_one():
    khamla, gone, one, two = make_person("khamla"), make_person("gone"), make_cohort("COH-1"), at_another_site()
    make_enrolment(one, person=khamla)
    make_enrolment(two, person=gone)
    Person.objects.filter(pk=gone.pk).update(merged_into=khamla, merged_at=MORNING)
    planned(plan(one))
    with pytest.raises(SessionsClash) as refused:
        planned(plan(two))
    assert refused.value.problems[0].places["count"] == 1


def test_shared_learners_are_counted_and_the_other_side_is_not_named():
    khamla, here, there = make_person("khamla"), make_cohort("COH-1"), at_another_site()
    for cohort in (here, there):
        make_enrolment(cohort, person=khamla)
    planned(plan(here))
    with pytest.raises(SessionsClash) as refused:
        plan_sessions(
            plans=[plan(there)], clashing=Clashing.REFUSED, by=make_actor("site_manager", ("site", there.site_id))
        )
    problem = refused.value.problems[0]
    assert "COH-1" not in str(problem.places)
    assert problem.message % problem.places == (
        f"{there.reference}/s1 ({problem.places['our_time']}) shares learners with a cohort that you may not see: 1."
    )
