from datetime import date

import pytest

from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Quantity, Scope, Unit, total
from corridor.kernel.refusals import DefinitionsDiffer, NotAdditive, UnlikeUnits

YEAR, NEXT_YEAR = Period.year(2022), Period.year(2023)


def quantity(amount, unit=Unit.COMPLETIONS, additivity=Additivity.ADDS, *, period=YEAR, version=1, **within):
    code = {Unit.PERSON_DAYS: "training.person_days"}.get(unit, "training.completions")
    return Quantity(amount, unit, additivity, (Scope(code, version, period, frozenset(within.items())),))


def test_completions_of_two_years_add():
    both = quantity(40) + quantity(60, period=NEXT_YEAR)
    assert (both.amount, both.unit) == (100, Unit.COMPLETIONS)


def test_completions_of_two_sites_add():
    assert (quantity(40, site="vientiane") + quantity(60, site="colombo")).amount == 100


def test_a_sum_remembers_its_parts():
    both = quantity(40, site="vientiane") + quantity(60, site="colombo")
    with pytest.raises(NotAdditive, match="join the two sets"):
        both + quantity(60, site="colombo")


def test_unlike_units_are_refused_by_name():
    with pytest.raises(UnlikeUnits, match="completions and person-days"):
        quantity(40) + quantity(800, Unit.PERSON_DAYS)


def test_heads_times_and_activities_have_no_sum():
    people = quantity(10_000, Unit.PERSONS, Additivity.DISTINCT)
    times = quantity(1_000, Unit.PERSON_TIMES)
    activities = quantity(100, Unit.ITEMS)
    for left, right in [(people, times), (times, activities), (activities, people)]:
        with pytest.raises(UnlikeUnits):
            left + right


def test_two_currencies_are_two_units():
    scope = Scope("funding.pledged", 1, YEAR)
    yuan = Quantity(100, Unit.MONEY, Additivity.ADDS, (scope,), currency="CNY")
    kip = Quantity(100, Unit.MONEY, Additivity.ADDS, (scope,), currency="LAK")
    with pytest.raises(UnlikeUnits, match="CNY and LAK"):
        yuan + kip


def test_persons_are_joined_not_added_and_the_refusal_says_so():
    with pytest.raises(NotAdditive, match=r"persons are counted once each.*join the two sets of evidence"):
        quantity(1_254, Unit.PERSONS, Additivity.DISTINCT) + quantity(30, Unit.PERSONS, Additivity.DISTINCT)


def test_rates_are_pooled_not_added_and_the_refusal_says_so():
    with pytest.raises(NotAdditive, match="pool them"):
        quantity(76, Unit.PERCENT, Additivity.RATE) + quantity(33, Unit.PERCENT, Additivity.RATE)


def test_a_value_that_never_adds_says_so():
    with pytest.raises(NotAdditive, match="stands alone"):
        quantity(9, Unit.ORGANISATIONS, Additivity.NEVER) + quantity(1, Unit.ORGANISATIONS, Additivity.NEVER)


def test_parts_of_one_day_add_and_two_days_do_not():
    day, later = Period.on(date(2024, 1, 18)), Period.on(date(2024, 1, 19))
    schools = quantity(120, Unit.ORGANISATIONS, Additivity.ON_A_DAY, period=day, kind="school")
    companies = quantity(44, Unit.ORGANISATIONS, Additivity.ON_A_DAY, period=day, kind="company")
    assert (schools + companies).amount == 164
    with pytest.raises(NotAdditive, match="Two days"):
        schools + quantity(120, Unit.ORGANISATIONS, Additivity.ON_A_DAY, period=later, kind="company")


def test_overlapping_periods_do_not_add():
    with pytest.raises(NotAdditive, match="can share records"):
        quantity(40) + quantity(60, period=Period(date(2022, 12, 1), date(2023, 12, 1)))


def test_two_versions_of_a_definition_do_not_add():
    with pytest.raises(DefinitionsDiffer):
        quantity(40) + quantity(60, period=NEXT_YEAR, version=2)


def test_a_total_of_nothing_has_no_unit():
    with pytest.raises(NotAdditive):
        total([])
    assert total([quantity(1), quantity(2, period=NEXT_YEAR)]).amount == 3


def test_the_unit_codes_are_those_that_stand_in_published_files():
    assert [unit.value for unit in Unit] == [
        "persons",
        "enrolments",
        "completions",
        "person_times",
        "person_days",
        "attributed_completions",
        "person_hours",
        "organisations",
        "places",
        "sites",
        "listings",
        "rooms",
        "programmes",
        "agreements",
        "announcements",
        "posts",
        "documents",
        "packages",
        "items",
        "awards",
        "credentials",
        "money",
        "percent",
    ]
    assert all(unit.words for unit in Unit)
