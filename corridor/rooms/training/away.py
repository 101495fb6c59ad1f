"""
Days away from home, counted exactly (docs/rules/cascade.md): a person-day is one person on one day, however many stays it lies in.

Where two stays of one person share days, the days are counted once, under the stay that began first, and both are named.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from corridor.kernel.periods import Period

from .models import Stay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A stay with the days of it that lie in the period, and those among them that no earlier stay of the person holds."""

    stay: Stay
    days: int
    counted: int


@dataclass(frozen=True)
class Overlap:
    """Two stays of one person share these days: they are counted under the first."""

    first: Stay
    second: Stay
    days: int


@dataclass(frozen=True)
class DaysAway:
    rows: tuple[Counted, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def person_days(self) -> int:
        return sum(each.counted for each in self.rows)


def days_away(stays: Iterable[Stay], *, period: Period, heirs: Mapping[UUID, UUID]) -> DaysAway:
    """
    The person-days of these stays in a period that has an end; ``heirs``: a merged record to the one that stays. An open posting lasts as long
    as the period.
    """
    of_person: dict[UUID, list[Stay]] = defaultdict(list)
    for stay in stays:
        of_person[heirs.get(stay.person_id, stay.person_id)].append(stay)
    rows: list[Counted] = []
    overlaps: list[Overlap] = []
    for some in of_person.values():
        # Disjoint spans that were counted, in order; their end only grows, because stays come by their first day.
        reached: date | None = None
        before: list[tuple[Stay, date, date]] = []
        for stay in sorted(some, key=lambda each: (each.starts_on, each.pk)):
            first, end = _within(stay, period)
            if first >= end:
                continue
            counted_from = first if reached is None else max(first, reached)
            rows.append(Counted(stay, (end - first).days, max((end - counted_from).days, 0)))
            for other, _first, other_end in before:
                if other_end > first:
                    overlaps.append(Overlap(other, stay, (min(other_end, end) - first).days))
            before.append((stay, first, end))
            reached = end if reached is None else max(reached, end)
    rows.sort(key=lambda each: (each.stay.starts_on, each.stay.pk))
    return DaysAway(tuple(rows), tuple(overlaps))


def _within(stay: Stay, period: Period) -> tuple[date, date]:
    """The first day of the stay in the period and the first day after."""
    last = period.last_day
    if last is None:
        raise ValueError("days are counted over a period that has an end")
    after = last + ONE_DAY
    return max(stay.starts_on, period.first_day), after if stay.ends_before is None else min(stay.ends_before, after)
