"""A year of a site: planned against spent, line by line, with no sum over currencies but by a dated rate that is named."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.site_year import reckoned_year, year_of_site
from corridor.kernel.money import NoRate
from corridor.rooms.sites import actions
from tests.factories.agreements import find_or_make_member
from tests.factories.funding import make_rate
from tests.factories.site_years import AT, make_line, make_plan, make_spending
from tests.factories.sites import make_site
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)


@pytest.fixture
def plan():
    return make_plan(make_site())


def read(plan, on=ON):
    return year_of_site(site=plan.site.reference, year=plan.year, on=on, by=NIGHTLY)


@pytest.mark.parametrize(
    ("planned", "spent", "standing", "difference"),
    [
        ("1000", ["1000.01"], "over", "0.01"),
        ("1000", ["400", "600"], "exact", "0"),
        ("1000", ["400"], "under", "600"),
        ("1000", [], "unspent", "1000"),
        ("0", ["5"], "not_planned", "5"),
    ],
    ids=["over", "exact", "under", "unspent", "not_planned"],
)
def test_each_line_says_how_it_stands(plan, planned, spent, standing, difference):
    line = make_line(plan, planned)
    for amount in spent:
        make_spending(line, amount)
    (found,) = read(plan).lines
    assert (found.standing, found.difference.amount) == (standing, Decimal(difference))


def test_what_is_struck_does_not_count(plan):
    line = make_line(plan)
    actions.strike_spending(spending=make_spending(line), reason="Twice", on=ON, by=NIGHTLY)
    (found,) = read(plan).lines
    assert (found.standing, len(found.spendings)) == ("unspent", 1)


def test_another_currency_is_reckoned_by_a_rate_of_the_day_or_before_and_else_stands_apart(plan):
    line = make_line(plan, "1000")
    make_rate("LAK", "CNY", on=date(2023, 6, 2), value="0.0005")
    make_spending(line, "1000000", "LAK", on=date(2023, 6, 1))
    (found,) = read(plan).lines
    assert (found.spent.amount, [str(each) for each in found.apart]) == (0, ["1000000.00 LAK"])
    make_spending(line, "1000000", "LAK", on=date(2023, 6, 2))
    (found,) = read(plan).lines
    assert (str(found.spent), [str(each) for each in found.apart]) == ("500.00 CNY", ["1000000.00 LAK"])
    assert [(each.of, each.on) for each in found.rates] == [("LAK", date(2023, 6, 2))]


def test_currencies_are_added_only_by_a_rate(plan):
    make_line(plan, "1000", "CNY")
    make_line(plan, "1000000", "LAK")
    found = read(plan)
    assert [str(each.planned) for each in found.balances] == ["1000.00 CNY", "1000000.00 LAK"]
    with pytest.raises(NoRate):
        reckoned_year(found=found, into="CNY", by=NIGHTLY)
    make_rate("LAK", "CNY", on=date(2024, 1, 31), value="0.0003")
    planned, spent = reckoned_year(found=read(plan), into="CNY", by=NIGHTLY)
    assert (str(planned.money), str(spent.money), planned.rates[0].source) == (
        "1300.00 CNY",
        "0.00 CNY",
        "Central bank",
    )


def test_who_pays_is_told_and_who_is_not_named_too(plan):
    make_line(plan, "700", paid_by=find_or_make_member("chongqing"))
    make_line(plan, "300")
    found = [(each.payer and each.payer.reference, str(each.balances[0].planned)) for each in read(plan).payers]
    assert found == [("chongqing", "700.00 CNY"), (None, "300.00 CNY")]


def test_use_is_counted_from_the_records():
    cohort = make_cohort(learners=3)
    plan = make_plan(cohort.site)
    make_session(cohort, number=1, on=date(2023, 11, 6), status="locked")
    make_session(cohort, number=2, on=date(2023, 11, 7), status="planned")
    make_session(cohort, number=3, on=date(2024, 1, 8), status="locked")
    found = read(plan)
    assert (found.sessions.planned, found.sessions.done, found.sessions.standing) == (100, 1, "under")
    assert found.learners.done == 3
    assert (found.machine_hours.done, found.machine_hours.standing) == (None, "")


def test_a_year_that_runs_is_not_over(plan):
    assert read(plan).is_over
    assert not read(plan, on=date(2023, 12, 31)).is_over
    assert AT.date() == ON
