from datetime import date

import pytest

from corridor.journeys.close_cohort import close_cohort, obstacles
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.assessment.models import Decision
from corridor.rooms.assessment.refusals import DecisionsAreOpen
from corridor.rooms.training.models import Cohort, Session
from corridor.rooms.training.refusals import SessionsAreOpen
from tests.factories.actors import make_actor
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
ON = date(2023, 7, 3)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def cohort():
    """Three attend: one was there, one has a decision alone, one has nothing to show. A fourth has completed before."""
    cohort = make_cohort(learners=3)
    completed = [("enrolled", date(2023, 2, 1)), ("attending", date(2023, 3, 6)), ("completed", date(2023, 6, 1))]
    make_enrolment(cohort, number=4, steps=completed)
    make_session(cohort, status="locked", marks={1: "present", 2: "absent", 3: "excused"})
    second = cohort.enrolments.get(number=2)
    make_decision(second, cohort.curriculum_version.units.first(), assessor=make_assessor(cohort))
    return cohort


def test_closing_completes_whoever_can_show_that_they_took_part(cohort, secretariat):
    closing = close_cohort(cohort=cohort, on=ON, by=secretariat)
    assert (closing.completed, closing.completed_before, closing.without_evidence) == (2, 1, 1)
    assert Cohort.objects.get().status == "assessed"
    assert Cohort.objects.get().status_on(ON) == "assessed"
    assert list(cohort.enrolments.values_list("number", "status")) == [
        (1, "completed"), (2, "completed"), (3, "attending"), (4, "completed"),
    ]  # fmt: skip


def test_open_registers_and_open_decisions_stand_in_the_way(cohort, secretariat):
    make_session(cohort, number=2)
    Decision.objects.update(status="assessed")
    assert [type(each) for each in obstacles(cohort=cohort, by=secretariat)] == [SessionsAreOpen, DecisionsAreOpen]
    with pytest.raises(SessionsAreOpen):
        close_cohort(cohort=cohort, on=ON, by=secretariat)
    Session.objects.filter(number=2).update(status="cancelled")
    with pytest.raises(DecisionsAreOpen) as refused:
        close_cohort(cohort=cohort, on=ON, by=secretariat)
    assert "1 decisions about COH-2023-041" in str(refused.value)
    assert Cohort.objects.get().status == "running"


def test_a_closed_cohort_is_not_closed_again_and_a_planned_one_not_at_all(cohort, secretariat):
    close_cohort(cohort=cohort, on=ON, by=secretariat)
    with pytest.raises(WrongMoment):
        close_cohort(cohort=cohort, on=ON, by=secretariat)
    with pytest.raises(WrongMoment):
        close_cohort(cohort=make_cohort("COH-2", status="planned"), on=ON, by=secretariat)


def test_a_site_manager_closes_no_cohort(cohort):
    with pytest.raises(AccessDenied):
        close_cohort(cohort=cohort, on=ON, by=make_actor("site_manager", ("site", cohort.site_id)))
