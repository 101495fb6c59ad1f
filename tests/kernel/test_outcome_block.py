import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.outcome_block import OutcomeBlock, Selection, wilson
from corridor.kernel.refusals import (
    ImpossibleCounts,
    NoDenominator,
    NotASample,
    TooFewForAPercentage,
    UnknownIsNotNo,
)


def census(asked, answered, yes, *, persons=True):
    return OutcomeBlock(asked, asked, asked, answered, answered, answered, yes, persons=persons)


def register_only(eligible, found):
    """A register that lists only people at work: nobody was asked, and who is not in it stays missing."""
    return OutcomeBlock(eligible, eligible, 0, 0, found, 0, found)


def percents(interval):
    return tuple(str(end) for end in interval.percents)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (0, 10, "0.0", "27.8"),
        (10, 10, "72.2", "100.0"),
        (6, 7, "48.7", "97.4"),
        (264, 350, "70.7", "79.6"),
        (45, 80, "45.3", "66.6"),
    ],
)
def test_wilson_intervals_are_those_of_the_rule(x, n, low, high):
    assert percents(wilson(x, n)) == (low, high)


@given(st.integers(min_value=1, max_value=5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_inside_nothing_and_all(counts):
    x, n = counts
    interval = wilson(x, n)
    assert interval.low * n <= x <= interval.high * n
    assert 0 <= interval.low < interval.high <= 1


def test_wilson_refuses_nobody_and_more_than_all():
    with pytest.raises(NoDenominator):
        wilson(0, 0)
    with pytest.raises(ImpossibleCounts):
        wilson(8, 7)


def test_a_sample_with_silence_has_an_outer_interval():
    sample = OutcomeBlock(1_000, 350, 350, 300, 264, 264, 210, selection=Selection.RANDOM_DRAW)
    assert sample.among_answered.share.percent_text() == "79.5%"
    assert percents(sample.bounds) == ("60.0", "84.6")
    assert percents(sample.outer_interval) == ("54.8", "88.0")
    assert sample.wilson == wilson(210, 264)


def test_without_silence_the_outer_interval_is_the_plain_one():
    sample = OutcomeBlock(1_000, 80, 80, 80, 80, 80, 45, selection=Selection.RANDOM_DRAW)
    assert sample.outer_interval == sample.wilson == wilson(45, 80)


def test_a_census_has_no_interval():
    with pytest.raises(NotASample):
        census(285, 109, 60, persons=False).wilson  # noqa: B018
    with pytest.raises(NotASample):
        census(285, 109, 60, persons=False).outer_interval  # noqa: B018


def test_a_data_call_shows_its_silence():
    call = census(285, 109, 60, persons=False)
    assert call.response_rate.percent_text() == "38.2%"
    assert (call.response_rate.rest.numerator, call.response_rate.rest.percent_text()) == (176, "61.8%")
    assert percents(call.bounds) == ("21.1", "82.8")
    assert call.among_answered.share.percent_text() == "55.0%"


def test_a_tracer_census_with_nine_in_ten_answers():
    wave = census(579, 527, 400)
    assert wave.response_rate.percent_text() == "91.0%"
    assert percents(wave.bounds) == ("69.1", "78.1")
    assert wave.among_answered.share.percent_text() == "75.9%"


def test_those_without_a_job_to_return_to_are_counted_apart():
    everybody, job_seekers = census(100, 100, 80), census(45, 45, 25)
    assert everybody.among_answered.share.percent_text() == "80.0%"
    assert job_seekers.among_answered.share.percent_text() == "55.6%"


@pytest.mark.parametrize(
    ("eligible", "found", "low"), [(208_530, 13_362, "6.4"), (49_651, 1_498, "3.0"), (20_445, 1_325, "6.5")]
)
def test_found_at_work_is_a_lower_bound_and_nothing_more(eligible, found, low):
    block = register_only(eligible, found)
    assert percents(block.bounds) == (low, "100.0")
    with pytest.raises(UnknownIsNotNo):
        block.share_of_no  # noqa: B018
    with pytest.raises(NoDenominator):
        block.contact_rate  # noqa: B018


def test_who_said_no_is_known_only_when_everybody_answered():
    assert census(20, 20, 12).share_of_no.percent_text() == "40.0%"


def test_the_share_of_answers_never_comes_without_the_two_lines_above_it():
    among = census(20, 14, 12).among_answered
    assert among.share.percent_text() == "85.7%"
    assert percents(among.bounds) == ("60.0", "90.0")
    assert among.response_rate.percent_text() == "70.0%"


def test_none_answered_is_not_nothing():
    among = census(20, 0, 0).among_answered
    assert among.share is None
    assert percents(among.bounds) == ("0.0", "100.0")


def test_seven_persons_have_no_percentage():
    with pytest.raises(TooFewForAPercentage):
        census(7, 7, 6).bounds  # noqa: B018
    with pytest.raises(TooFewForAPercentage):
        census(7, 7, 6).response_rate.percent_text()


def test_the_public_sees_counts_up_to_the_answers_when_two_said_no():
    shown = census(20, 14, 12).for_public()
    assert (shown.eligible, shown.to_ask, shown.asked, shown.reached, shown.answered) == (20, 20, 20, 14, 14)
    assert shown.yes is None


def test_the_public_sees_the_answers_of_large_waves_and_of_clear_ones():
    assert census(60, 50, 48).for_public().yes == 48
    assert census(20, 14, 14).for_public().yes == 14
    assert census(20, 14, 9).for_public().yes == 9
    assert census(20, 14, 9).for_public(k=10).yes is None
    assert census(20, 14, 12, persons=False).for_public().yes == 12


def test_nobody_to_ask_has_no_rates_at_all():
    nobody = census(0, 0, 0)
    for name in ("asked_share", "contact_rate", "response_rate", "bounds", "among_answered"):
        with pytest.raises(NoDenominator):
            getattr(nobody, name)


@pytest.mark.parametrize(
    "counts",
    [
        (10, 10, 10, 8, 6, 6, 7),
        (10, 10, 10, 8, 11, 6, 5),
        (10, 10, 8, 9, 6, 6, 5),
        (10, 10, 10, 5, 6, 6, 5),
        (10, 11, 10, 8, 6, 6, 5),
        (10, 9, 9, 8, 6, 6, 5),
        (10, 10, 10, 8, 6, 7, 5),
        (10, 10, 10, 8, 6, 6, -1),
    ],
)
def test_counts_that_cannot_all_be_true_are_refused(counts):
    with pytest.raises(ImpossibleCounts):
        OutcomeBlock(*counts)
