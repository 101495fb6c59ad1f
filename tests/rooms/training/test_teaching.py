"""What everybody may know of teaching: counts of a programme or a site, so few persons hidden."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.training import queries
from corridor.rooms.training.queries import Teaching
from tests.factories.actors import VISITOR, make_actor
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_demand, make_enrolment, make_session

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 1)


def teaching(cohort, by=VISITOR, group=queries.BY_PROGRAMME) -> Teaching:
    key = cohort.programme_id if group == queries.BY_PROGRAMME else cohort.site_id
    return queries.teaching_of(group=group, keys=[key], on=DAY, by=by)[key]


def test_cohorts_learners_and_sessions_are_counted_each_once():
    cohort = make_cohort("COH-A", learners=6)
    make_session(cohort, number=1, status="locked")
    make_session(cohort, number=2, status="held")
    make_session(cohort, number=3, on=date(2023, 5, 2))
    make_session(cohort, number=4, status="cancelled")
    make_cohort("COH-B", learners=5, status="planned")
    found = teaching(cohort)
    assert (found.cohorts, found.running, found.learners, found.learning) == (2, 1, 11, 11)
    assert (found.sessions, found.locked, found.due) == (3, 1, 1)


def test_who_never_took_up_a_place_does_not_count():
    cohort = make_cohort(learners=5)
    make_enrolment(cohort, number=9, steps=[])
    assert teaching(cohort).learners == 5


def test_fewer_than_five_are_hidden_from_who_may_not_see_rows_and_nobody_is_not():
    cohort = make_cohort(learners=4)
    assert teaching(cohort).learning is None
    assert teaching(cohort).completed == 0
    assert teaching(cohort, by=make_actor("auditor")).learning == 4


def test_a_site_is_asked_like_a_programme():
    cohort = make_cohort(learners=5)
    make_cohort("COH-FAR", learners=5, site="wks-rayong", programme="PRG-2022-002")
    assert teaching(cohort, group=queries.BY_SITE).learners == 5


def test_a_programme_without_cohorts_is_there_with_nothing():
    cohort = make_cohort()
    other = make_cohort("COH-FAR", site="wks-rayong", programme="PRG-2022-002").programme_id
    cohort_key = cohort.programme_id
    found = queries.teaching_of(group=queries.BY_PROGRAMME, keys=[cohort_key, other], on=DAY, by=VISITOR)
    assert set(found) == {cohort_key, other}


def test_many_programmes_are_counted_in_three_statements(django_assert_num_queries):
    keys = [make_cohort(f"COH-{n}", programme=f"PRG-2022-1{n}").programme_id for n in range(4)]
    with django_assert_num_queries(3):
        queries.teaching_of(group=queries.BY_PROGRAMME, keys=keys, on=DAY, by=VISITOR)


def test_the_demand_behind_a_programme_is_what_its_cohorts_answer():
    cohort = make_cohort(demand=make_demand("DEM-2023-0007"))
    make_demand("DEM-2023-0008")
    found = queries.demands_behind(programme=cohort.programme_id, by=VISITOR)
    assert [each.reference for each in found] == ["DEM-2023-0007"]


def test_trainers_are_named_to_who_may_see_the_learners():
    cohort = make_cohort(trainers=[make_person("bounmy", own_name="ບຸນມີ", own_language="lo")])
    assert [row.name.own_name for row in queries.list_trainers(cohort=cohort, by=make_actor("auditor"))] == ["ບຸນມີ"]
    assert queries.list_trainers(cohort=cohort, by=VISITOR) == []


def test_who_gives_places_finds_a_person_by_reference_and_of_a_merged_record_the_one_that_stays():
    cohort, by = make_cohort(), make_actor("secretariat")
    stays, gone = make_person("mei"), make_person("mei-2")
    gone.merged_into, gone.merged_at = stays, "2023-01-01T00:00:00Z"
    gone.save()
    assert queries.person_to_enrol(cohort=cohort, reference="mei-2", by=by) == stays
    with pytest.raises(NotFound):
        queries.person_to_enrol(cohort=cohort, reference="nobody", by=by)
    with pytest.raises(AccessDenied):
        queries.person_to_enrol(cohort=cohort, reference="mei", by=make_actor("auditor"))
