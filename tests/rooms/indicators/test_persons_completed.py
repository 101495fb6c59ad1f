"""Worked cases W2 and W10: persons, each once, at several sites and under several brands."""

from datetime import date

import pytest
from django.db import connection

from corridor.foundations.access import VISITOR, Role
from corridor.kernel.periods import Period
from corridor.kernel.recompute import recompute
from corridor.kernel.refusals import BareTotal
from corridor.kernel.three_numbers import Shown
from corridor.rooms.indicators.actions import freeze_figure
from corridor.rooms.indicators.asking import ask, count
from corridor.rooms.indicators.queries import open_figure, show_figure
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Brand, Listing
from tests.factories.actors import make_actor
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.figures import (
    AT,
    FREEZE_DAY,
    REPORT_DAY,
    complete,
    complete_at_five_workshops,
    make_cohort_at,
    make_learners,
    make_place,
)
from tests.factories.members import make_alliance, make_member

pytestmark = pytest.mark.django_db
AUDITOR = make_actor(Role.AUDITOR)
QUARTER_END = date(2023, 12, 31)


@pytest.fixture
def alliance():
    return make_alliance()


def show(scope: str = "", *, code: str = "training.persons_completed", by=AUDITOR, on: date = REPORT_DAY, **asked):
    return show_figure(code=code, scope=scope, by=by, at=AT, **(asked or {"on": on}))


def test_teachers_employees_and_all_of_them_each_once(alliance):
    complete_at_five_workshops()
    assert show("brand=panda&kind=teacher").value == 240
    assert show("brand=panda&kind=company_employee").value == 610
    assert show("brand=panda").value == 846
    assert show("brand=panda&kind=teacher").numbers["three_numbers"]["site"] == {
        "sum": 250,
        "overlap": 10,
        "distinct": 240,
        "claimed_by_two_or_more": 10,
    }
    by_kind = show("brand=panda").breakdown["kind"]
    assert sum(by_kind.values()) - 846 == 4


def test_what_was_just_put_in_is_counted_before_the_database_has_looked_at_it(alliance):
    """PostgreSQL that last looked at empty tables takes each for one row long, and searched one whole table for every row of another."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = '60s'")
    complete_at_five_workshops()
    assert show("brand=panda&kind=teacher").value == 240
    assert show("brand=panda", code="training.completions").value >= 850


def test_the_sum_of_the_sites_is_not_published_alone(alliance):
    complete_at_five_workshops()
    counted = count(ask("training.persons_completed", "brand=panda&kind=teacher", on=REPORT_DAY, at=AT))
    with pytest.raises(BareTotal):
        counted.result.claims["site"].publish([Shown.SUM])


def test_five_sites_in_three_countries(alliance):
    complete_at_five_workshops()
    assert show("brand=panda", code="sites.operating").value == 5
    assert show("brand=Panda", code="sites.countries").value == 3


def test_one_college_under_two_brands(alliance):
    """W10: the cohort names the brand; twelve learners are in both."""
    place = make_place("wks-vientiane", "LA")
    chuyi = Brand.objects.create(code="chuyi", name="Chuyi")
    Listing.objects.create(site=place, brand=chuyi, starts_on=date(2022, 10, 10))
    learners = make_learners(43, prefix="learner")
    complete(make_cohort_at("wks-vientiane", "COH-A"), learners[:25], kind="student")
    cohort = make_cohort_at("wks-vientiane", "COH-B")
    cohort.brand = chuyi
    cohort.save(update_fields=["brand"])
    complete(cohort, learners[13:], kind="student")
    answered = show()
    assert show("brand=chuyi").value == 30
    assert show("brand=panda").value == 25
    assert answered.numbers["three_numbers"]["brand"] == {
        "sum": 55,
        "overlap": 12,
        "distinct": 43,
        "claimed_by_two_or_more": 12,
    }
    sites = show(code="sites.operating")
    assert sites.value == 1
    assert sites.numbers["three_numbers"]["brand"]["sum"] == 2
    assert sites.numbers["evidence_rows"] == 2


def test_without_a_named_brand_the_only_listing_decides_else_none(alliance):
    place = make_place("wks-vientiane", "LA")
    complete(make_cohort_at("wks-vientiane", "COH-A", brand=None), make_learners(6, prefix="a"))
    assert show("brand=panda").value == 6
    two = Brand.objects.create(code="chuyi", name="Chuyi")
    Listing.objects.create(site=place, brand=two, starts_on=date(2022, 10, 10))
    assert show("brand=panda").value == 0
    assert show().breakdown["brand"] == {"none": 6, "unknown": 0}


def test_completed_without_evidence_is_shown_beside_and_never_counted(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    complete(cohort, make_learners(5, prefix="backed"))
    complete(cohort, make_learners(7, prefix="bare"), backed=False)
    answered = show()
    assert (answered.value, answered.not_counted) == (5, 7)


def test_a_final_decision_is_evidence_too_and_an_open_one_is_not(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    final, open_ = complete(cohort, make_learners(2, prefix="bare"), backed=False)
    assessor, unit = make_assessor(cohort), cohort.curriculum_version.units.first()
    make_decision(final, unit, assessor=assessor)
    make_decision(open_, unit, assessor=assessor, final_on=None)
    answered = show()
    assert (answered.value, answered.not_counted) == (1, 1)


def test_merged_persons_are_one(alliance):
    make_place("wks-vientiane", "LA")
    kept, gone = make_learners(2, prefix="somchai")
    complete(make_cohort_at("wks-vientiane", "COH-A"), [kept])
    complete(make_cohort_at("wks-vientiane", "COH-B"), [gone])
    assert show().value == 2
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, merged_at=AT)
    assert show().value == 1
    assert show(code="training.completions").value == 2


def test_the_first_and_the_last_day_are_inside(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    for number, day in enumerate((date(2023, 6, 30), date(2023, 7, 1), date(2023, 7, 31), date(2023, 8, 1))):
        complete(cohort, make_learners(1, prefix=f"p{number}"), on=day)
    july = Period.through(date(2023, 7, 1), date(2023, 7, 31))
    assert show(period=july).value == 2
    assert show(on=date(2023, 7, 31)).value == 3


def test_every_breakdown_has_its_codes_and_unknown(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    sender = make_member("colombo", country="LK")
    complete(cohort, make_learners(5, prefix="f", born_on=date(1990, 1, 1)), sending=sender)
    complete(cohort, make_learners(6, prefix="u", sex="unknown"))
    breakdown = show().breakdown
    assert breakdown["sending_country"] == {"LK": 5, "unknown": 6}
    assert breakdown["sex"] == {"female": 5, "unknown": 6}
    assert breakdown["age_band"] == {"25-34": 5, "unknown": 6}
    assert breakdown["site"] == {"wks-vientiane": 11, "unknown": 0}
    assert breakdown["programme"] == {"PRG-2022-001": 11, "unknown": 0}
    assert show("sending_country=unknown").value == 6


def test_small_cells_are_hidden_from_visitors_and_shown_to_auditors(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    complete(cohort, make_learners(30, prefix="f"))
    complete(cohort, make_learners(3, prefix="m", sex="male"))
    assert show(by=AUDITOR).breakdown["sex"] == {"female": 30, "male": 3, "unknown": 0}
    assert show(by=VISITOR, on=QUARTER_END).breakdown["sex"] == {"female": "·", "male": "·", "unknown": 0}
    assert show(by=VISITOR, on=QUARTER_END).value == 33


def test_breakdowns_stand_for_whole_quarters_and_for_days_that_are_asked_for_anyway(alliance):
    make_place("wks-vientiane", "LA")
    complete(make_cohort_at("wks-vientiane", "COH-A"), make_learners(30, prefix="f"))
    since = alliance.founded_on
    usual = [
        Period.through(since, QUARTER_END),
        Period.through(since, date(2024, 2, 2)),
        Period.through(date(2023, 4, 1), date(2023, 9, 30)),
    ]
    unusual = [Period.through(since, REPORT_DAY), Period.through(date(2023, 4, 2), QUARTER_END)]
    for period in usual:
        assert show(by=VISITOR, period=period).breakdown["sex"]["female"] == 30
    for period in unusual:
        hidden = show(by=VISITOR, period=period)
        assert (hidden.value, hidden.breakdown, hidden.breakdowns_are_shown) == (30, {}, False)
        assert show(by=AUDITOR, period=period).breakdown["sex"]["female"] == 30
    freeze_figure(
        question=ask("training.persons_completed", on=REPORT_DAY, at=AT), on=FREEZE_DAY, at=AT, by=make_actor("system")
    )
    assert show("kind=teacher", by=VISITOR, period=unusual[0]).breakdowns_are_shown


def test_a_visitor_cannot_ask_for_the_hidden_part_or_for_all_but_it(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    complete(cohort, make_learners(30, prefix="t"), kind="teacher")
    complete(cohort, make_learners(3, prefix="s"), kind="student")
    assert show("kind=student", by=VISITOR).value == "·"
    assert show("kind=teacher", by=VISITOR).value == "·"
    assert show("kind=teacher", by=AUDITOR).value == 30


def test_two_narrowed_figures_do_not_tell_a_cell_that_a_third_hides(alliance):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    for kind, women, men in (("teacher", 20, 10), ("company_employee", 30, 14), ("student", 12, 1)):
        complete(cohort, make_learners(women, prefix=f"w-{kind}"), kind=kind)
        complete(cohort, make_learners(men, prefix=f"m-{kind}", sex="male"), kind=kind)
    kinds = ("student", "teacher", "company_employee")
    assert show(by=VISITOR, on=QUARTER_END).breakdown["sex"] == {"female": 62, "male": 25, "unknown": 0}
    assert show("kind=student", by=VISITOR, on=QUARTER_END).breakdown["sex"] == {
        "female": "·",
        "male": "·",
        "unknown": 0,
    }
    # One hidden man among 25 could be counted back from the men of the other two kinds.
    men = [show(f"kind={kind}", by=VISITOR, on=QUARTER_END).breakdown["sex"]["male"] for kind in kinds]
    women = [show(f"kind={kind}", by=VISITOR, on=QUARTER_END).breakdown["sex"]["female"] for kind in kinds]
    assert men.count("·") >= 2
    assert women.count("·") >= 2
    assert [show(f"kind={kind}", by=VISITOR, on=QUARTER_END).value for kind in kinds] == [13, 30, 44]
    assert show("kind=teacher", by=AUDITOR).breakdown["sex"] == {"female": 20, "male": 10, "unknown": 0}


def test_counts_by_cohort_of_one_kind_do_not_tell_how_many_there_are_of_another(alliance):
    make_place("wks-vientiane", "LA")
    for name, teachers, students in (("A", 12, 3), ("B", 14, 9)):
        cohort = make_cohort_at("wks-vientiane", f"COH-{name}")
        complete(cohort, make_learners(teachers, prefix=f"t-{name}"), kind="teacher")
        complete(cohort, make_learners(students, prefix=f"s-{name}"), kind="student")
    every = dict(open_figure(code="training.persons_completed", on=QUARTER_END, at=AT, by=VISITOR).cohorts)
    assert every == {"COH-A": 15, "COH-B": 23}
    for kind in ("teacher", "student"):
        opened = open_figure(code="training.persons_completed", scope=f"kind={kind}", on=QUARTER_END, at=AT, by=VISITOR)
        assert dict(opened.cohorts) == {"COH-A": "·", "COH-B": "·"}


def test_the_rows_give_the_same_again_without_the_database(alliance):
    make_place("wks-vientiane", "LA")
    complete(make_cohort_at("wks-vientiane", "COH-A"), make_learners(12, prefix="a"))
    counted = count(ask("training.persons_completed", "", on=REPORT_DAY, at=AT))
    again = recompute(counted.rows, counted.question.definition.recipe)
    assert (again.value, again.content_hash) == (12, counted.result.content_hash)


def test_the_same_statements_for_ten_as_for_hundreds(alliance, django_assert_num_queries):
    make_place("wks-vientiane", "LA")
    cohort = make_cohort_at("wks-vientiane", "COH-A")
    complete(cohort, make_learners(10, prefix="a"))
    with django_assert_num_queries(10):
        show()
    complete(cohort, make_learners(400, prefix="b"))
    with django_assert_num_queries(10):
        assert show().value == 410
