"""Money is exact, never added over currencies, and reckoned only with a rate that says its day and source."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.errors import BadInput
from corridor.kernel.money import MINOR_UNITS, CurrenciesDiffer, Money, NoRate, Rate, reckon, totals, written

DAY = date(2024, 1, 31)


def amounts(currency):
    """Any amount that a currency can say."""
    return st.integers(-(10**14), 10**14).map(
        lambda units: Money(Decimal(units).scaleb(-MINOR_UNITS[currency]), currency)
    )


def test_a_currency_has_its_own_minor_units():
    assert str(Money(Decimal("1250.5"), "CNY")) == "1250.50 CNY"
    assert str(Money(Decimal(1250), "KRW")) == "1250 KRW"
    assert str(Money(Decimal("0.125"), "KWD")) == "0.125 KWD"


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.5", "JPY"),
        ("0.001", "CNY"),
        ("1", "XXX"),
        ("1", "cny"),
        ("NaN", "CNY"),
        ("Infinity", "CNY"),
    ],
)
def test_what_is_no_amount_is_refused(amount, currency):
    with pytest.raises(BadInput):
        Money(Decimal(amount), currency)


def test_two_currencies_are_not_added():
    with pytest.raises(CurrenciesDiffer):
        Money(Decimal(1), "CNY") + Money(Decimal(1), "LAK")
    with pytest.raises(CurrenciesDiffer):
        _ = Money(Decimal(1), "CNY") < Money(Decimal(1), "LAK")


def test_a_sum_over_currencies_names_its_rates():
    rate = Rate("LAK", "CNY", DAY, Decimal("0.000346"), "Central bank")
    found = reckon([Money(Decimal(100), "CNY"), Money(Decimal(1_000_000), "LAK")], into="CNY", rates=[rate])
    assert (str(found.money), found.rates) == ("446.00 CNY", (rate,))
    with pytest.raises(NoRate):
        reckon([Money(Decimal(1), "THB")], into="CNY", rates=[rate])
    # The other way round is another rate: nobody said it.
    with pytest.raises(NoRate):
        reckon([Money(Decimal(1), "CNY")], into="LAK", rates=[rate])


def test_it_is_rounded_once_at_the_end():
    rates = [Rate("LAK", "CNY", DAY, Decimal("0.004"), "x"), Rate("THB", "CNY", DAY, Decimal("0.001"), "x")]
    assert reckon(
        [Money(Decimal(1), "LAK"), Money(Decimal(1), "THB")], into="CNY", rates=rates
    ).money.amount == Decimal("0.01")


@given(st.lists(st.one_of(amounts("CNY"), amounts("LAK"), amounts("KRW"))))
def test_totals_lose_nothing_in_any_order(given_amounts):
    found = totals(given_amounts)
    assert found == totals(reversed(given_amounts))
    for currency, total in found.items():
        assert total.amount == sum((each.amount for each in given_amounts if each.currency == currency), Decimal(0))


@given(amounts("CNY"), amounts("CNY"))
def test_what_is_added_can_be_taken_away(one, other):
    assert one + other - other == one


@given(st.sampled_from(sorted(MINOR_UNITS)), st.integers(0, 10**12))
def test_what_is_written_reads_as_the_same(currency, units):
    money = Money(Decimal(units).scaleb(-MINOR_UNITS[currency]), currency)
    assert Decimal(written(money.amount, currency)) == money.amount


@given(st.lists(amounts("LAK"), min_size=1), st.decimals("0.000001", "1000", places=6))
def test_reckoned_is_at_most_half_a_unit_from_the_exact_sum(given_amounts, value):
    found = reckon(given_amounts, into="CNY", rates=[Rate("LAK", "CNY", DAY, value, "x")])
    exact = sum((Fraction(each.amount) for each in given_amounts), Fraction(0)) * Fraction(value)
    assert abs(Fraction(found.money.amount) - exact) <= Fraction(1, 200)


@given(st.sampled_from(sorted(MINOR_UNITS)), st.integers(-(10**14), 10**14))
def test_smallest_units_are_whole_and_come_back(currency, units):
    assert Money.of_units(units, currency).units == units
