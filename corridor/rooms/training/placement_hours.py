"""
Hours of a unit that were worked in a company and that the mentor confirmed (docs/rules/hours.md, "On placement"). The logbook says for which
task a day was, the task for which unit; the mentor's word says how much of it counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from uuid import UUID

from corridor.rooms.curricula.models import HoursKind

from .lifecycle import SessionStatus
from .models import IN_THE_ROOM, Attendance, LogbookEntry, PlacementTask, PlacementWeek

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Worked:
    """Confirmed minutes of one day of one place, and the unit that they are for."""

    place: UUID
    unit: UUID
    code: str
    on: date
    minutes: int


def minutes_confirmed(
    places: Collection[UUID], codes: Collection[str]
) -> dict[tuple[UUID, str], list[tuple[date, int]]]:
    """By place and the code of a unit: on which day how many minutes. Four statements for each ten thousand places."""
    found: dict[tuple[UUID, str], list[tuple[date, int]]] = defaultdict(list)
    for each in worked_in(places):
        if each.code in codes:
            found[each.place, each.code].append((each.on, each.minutes))
    return found


def worked_in(places: Iterable[UUID]) -> list[Worked]:
    """Days of confirmed weeks that were for a unit. A day with a signed register in a company counts there, and not again."""
    found = []
    for some in batched(sorted(places), AT_ONCE):
        weeks = list(PlacementWeek.objects.filter(placement__enrolment__in=some).select_related("placement"))
        if not weeks:
            continue
        placements = {each.placement_id for each in weeks}
        only = _only_units(placements)
        entries: dict[tuple[UUID, date], list[LogbookEntry]] = defaultdict(list)
        rows = LogbookEntry.objects.filter(placement__in=placements).select_related("task__unit").order_by("done_on")
        for entry in rows:
            entries[entry.placement_id, _monday(entry.done_on)].append(entry)
        registered = _in_registers(some)
        for week in weeks:
            place = week.placement.enrolment_id
            days = entries[week.placement_id, week.starts_on]
            for on, unit, minutes in _days_of(week, days, only.get(week.placement_id)):
                if (place, on) not in registered:
                    found.append(Worked(place, unit[0], unit[1], on, minutes))
    return found


type _Unit = tuple[UUID, str]


def _days_of(week: PlacementWeek, entries: list[LogbookEntry], only: _Unit | None) -> Iterable[tuple[date, _Unit, int]]:
    """The week's days for a unit, each cut to what the mentor confirmed of the week; without a logbook the week as a whole."""
    if not week.logged_minutes:
        if only is not None and week.minutes:
            yield week.starts_on, only, week.minutes
        return
    for entry in entries:
        unit = (entry.task.unit.pk, entry.task.unit.code) if entry.task and entry.task.unit else None
        if entry.task is None:
            unit = only
        if unit is not None:
            yield entry.done_on, unit, entry.minutes * min(week.minutes, week.logged_minutes) // week.logged_minutes


def _only_units(placements: Collection[UUID]) -> dict[UUID, _Unit]:
    """The placements all of whose tasks are for one and the same unit: there a day without a task is for it, too."""
    units: dict[UUID, set[_Unit | None]] = defaultdict(set)
    tasks = PlacementTask.objects.filter(placement__in=placements)
    for placement, unit, code in tasks.values_list("placement_id", "unit_id", "unit__code"):
        units[placement].add((unit, code) if unit else None)
    found = {}
    for placement, some in units.items():
        only = next(iter(some))
        if len(some) == 1 and only is not None:
            found[placement] = only
    return found


def _in_registers(places: Collection[UUID]) -> set[tuple[UUID, date]]:
    rows = Attendance.objects.filter(
        enrolment__in=places,
        session__kind=HoursKind.COMPANY,
        session__status=SessionStatus.LOCKED,
        mark__in=IN_THE_ROOM,
    )
    return set(rows.values_list("enrolment_id", "session__held_on"))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
