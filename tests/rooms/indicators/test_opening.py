"""Opening figures about persons: an auditor to the rows and what they stand on, everyone else to counts by cohort."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.kernel.errors import NotFound
from corridor.rooms.indicators.actions import freeze_figure
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.queries import growth_of, open_figure, show_figure, walk_record
from corridor.rooms.indicators.refusals import UnknownScope
from corridor.rooms.members.models import Membership, MembershipChange
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.figures import (
    AT,
    FREEZE_DAY,
    REPORT_DAY,
    complete,
    make_cohort_at,
    make_learners,
    make_members,
    make_place,
)
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db
AUDITOR = make_actor(Role.AUDITOR)
CODE = "training.persons_completed"


@pytest.fixture
def cohort():
    make_alliance()
    make_place("wks-vientiane", "LA")
    return make_cohort_at("wks-vientiane", "COH-A")


def open_(by=AUDITOR, code=CODE, **more):
    return open_figure(code=code, at=AT, by=by, **{"on": REPORT_DAY, **more})


def test_an_auditor_opens_the_rows_and_walks_to_registers_and_decisions(cohort):
    [enrolment] = complete(cohort, make_learners(1, prefix="p"))
    unit = cohort.curriculum_version.units.first()
    make_decision(enrolment, unit, assessor=make_assessor(cohort))
    [row] = open_().rows
    assert row.card.reference == "COH-A/1"
    assert row.card.names == {}
    walked = walk_record(kind="enrolment", record_id=row.row.record_id, by=AUDITOR)
    assert ("p-1" in {fact.value for fact in walked.facts}) is True
    assert [step.state for step in walked.changes] == ["enrolled", "attending", "completed"]
    assert [(mark.mark, mark.counts, mark.signed_by) for mark in walked.marks] == [("present", True, "bounmy")]
    assert [(ground.kind, ground.state, ground.counts) for ground in walked.grounds] == [
        ("decision", "competent", True)
    ]


def test_a_visitor_gets_counts_by_cohort_with_small_ones_hidden(cohort):
    complete(cohort, make_learners(12, prefix="a"))
    complete(make_cohort_at("wks-vientiane", "COH-B"), make_learners(3, prefix="b"))
    complete(make_cohort_at("wks-vientiane", "COH-C"), make_learners(20, prefix="c"))
    opened = open_(by=VISITOR, on=date(2023, 12, 31))
    assert opened.rows == ()
    assert (opened.of_rows, opened.hidden_rows) == (35, 35)
    assert dict(opened.cohorts) == {"COH-A": "·", "COH-B": "·", "COH-C": 20}


def test_a_visitor_is_not_told_how_many_rows_a_hidden_figure_has(cohort):
    complete(cohort, make_learners(3, prefix="a"))
    opened = open_(by=VISITOR)
    assert opened.answer.value == "·"
    assert (opened.of_rows, dict(opened.cohorts)) == ("·", {"COH-A": "·"})


def test_a_visitor_cannot_open_a_record_about_a_person(cohort):
    [enrolment] = complete(cohort, make_learners(1, prefix="p"))
    for by in (VISITOR, make_actor(Role.COORDINATOR), make_actor(Role.COUNCIL)):
        with pytest.raises(NotFound):
            walk_record(kind="enrolment", record_id=enrolment.pk, by=by)


def test_what_does_not_exist_is_not_found(cohort):
    for kind, key in (("enrolment", "0" * 32), ("enrolment", "x"), ("payment", "0" * 32)):
        with pytest.raises(NotFound):
            walk_record(kind=kind, record_id=key, by=AUDITOR)


def test_one_cell_of_a_breakdown_opens_to_its_rows(cohort):
    complete(cohort, make_learners(12, prefix="f"))
    complete(cohort, make_learners(7, prefix="m", sex="male"))
    assert open_(dimension="sex", cell="male").of_rows == 7
    assert open_(by=VISITOR, dimension="sex", cell="male").of_rows == "·"
    with pytest.raises(UnknownScope):
        open_(dimension="shoe_size", cell="42")


def test_a_seed_draws_the_same_sample_again(cohort):
    complete(cohort, make_learners(40, prefix="p"))
    first, again = open_(sample=5, seed="audit 2023"), open_(sample=5, seed="audit 2023")
    assert [row.number for row in first.rows] == [row.number for row in again.rows]
    assert len(first.rows) == 5
    assert [row.number for row in open_(sample=5, seed="another").rows] != [row.number for row in first.rows]
    assert len(open_(sample=100, seed="all").rows) == 40


def test_rows_come_in_pages_with_a_fixed_number_of_statements(cohort, django_assert_max_num_queries):
    complete(cohort, make_learners(40, prefix="p"))
    with django_assert_max_num_queries(11):
        page = open_(start=11, at_most=10)
    assert [row.number for row in page.rows] == list(range(11, 21))
    assert page.of_rows == 40


def test_a_record_that_was_erased_still_counts_and_says_so():
    make_alliance()
    make_members({"LA": 3})
    freeze_figure(question=ask("members.active", on=REPORT_DAY, at=AT), on=FREEZE_DAY, at=AT, by=NIGHTLY)
    gone = Membership.objects.first()
    MembershipChange.objects.filter(membership=gone).delete()
    gone.delete()
    opened = open_(code="members.active")
    assert opened.answer.value == 3
    assert sorted(row.is_erased for row in opened.rows) == [False, False, True]


def test_a_figure_grows_to_the_end_of_each_quarter(cohort):
    complete(cohort, make_learners(10, prefix="a"), on=date(2023, 3, 31))
    complete(cohort, make_learners(6, prefix="b"), on=date(2023, 4, 1))
    complete(cohort, make_learners(2, prefix="c"), on=date(2023, 12, 5))
    grown = growth_of(answered=show_figure(code=CODE, on=REPORT_DAY, at=AT, by=AUDITOR), by=AUDITOR)
    points = dict(grown.points)
    assert (points[date(2023, 3, 31)], points[date(2023, 6, 30)], points[date(2023, 12, 31)]) == (10, 16, 18)
    assert (points[REPORT_DAY], grown.last_step_is_whole) == (18, False)
    seen = dict(growth_of(answered=show_figure(code=CODE, on=REPORT_DAY, at=AT, by=VISITOR), by=VISITOR).points)
    assert seen[date(2023, 9, 30)] == "·"
    assert seen[REPORT_DAY] == 18
