"""The example's day holds still everywhere, whatever the hour it is read at."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from corridor.foundations import clock

DAY = date(2024, 2, 2)


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize(
    ("home", "places"),
    [
        ("Asia/Shanghai", ["Asia/Vientiane", "Asia/Colombo", "Asia/Karachi", "Europe/Berlin", "UTC"]),
        ("America/Chicago", ["America/Sao_Paulo", "UTC"]),
        ("UTC", []),
    ],
)
def test_the_day_of_the_example_is_the_same_between_home_and_greenwich(settings, monkeypatch, home, places, hour):
    settings.EXAMPLE_DAY, settings.HOME_ZONE = DAY, home
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 11, 30, hour, 20, tzinfo=UTC))
    for zone in [home, *places]:
        assert clock.now().astimezone(ZoneInfo(zone)).date() == DAY
        assert clock.today(zone) == DAY


def test_time_goes_on_within_the_day_of_the_example(settings, monkeypatch):
    settings.EXAMPLE_DAY, settings.HOME_ZONE = DAY, "Asia/Shanghai"
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 11, 30, 2, 20, tzinfo=UTC))
    assert clock.now() == datetime(2024, 2, 2, 2, 20, tzinfo=UTC)


def test_without_an_example_it_is_the_worlds_time(settings, monkeypatch):
    settings.EXAMPLE_DAY = None
    instant = datetime(2026, 11, 30, 17, tzinfo=UTC)
    monkeypatch.setattr(clock, "real_now", lambda: instant)
    assert clock.now() == instant
    assert (clock.today("UTC"), clock.today("Asia/Vientiane")) == (date(2026, 11, 30), date(2026, 12, 1))
