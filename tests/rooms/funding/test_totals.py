"""Totals stand in each currency for itself; over currencies only with dated rates that the answer names."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.kernel.money import Money, NoRate
from corridor.rooms.funding import actions, queries
from corridor.rooms.funding.drafts import RateDraft
from corridor.rooms.funding.refusals import RateStands
from tests.factories.funding import AT, cny, make_commitment, make_contract, make_movement, make_rate

pytestmark = pytest.mark.django_db
ON = AT.date()


def lak(amount):
    return Money(Decimal(amount), "LAK")


def found(day=ON):
    return queries.total_of(rows=queries.list_commitments(by=NIGHTLY, on=day), by=NIGHTLY)


def test_each_currency_stands_for_itself():
    make_commitment(cny(10))
    made = make_contract(cny(100))
    make_movement(made, cny(60))
    make_movement(made, cny(10), kind="refund", on=date(2023, 10, 1))
    make_contract(lak(1_000_000))
    assert [
        (each.currency, str(each.pledged), str(each.contracted), str(each.disbursed), str(each.refunded))
        for each in found()
    ] == [
        ("CNY", "10.00 CNY", "100.00 CNY", "60.00 CNY", "10.00 CNY"),
        ("LAK", "0.00 LAK", "1000000.00 LAK", "0.00 LAK", "0.00 LAK"),
    ]
    assert [str(each.disbursed) for each in found(date(2023, 8, 1))] == ["0.00 CNY", "0.00 LAK"]


def test_over_currencies_only_with_the_latest_rate_by_that_day_which_is_named():
    make_contract(cny(100))
    make_contract(lak(1_000_000))
    with pytest.raises(NoRate):
        queries.reckoned_totals(found=found(), into="CNY", on=ON, by=VISITOR)
    make_rate(value="0.000400", on=date(2023, 12, 31))
    make_rate(value="0.000346", on=date(2024, 1, 31))
    now = queries.reckoned_totals(found=found(), into="CNY", on=ON, by=VISITOR)["contracted"]
    assert (str(now.money), [(each.on, each.source) for each in now.rates]) == (
        "446.00 CNY",
        [(date(2024, 1, 31), "Central bank")],
    )
    before = queries.reckoned_totals(found=found(), into="CNY", on=date(2024, 1, 15), by=VISITOR)["contracted"]
    assert str(before.money) == "500.00 CNY"


@pytest.mark.parametrize(
    "wrong",
    [
        {"of": "XXX"}, {"into": "LAK"}, {"value": Decimal(0)}, {"value": Decimal(10**6)}, {"source": " "},
    ],
    ids=["no currency", "one currency", "zero", "too large", "no source"],
)  # fmt: skip
def test_a_rate_says_between_what_how_much_and_where_it_was_read(wrong):
    right = {
        "of": "LAK",
        "into": "CNY",
        "on": date(2024, 1, 31),
        "value": Decimal("0.000346"),
        "source": "Central bank",
    }
    with pytest.raises(BadInput):
        actions.set_rates(rates=[RateDraft(**right | wrong)], at=AT, by=NIGHTLY)


def test_a_rate_stands_and_the_secretariat_alone_sets_it():
    made = make_rate(value="123456.123456789")
    made.refresh_from_db()
    assert made.value == Decimal("123456.123456789")
    with pytest.raises(RateStands):
        make_rate()
    with pytest.raises(AccessDenied):
        actions.set_rates(rates=[], at=AT, by=VISITOR)
