"""From "Mondays and Thursdays at 08:30, twenty times" to days and instants."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def days_of(first_day: date, weekdays: Collection[int], count: int) -> Iterator[date]:
    """So many days from the first on that fall on those weekdays (Monday is 0)."""
    day, found = first_day, 0
    while found < count:
        if day.weekday() in weekdays:
            yield day
            found += 1
        day += timedelta(days=1)


def begins(day: date, at: time, zone: str) -> datetime:
    """The instant at which it is that time on that day in that zone."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
