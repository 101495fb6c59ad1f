"""From "Mondays and Thursdays at 08:30 and 13:30, twenty times" to days and instants, with the holidays of the site's country."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from corridor.foundations.vocabularies.national_days import national_days
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_

# Nobody plans further than that at once; a pattern that never meets its days ends there.
LONGEST = timedelta(days=3 * 366)
MOST_SESSIONS = 400


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """
    Sessions on some weekdays (Monday is 0), at one time or several of the day, every so many weeks: until so many are found, or until the
    last day. A block is every day; evenings are a time.
    """

    first_day: date
    weekdays: Collection[int]
    times: Sequence[time]
    count: int | None = None
    last_day: date | None = None
    every_weeks: int = 1
    on_holidays: bool = False


@dataclass(frozen=True)
class Laid:
    """The instants, and the holidays that fall on the pattern's days: skipped, or kept where that was chosen."""

    begins_at: list[datetime]
    holidays: dict[date, str] = field(default_factory=dict)


def lay_out(pattern: Pattern, *, zone: str, country: str, language: str = "en") -> Laid:
    """:raises BadInput: for a pattern without days, times or an end, one with too many sessions, or a time that a day does not have."""
    _refuse(pattern)
    limit = pattern.last_day or pattern.first_day + LONGEST
    free = national_days(country, first=pattern.first_day, last=limit, language=language)
    found: list[datetime] = []
    met: dict[date, str] = {}
    for day in _days(pattern, limit):
        if pattern.count is not None and len(found) >= pattern.count:
            break
        if day in free:
            met[day] = free[day]
            if not pattern.on_holidays:
                continue
        for at in sorted(pattern.times):
            if pattern.count is None or len(found) < pattern.count:
                found.append(instant_of(day, at, zone))
    if len(found) > MOST_SESSIONS:
        raise BadInput(
            [Problem(N_("At most %(most)s sessions are planned at once."), {"most": MOST_SESSIONS}, column="last_day")]
        )
    return Laid(found, met)


def instant_of(day: date, at: time, zone: str) -> datetime:
    """
    The instant at which it is that time on that day in that zone; of a time that comes twice, where clocks are put back, the first.

    :raises BadInput: for a time that does not come at all, where clocks are put forward.
    """
    local = datetime.combine(day, at, ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        message = N_("On %(day)s clocks in %(zone)s are put forward: there is no %(time)s. Choose another time.")
        raise BadInput([Problem(message, {"day": day, "zone": zone, "time": f"{at:%H:%M}"}, column="times")])
    return instant


def _days(pattern: Pattern, limit: date) -> Iterator[date]:
    monday = pattern.first_day - timedelta(days=pattern.first_day.weekday())
    day = pattern.first_day
    while day <= limit:
        if day.weekday() in pattern.weekdays and ((day - monday).days // 7) % pattern.every_weeks == 0:
            yield day
        day += ONE_DAY


def _refuse(pattern: Pattern) -> None:
    problems = []
    if not pattern.weekdays:
        problems.append(Problem(N_("Choose at least one day of the week."), column="weekdays"))
    if not pattern.times:
        problems.append(Problem(N_("Write at least one time of the day, like 08:30."), column="times"))
    if (pattern.count is None) == (pattern.last_day is None):
        problems.append(Problem(N_("Say how many sessions, or the last day: one of the two."), column="sessions"))
    if pattern.last_day is not None and pattern.last_day < pattern.first_day:
        problems.append(Problem(N_("The last day is not before the first."), column="last_day"))
    if pattern.last_day is not None and pattern.last_day > pattern.first_day + LONGEST:
        problems.append(Problem(N_("Plan at most three years at once."), column="last_day"))
    if pattern.every_weeks < 1:
        problems.append(Problem(N_("A pattern comes every week, or every so many."), column="every_weeks"))
    if problems:
        raise BadInput(problems)
