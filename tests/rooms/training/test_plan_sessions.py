from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.training.actions import SessionPlan, cancel_session, plan_sessions
from corridor.rooms.training.refusals import CohortIsClosed
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


def plan(cohort, number=1, begins_at=datetime(2023, 3, 6, 1, 30, tzinfo=UTC), minutes=180):
    return SessionPlan(cohort=cohort, number=number, begins_at=begins_at, minutes=minutes, kind="practice")


def trainer(cohort):
    return make_actor("trainer", ("cohort", cohort.pk))


def test_a_session_belongs_to_the_day_at_the_site_when_it_begins():
    cohort = make_cohort()
    evening_in_london = datetime(2023, 3, 6, 17, 30, tzinfo=UTC)
    session = plan_sessions(plans=[plan(cohort, begins_at=evening_in_london)], by=trainer(cohort))[0]
    assert session.held_on == date(2023, 3, 7)


def test_a_number_is_used_once_and_a_session_lasts():
    cohort = make_cohort()
    with pytest.raises(BadInput) as refused:
        plan_sessions(plans=[plan(cohort), plan(cohort), plan(cohort, number=2, minutes=0)], by=trainer(cohort))
    assert [problem.column for problem in refused.value.problems] == ["number", "minutes"]


def test_a_finished_cohort_plans_no_session():
    cohort = make_cohort(status="finished")
    with pytest.raises(CohortIsClosed):
        plan_sessions(plans=[plan(cohort)], by=trainer(cohort))


def test_a_trainer_of_another_cohort_plans_nothing_here():
    with pytest.raises(AccessDenied):
        plan_sessions(plans=[plan(make_cohort("COH-1"))], by=trainer(make_cohort("COH-2")))


def test_a_planned_session_is_called_off():
    cohort = make_cohort()
    session = cancel_session(session=make_session(cohort), on=date(2023, 3, 5), by=trainer(cohort), reason="Flood.")
    assert session.status == "cancelled"
    assert session.changes.get().reason == "Flood."


def test_a_session_that_was_held_is_not_called_off():
    cohort = make_cohort(learners=1)
    with pytest.raises(WrongMoment):
        cancel_session(session=make_session(cohort, status="held"), on=date(2023, 3, 7), by=trainer(cohort))
