"""Shares add to exactly the whole, as fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.errors import BadInput
from corridor.kernel.refusals import SplitIncomplete
from corridor.kernel.shares import LARGEST_DENOMINATOR, read_share, require_whole, write_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/3", Fraction(1, 3)),
        (" 25 % ", Fraction(1, 4)),
        ("33.33%", Fraction(3333, 10000)),
        ("0,5", Fraction(1, 2)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
    ],
)
def test_a_share_is_read_exactly(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["", "a third", "0", "1/0", "0/3", "4/3", "101%", "-1/3", "1/3/3", "1e-1"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(BadInput):
        read_share(text)


def test_a_third_three_times_is_a_whole_and_its_rounding_is_not():
    require_whole([read_share("1/3")] * 3)
    with pytest.raises(SplitIncomplete) as refused:
        require_whole([read_share("33.33%")] * 3)
    assert str(refused.value) == "The shares add to 99.99%, not to 100%. Write them as exact fractions: 1/3, 1/3, 1/3."


def test_what_is_missing_or_too_much_is_said():
    with pytest.raises(SplitIncomplete, match="30% is missing"):
        require_whole([read_share("50%"), read_share("20%")])
    with pytest.raises(SplitIncomplete, match="10% is too much"):
        require_whole([read_share("50%"), read_share("60%")])
    with pytest.raises(SplitIncomplete):
        require_whole([])


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_parts_of_a_whole_add_to_it_whatever_they_are(parts):
    require_whole([Fraction(part, sum(parts)) for part in parts])


@given(st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=LARGEST_DENOMINATOR))
def test_what_is_written_reads_as_the_same(share):
    assert read_share(write_share(share)) == share
