"""Days, periods and months (docs/rules/figures.md, "Days and months")."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .errors import BadInput, Problem
from .refusals import StillOpen
from .wording import N_

ONE_DAY = timedelta(days=1)
MONTHS_IN_A_YEAR = 12
MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of days: the first day is inside, ``ends_before`` is not; None is an open end."""

    starts_on: date
    ends_before: date | None

    def __post_init__(self) -> None:
        if self.ends_before is not None and self.ends_before <= self.starts_on:
            raise BadInput([Problem(N_("A period ends on or after its first day."))])

    @classmethod
    def through(cls, first: date, last: date) -> "Period":
        """Return the period with both days inside."""
        return cls(first, last + ONE_DAY)

    @classmethod
    def on(cls, day: date) -> "Period":
        """Return the period of a single day."""
        return cls.through(day, day)

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def months_to(cls, day: date, *, months: int = MONTHS_IN_A_YEAR) -> "Period":
        """Return "12 months to day D": [ (D+1) - 12 months, D+1 )."""
        ends_before = day + ONE_DAY
        starts_on = add_months(ends_before, -months)
        # A month that has no such day: the span begins after its last, so that it holds no day of the year twice.
        return cls(starts_on if starts_on.day == ends_before.day else starts_on + ONE_DAY, ends_before)

    @property
    def first_day(self) -> date:
        return self.starts_on

    @property
    def last_day(self) -> date | None:
        """The last day inside, or None for an open end."""
        return None if self.ends_before is None else self.ends_before - ONE_DAY

    @property
    def days(self) -> int | None:
        """How many days are inside, or None for an open end."""
        return None if self.ends_before is None else (self.ends_before - self.starts_on).days

    def contains(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)

    def covers(self, other: "Period") -> bool:
        """Whether every day of the other period is inside this one."""
        return self.intersection(other) == other

    def overlaps(self, other: "Period") -> bool:
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """Return the days inside both, or None where there are none."""
        starts_on = max(self.starts_on, other.starts_on)
        ends = [end for end in (self.ends_before, other.ends_before) if end is not None]
        ends_before = min(ends) if ends else None
        if ends_before is not None and ends_before <= starts_on:
            return None
        return Period(starts_on, ends_before)

    def has_ended(self, *, on: date) -> bool:
        """Whether the last day had passed when the given day began."""
        return self.ends_before is not None and self.ends_before <= on

    def require_ended(self, *, on: date) -> None:
        """Refuse with StillOpen while the period runs: what can still change cannot be frozen."""
        if not self.has_ended(on=on):
            raise StillOpen()


def covers_without_gaps(periods: Iterable[Period], span: Period) -> bool:
    """Whether every day of the span is inside at least one of the periods."""
    reached: date | None = span.starts_on
    for period in sorted(periods, key=lambda each: each.starts_on):
        if reached is None or period.starts_on > reached:
            break
        reached = None if period.ends_before is None else max(reached, period.ends_before)
    return reached is None or (span.ends_before is not None and reached >= span.ends_before)


def add_months(day: date, months: int) -> date:
    """
    Step whole months, forwards or back: the day by which something is due.

    A month that has no such day has its last: 31 August + 6 months = 28 or 29 February (ADR 0022).
    """
    year, month_from_zero = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 + months, MONTHS_IN_A_YEAR)
    month = month_from_zero + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_ago(day: date, months: int) -> date:
    """Return the latest day from which so many months have passed by then: that of the last of February is the last of August."""
    back = add_months(day, -months)
    is_last = day.day == monthrange(day.year, day.month)[1]
    return back.replace(day=monthrange(back.year, back.month)[1]) if is_last else back


def whole_months(earlier: date, later: date) -> int:
    """Return how many whole months have passed, 0 or more; the later day must not be before the earlier one."""
    if later < earlier:
        raise BadInput([Problem(N_("The later day is before the earlier one."))])
    months = (later.year - earlier.year) * MONTHS_IN_A_YEAR + later.month - earlier.month
    return months if add_months(earlier, months) <= later else months - 1


def age_on(born_on: date, day: date) -> int:
    """Return whole years of age; who is born on 29 February turns a year older on 1 March in other years."""
    if day < born_on:
        raise BadInput([Problem(N_("The later day is before the earlier one."))])
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def day_after(last_day: date | None) -> date | None:
    """The open end that people write as the last day inside; None for none."""
    return None if last_day is None else last_day + ONE_DAY


def local_day(instant: datetime, zone: str) -> date:
    """
    Return the day on which an instant falls where the zone holds ("Asia/Vientiane").

    A session belongs to the local day of its cohort's site at the instant it begins; deadlines to the alliance's home zone.
    """
    if instant.tzinfo is None:
        raise BadInput([Problem(N_("An instant must say its offset from universal time."))])
    return instant.astimezone(ZoneInfo(zone)).date()
