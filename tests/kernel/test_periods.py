from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.errors import BadInput
from corridor.kernel.periods import (
    Period,
    add_months,
    age_on,
    covers_without_gaps,
    local_day,
    months_ago,
    whole_months,
)
from corridor.kernel.refusals import StillOpen

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))


def test_the_first_day_is_inside_and_the_end_is_not():
    period = Period(date(2023, 1, 1), date(2024, 1, 1))
    assert period.contains(date(2023, 1, 1))
    assert period.contains(date(2023, 12, 31))
    assert not period.contains(date(2024, 1, 1))


def test_a_period_through_two_days_holds_both():
    period = Period.through(date(2023, 9, 1), date(2023, 9, 30))
    assert (period.first_day, period.last_day, period.days) == (date(2023, 9, 1), date(2023, 9, 30), 30)
    assert period == Period(date(2023, 9, 1), date(2023, 10, 1))


def test_an_open_end_holds_every_later_day():
    period = Period(date(2021, 5, 1), None)
    assert period.contains(date(2999, 1, 1))
    assert (period.last_day, period.days) == (None, None)


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(BadInput):
        Period(date(2024, 1, 2), date(2024, 1, 2))


def test_neighbours_do_not_overlap():
    first, second = Period.year(2022), Period.year(2023)
    assert not first.overlaps(second)
    assert first.intersection(second) is None
    assert Period(date(2022, 6, 1), None).intersection(first) == Period(date(2022, 6, 1), date(2023, 1, 1))


def test_a_period_that_runs_cannot_be_frozen():
    year = Period.year(2024)
    with pytest.raises(StillOpen):
        year.require_ended(on=date(2024, 12, 31))
    year.require_ended(on=date(2025, 1, 1))


def test_a_period_without_an_end_has_never_ended():
    with pytest.raises(StillOpen):
        Period(date(2021, 1, 1), None).require_ended(on=date(2999, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "landed"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
        (date(2023, 12, 31), 1, date(2024, 1, 31)),
    ],
)
def test_a_step_to_a_day_that_does_not_exist_stays_in_its_month(day, months, landed):
    assert add_months(day, months) == landed


@given(DAYS, st.integers(min_value=0, max_value=400))
def test_what_was_so_many_months_ago_is_the_latest_day_of_which_that_is_true(day, months):
    found = months_ago(day, months)
    assert add_months(found, months) <= day
    assert add_months(found + timedelta(days=1), months) > day


def test_twelve_months_to_a_day_end_with_that_day():
    assert Period.months_to(date(2024, 1, 18)) == Period.through(date(2023, 1, 19), date(2024, 1, 18))
    assert Period.months_to(date(2024, 2, 28)) == Period.through(date(2023, 3, 1), date(2024, 2, 28))
    assert Period.months_to(date(2025, 2, 28)) == Period.through(date(2024, 3, 1), date(2025, 2, 28))


@given(DAYS)
def test_twelve_months_hold_no_day_of_the_year_twice(day):
    span = Period.months_to(day)
    assert span.days in {365, 366}
    assert not span.contains(add_months(day, -12))


def test_who_is_born_on_leap_day_turns_a_year_older_on_the_first_of_march():
    born_on = date(2000, 2, 29)
    assert age_on(born_on, date(2023, 2, 28)) == 22
    assert age_on(born_on, date(2023, 3, 1)) == 23
    assert age_on(born_on, date(2024, 2, 28)) == 23
    assert age_on(born_on, date(2024, 2, 29)) == 24


def test_nobody_has_an_age_before_birth():
    with pytest.raises(BadInput):
        age_on(date(2020, 1, 1), date(2019, 1, 1))


@given(DAYS, st.integers(min_value=0, max_value=400))
def test_as_many_months_have_passed_as_were_stepped(day, months):
    assert whole_months(day, add_months(day, months)) >= months
    assert add_months(day, whole_months(day, add_months(day, months))) <= add_months(day, months)


def test_a_session_belongs_to_the_day_of_its_site():
    begins_at = datetime(2024, 1, 17, 17, 30, tzinfo=UTC)
    assert local_day(begins_at, "Asia/Vientiane") == date(2024, 1, 18)
    assert local_day(begins_at, "UTC") == date(2024, 1, 17)


def test_an_instant_without_an_offset_has_no_day():
    with pytest.raises(BadInput):
        local_day(datetime(2024, 1, 17, 17, 30, tzinfo=UTC).replace(tzinfo=None), "Asia/Vientiane")


def test_a_gap_of_one_day_is_a_gap():
    span = Period.through(date(2023, 1, 1), date(2023, 12, 31))
    first, second = Period.through(date(2023, 1, 1), date(2023, 6, 29)), Period(date(2023, 7, 1), None)
    assert not covers_without_gaps([second, first], span)
    assert covers_without_gaps([second, first, Period.on(date(2023, 6, 30))], span)
