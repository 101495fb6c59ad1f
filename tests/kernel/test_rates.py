from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.particulars import Particulars, require_particulars
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Quantity, Scope, Unit
from corridor.kernel.rates import PercentageAlone, Rate, percent_text, pool, require_named_rate, round_half_up
from corridor.kernel.refusals import (
    BareRate,
    DefinitionsDiffer,
    DifferentCohorts,
    ImpossibleCounts,
    NoDenominator,
    NotAdditive,
    TooFewForAPercentage,
    UnlikeUnits,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (109, 285, "38.2%"),
        (72, 126, "57.1%"),
        (1, 8, "12.5%"),
        (1, 80, "1.3%"),
        (0, 12, "0.0%"),
        (12, 12, "100.0%"),
        (1, 10_000, "<0.1%"),
        (9_999, 10_000, ">99.9%"),
        (1, 2_000, "0.1%"),
    ],
)
def test_percentages_are_rounded_half_up_and_never_pretend_to_be_all_or_nothing(numerator, denominator, text):
    assert Rate(numerator, denominator, persons=False).percent_text() == text


@given(st.fractions(min_value=0, max_value=1), st.integers(min_value=0, max_value=4))
def test_rounding_is_never_more_than_half_a_step_away(share, decimals):
    rounded = Fraction(round_half_up(share * 100, decimals))
    assert abs(rounded - share * 100) <= Fraction(1, 2 * 10**decimals)


@given(st.fractions(min_value=0, max_value=1))
def test_only_nothing_is_written_as_nothing_and_only_all_as_all(share):
    assert (percent_text(share) == "0.0%") == (share == 0)
    assert (percent_text(share) == "100.0%") == (share == 1)


def test_nothing_has_no_share():
    with pytest.raises(NoDenominator):
        Rate(0, 0, persons=False).percent()


def test_there_is_no_percentage_of_fewer_than_ten_persons():
    with pytest.raises(TooFewForAPercentage):
        Rate(6, 9, persons=True).percent_text()
    assert Rate(6, 10, persons=True).percent_text() == "60.0%"
    assert Rate(6, 9, persons=False).percent() == Decimal("66.7")


def test_signed_and_took_part_are_pooled_never_averaged():
    third, fourth = Rate(50, 72, persons=False), Rate(90, 126, persons=False)
    assert (third.percent_text(), fourth.percent_text()) == ("69.4%", "71.4%")
    pooled = pool([third, fourth])
    assert (str(pooled), pooled.percent_text()) == ("140/198", "70.7%")
    with pytest.raises(NotAdditive):
        sum([third, fourth])
    with pytest.raises(NotAdditive):
        third + fourth


def test_rates_of_two_definitions_are_not_pooled():
    with pytest.raises(DefinitionsDiffer):
        pool([Rate(1, 20, persons=True, definition="a.b@1"), Rate(1, 20, persons=True, definition="a.b@2")])


def test_a_numerator_of_another_round_is_another_cohort():
    with pytest.raises(DifferentCohorts):
        Rate(90, 72, persons=False)


def test_selected_persons_who_never_applied_are_another_cohort():
    applied = {f"p{number}" for number in range(1_254)}
    assert Rate.of_sets({f"p{n}" for n in range(30)}, applied, persons=True).percent_text() == "2.4%"
    with pytest.raises(DifferentCohorts, match="5 of the part"):
        Rate.of_sets({f"p{n}" for n in range(25)} | {f"q{n}" for n in range(5)}, applied, persons=True)


def test_countries_that_answered_over_centres_asked_is_no_rate():
    scope = (Scope("members.data_call_response", 1, Period.year(2022)),)
    states = Quantity(89, Unit.PLACES, Additivity.DISTINCT, scope)
    centres = Quantity(285, Unit.ORGANISATIONS, Additivity.ON_A_DAY, scope)
    with pytest.raises(UnlikeUnits, match="countries and regions and organisations"):
        Rate.of_quantities(states, centres, persons=False)


def test_quantities_of_two_periods_are_no_rate():
    part = Quantity(1, Unit.PERSONS, Additivity.DISTINCT, (Scope("a.b", 1, Period.year(2022)),))
    whole = Quantity(9, Unit.PERSONS, Additivity.DISTINCT, (Scope("a.c", 1, Period.year(2023)),))
    with pytest.raises(DifferentCohorts):
        Rate.of_quantities(part, whole, persons=True)


def test_negative_counts_are_impossible():
    with pytest.raises(ImpossibleCounts):
        Rate(-1, 10, persons=False)


def test_a_percentage_alone_can_neither_be_counted_with_nor_published():
    alone = PercentageAlone("85.7%")
    with pytest.raises(NoDenominator, match=r"85\.7%"):
        alone.as_rate()
    with pytest.raises(BareRate):
        alone.publish()


def test_its_n_cannot_be_guessed():
    assert {Rate(6 * m, 7 * m, persons=False).percent_text() for m in (1, 2, 3, 4)} == {"85.7%"}


def test_employment_rate_without_a_code_is_bare():
    require_named_rate("outcomes.employed_any")
    for label in ("employment rate", "Employment rate 6.4%", "employed", ""):
        with pytest.raises(BareRate):
            require_named_rate(label)


def test_a_published_number_carries_what_makes_it_readable():
    whole = {
        "code": "sites.operating",
        "definition_version": 1,
        "unit": Unit.SITES,
        "n": 5,
        "period": Period.on(date(2024, 1, 18)),
        "source_kind": "records",
        "missing": 0,
    }
    require_particulars(Particulars(**whole))
    for name in ("definition_version", "unit", "n", "period", "missing"):
        with pytest.raises(BareRate):
            require_particulars(Particulars(**{**whole, name: None}))
    with pytest.raises(BareRate, match="asked, reached"):
        require_particulars(Particulars(**{**whole, "code": "outcomes.employed_any"}), outcome=True)
