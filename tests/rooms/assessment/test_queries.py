from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import Grant, Role
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.assessment import queries
from tests.factories.actors import make_actor, make_user
from tests.factories.assessment import APPOINTED_ON, make_assessor, make_decision
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
AT = datetime(2023, 7, 1, tzinfo=UTC)


@pytest.fixture
def cohort():
    return make_cohort(learners=3)


@pytest.fixture
def first_unit(cohort):
    return cohort.curriculum_version.units.first()


@pytest.fixture
def assessor(cohort):
    return make_assessor(cohort)


def acting(cohort):
    return make_actor("assessor", ("cohort", cohort.pk))


def test_candidates_are_shown_with_what_may_come_next(cohort, first_unit, assessor):
    one, two, _ = cohort.enrolments.all()
    make_decision(one, first_unit, assessor=assessor)
    make_decision(two, first_unit, assessor=assessor, result="not_yet_competent")
    found = queries.list_candidates(cohort=cohort, unit=first_unit, by=acting(cohort))
    assert [(each.enrolment.number, each.next_attempt) for each in found] == [(1, None), (2, 2), (3, 1)]


def test_forty_candidates_cost_as_many_statements_as_three(cohort, first_unit, django_assert_num_queries):
    large = make_cohort("COH-2", learners=40)
    for each in (cohort, large):
        with django_assert_num_queries(3):
            queries.list_candidates(cohort=each, unit=first_unit, by=acting(each))


def test_what_is_due_is_counted_unit_by_unit(cohort, first_unit, assessor):
    one, two, _ = cohort.enrolments.all()
    make_decision(one, first_unit, assessor=assessor)
    make_decision(two, first_unit, assessor=assessor, final_on=None)
    due = queries.units_due(by=acting(cohort))
    assert [(each.unit.code, each.final, each.open, each.to_decide) for each in due] == [
        ("VI-1", 1, 1, 1),
        ("VI-2", 0, 0, 3),
    ]
    assert queries.units_due(by=make_actor("secretariat")) == []


def test_the_matrix_shows_the_latest_attempt(cohort, first_unit, assessor):
    one = cohort.enrolments.first()
    make_decision(one, first_unit, assessor=assessor, result="not_yet_competent")
    second = make_decision(one, first_unit, assessor=assessor, attempt=2)
    matrix = queries.get_matrix(cohort=cohort, by=acting(cohort))
    assert matrix.latest == {(one.pk, first_unit.pk): second}
    assert [unit.code for unit in matrix.units] == ["VI-1", "VI-2"]


def test_decisions_are_for_their_cohort_their_site_and_their_learner(cohort, first_unit, assessor):
    one, two, _ = cohort.enrolments.all()
    decision = make_decision(one, first_unit, assessor=assessor)
    for reader in (
        acting(cohort), make_actor("auditor"), make_actor("site_manager", ("site", cohort.site_id)),
        make_actor("learner", ("person", one.person_id)),
    ):  # fmt: skip
        assert queries.get_decision(key=decision.pk, at=AT, by=reader) == decision
    for stranger in (make_actor("learner", ("person", two.person_id)), make_actor("visitor")):
        with pytest.raises(NotFound):
            queries.get_decision(key=decision.pk, at=AT, by=stranger)


def test_a_trainer_sees_no_candidates(cohort, first_unit):
    with pytest.raises(AccessDenied):
        queries.list_candidates(cohort=cohort, unit=first_unit, by=make_actor("trainer", ("cohort", cohort.pk)))


def test_an_account_assesses_by_its_person_from_the_day_of_appointment(cohort):
    user = make_user("somphone")
    make_assessor(cohort, user=user)
    assert queries.grants_of(user=user, on=APPOINTED_ON) == {Grant(Role.ASSESSOR, ("cohort", cohort.pk))}
    assert queries.grants_of(user=user, on=date(2023, 3, 5)) == frozenset()
