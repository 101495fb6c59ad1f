from fractions import Fraction

import pytest

from corridor.kernel.rater_agreement import RaterAgreement

YES_NO = ["yes", "no"]


def agreement(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> RaterAgreement:
    pairs = {("yes", "yes"): yes_yes, ("yes", "no"): yes_no, ("no", "yes"): no_yes, ("no", "no"): no_no}
    return RaterAgreement.of(pairs, categories=YES_NO)


def test_kappa_of_a_worked_example():
    # po = 35/50, pe = (25/50)(30/50) + (25/50)(20/50) = 1/2.
    found = agreement(20, 5, 10, 15)
    assert (found.n, found.agreed, found.kappa) == (50, 35, Fraction(2, 5))


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [((5, 0, 0, 5), 1), ((0, 5, 5, 0), -1), ((1, 1, 1, 1), 0)],
    ids=["always", "never", "by-chance"],
)
def test_kappa_is_one_for_always_and_nothing_for_chance(counts, kappa):
    assert agreement(*counts).kappa == kappa


def test_kappa_says_nothing_without_pairs_or_where_both_always_say_the_same():
    assert agreement(0, 0, 0, 0) == RaterAgreement(0, 0, None)
    assert agreement(7, 0, 0, 0) == RaterAgreement(7, 7, None)
