"""Worked case W16: reach is counted from records, and an inexact number gives no reach."""

from decimal import Decimal

import pytest

from corridor.kernel.claims import Claim, Manner, counts_behind
from corridor.kernel.reach import Reach
from corridor.kernel.refusals import ImpossibleCounts, InexactInput, NoDenominator


def test_more_than_1900_taught_by_433_is_no_reach():
    claim = Claim(Manner.AT_LEAST, Decimal(1900), words="1,900+")
    with pytest.raises(InexactInput) as refused:
        Reach.of_claim(claim, 433)
    assert str(Reach.at_least(claim, 433)) == "4.38"
    assert "4.38" in str(refused.value)


def test_1900_distinct_records_and_433_trained_are_4_4():
    reach = Reach.of_claim(Claim(Manner.EXACTLY, Decimal(1900)), 433)
    assert (reach.text(), reach.text(3)) == ("4.4", "4.388")


def test_nobody_trained_reaches_nobody():
    for ask in (lambda: Reach(5, 0).exact, lambda: Reach.at_least(Claim(Manner.EXACTLY, Decimal(5)), 0)):
        with pytest.raises(NoDenominator):
            ask()
    with pytest.raises(ImpossibleCounts):
        Reach(-1, 2)


def test_percentages_of_433_are_several_numbers_of_people():
    assert counts_behind(Claim(Manner.PRINTED, Decimal(92)), 433) == (397, 400)
    assert counts_behind(Claim(Manner.PRINTED, Decimal(87)), 433) == (375, 378)
