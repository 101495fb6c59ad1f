from fractions import Fraction

import pytest

from corridor.kernel.claims import (
    Verdict,
    about,
    at_least,
    check,
    counts_behind,
    exactly,
    over,
    printed,
    words_only,
)
from corridor.kernel.rates import Rate
from corridor.kernel.refusals import InexactInput, NoDenominator
from corridor.kernel.three_numbers import three_numbers

HOLDS, DIFFERS, NOT_DERIVABLE = Verdict.HOLDS, Verdict.DIFFERS, Verdict.NOT_DERIVABLE
NAMED = "CN ID NZ KR TH LK LA MM KH PH PK AU SG".split()  # noqa: SIM905 (reads as the list it is)


def members_in(countries, count=164):
    return {f"member-{n}": countries[n % len(countries)] for n in range(count)}


def test_the_claims_about_members_and_their_countries_hold():
    members = members_in([*NAMED, "HK"])
    assert check(exactly(164), len(members)).verdict is HOLDS
    assert check(exactly(14), len(set(members.values()))).verdict is HOLDS


def test_without_the_assumed_region_both_claims_differ():
    members = {name: country for name, country in members_in([*NAMED, "HK"]).items() if country != "HK"}
    answer = check(exactly(14), len(set(members.values())))
    assert (answer.verdict, str(answer)) == (DIFFERS, "The records give 13, not 14.")
    assert check(exactly(164), len(members)).verdict is DIFFERS


def test_one_member_short_differs():
    assert check(exactly(164), 163).verdict is DIFFERS


@pytest.mark.parametrize(
    ("claim", "derived", "verdict"),
    [
        (over(600), 601, HOLDS),
        (over(600), 600, DIFFERS),
        (at_least(600), 600, HOLDS),
        (at_least(600), 599, DIFFERS),
        (about(1000), 950, HOLDS),
        (about(1000), 1050, HOLDS),
        (about(1000), 949, DIFFERS),
        (printed("62"), Rate(176, 285, persons=False), HOLDS),
        (printed("38.2"), Rate(109, 285, persons=False), HOLDS),
        (printed("34.38"), Rate(14_416, 41_937, persons=False), HOLDS),
        (printed("85"), Rate(12_246, 14_416, persons=True), HOLDS),
        (printed("75"), Rate(304, 400, persons=True), DIFFERS),
        (over(75), Rate(304, 400, persons=True), HOLDS),
        (printed("4.4"), Fraction(1900, 433), HOLDS),
        (words_only("a slew"), 17, NOT_DERIVABLE),
        (words_only("a majority"), None, NOT_DERIVABLE),
        (exactly(5), None, NOT_DERIVABLE),
    ],
)
def test_a_check_answers_by_the_manner_of_the_claim(claim, derived, verdict):
    assert check(claim, derived).verdict is verdict


def test_every_answer_has_a_reason_with_the_numbers_in_it():
    assert str(check(over(600), 610)) == "The records give 610, which is over 600."
    assert str(check(words_only("a slew"), 17)) == '"a slew" is not a number; the records give 17.'
    assert str(check(printed("62"), Rate(176, 285, persons=False))) == (
        "The records give 61.8% (176/285), which rounds to 62%."
    )


def test_a_mean_that_happens_to_fit_is_computed_from_the_distinct_number():
    assert Fraction(three_numbers({"all": [str(n) for n in range(240)]}).distinct, 5) == 48


def test_inexact_numbers_are_not_counted_with():
    assert exactly(164).as_count() == 164
    for claim in (over(600), at_least(600), about(600), printed("600"), words_only("several"), exactly("1.5")):
        with pytest.raises(InexactInput):
            claim.as_count()


def test_only_a_bound_follows_from_an_inexact_number():
    assert over(100).lowest_count() == 101
    assert at_least(600).lowest_count() == 600
    assert about(1000).lowest_count() == 950
    assert printed("45").lowest_count() == 45
    with pytest.raises(InexactInput):
        words_only("a slew").lowest_count()


@pytest.mark.parametrize(
    ("percentage", "base", "fewest", "most"),
    [("45", 5_975, 2_659, 2_718), ("61", 25_800, 15_609, 15_866), ("92", 433, 397, 400), ("87", 433, 375, 378)],
)
def test_a_printed_percentage_stands_for_a_range_of_people(percentage, base, fewest, most):
    assert counts_behind(printed(percentage), base) == (fewest, most)
    inside = [n for n in range(base + 1) if check(printed(percentage), Rate(n, base, persons=True)).verdict is HOLDS]
    assert (inside[0], inside[-1]) == (fewest, most)


def test_a_percentage_that_nobody_can_have_counted_is_refused():
    with pytest.raises(InexactInput):
        counts_behind(printed("33.4"), 12)


def test_a_rate_of_nothing_cannot_be_compared():
    with pytest.raises(NoDenominator):
        check(printed("62"), Rate(0, 0, persons=False))
