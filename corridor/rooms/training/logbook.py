"""The weeks of a placement: what the learner wrote, and the mentor's word."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from .models import LogbookEntry, Placement, PlacementWeek

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeekRow:
    """A week that has begun: its days in the logbook, and the mentor's word if there is one."""

    starts_on: date
    entries: list[LogbookEntry]
    word: PlacementWeek | None

    @property
    def logged(self) -> int:
        return sum(each.minutes for each in self.entries)

    @property
    def last_day(self) -> date:
        return self.starts_on + timedelta(days=6)


def logged_in(placement: Placement, week: date) -> int:
    """The minutes of the logbook in the week from that Monday."""
    rows = LogbookEntry.objects.filter(placement=placement, done_on__gte=week, done_on__lt=week + WEEK)
    return rows.aggregate(all=Sum("minutes"))["all"] or 0


def weeks_of(placement: Placement, *, on: date) -> list[WeekRow]:
    """The weeks of a placement that have begun by that day, the latest first. Two statements."""
    entries = list(LogbookEntry.objects.filter(placement=placement).select_related("task").order_by("done_on"))
    words = {each.starts_on: each for each in PlacementWeek.objects.filter(placement=placement)}
    monday = placement.starts_on - timedelta(days=placement.starts_on.weekday())
    found = []
    while monday < placement.ends_before and monday <= on:
        after = monday + timedelta(days=7)
        inside = [each for each in entries if monday <= each.done_on < after]
        found.append(WeekRow(monday, inside, words.get(monday)))
        monday = after
    return found[::-1]
