"""
How many hours of a unit a learner attended, and whether that is enough to be assessed in it (docs/rules/hours.md). The room of assessment
pulls it when it matters; only cohorts that say how much is wanted are asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit, UnitHours

from .lifecycle import SessionStatus
from .models import IN_THE_ROOM, Attendance, Enrolment, HoursWaiver
from .placement_hours import minutes_confirmed
from .refusals import HoursAreMissing

# By place and the code of a unit: days with minutes.
type Minutes = Mapping[tuple[UUID, str], Sequence[tuple[date, int]]]
# A learner who was moved so often has nothing to look for any more.
MOST_MOVES = 10


@dataclass(frozen=True, slots=True)
class Attended:
    """
    What one learner attended of a unit by a day, in minutes, of those wanted: taught, and confirmed by the mentor of a placement. ``waived``: may
    be assessed all the same.
    """

    enrolment: Enrolment
    unit: Unit
    taught: int
    on_placement: int
    wanted: int
    waived: bool

    @property
    def minutes(self) -> int:
        return self.taught + self.on_placement

    @property
    def is_enough(self) -> bool:
        return self.waived or self.minutes >= self.wanted


def attended_of(wanted: Iterable[tuple[Enrolment, Unit, date]]) -> list[Attended]:
    """
    For each learner of a cohort that asks (with its cohort), unit and day. Signed sessions of the unit count for who was there, less the
    minutes late, and hours on placement that the mentor confirmed; what was before a move counts too. Nine statements, and one for each time
    that somebody was moved.
    """
    asked = [each for each in wanted if each[0].cohort.required_share is not None]
    if not asked:
        return []
    units = {unit.pk for _enrolment, unit, _on in asked}
    places = places_behind({enrolment.pk for enrolment, _unit, _on in asked})
    every, codes = {place for several in places.values() for place in several}, {unit.code for _e, unit, _o in asked}
    taught, worked = minutes_attended(every, codes), minutes_confirmed(every, codes)
    hours = dict(
        UnitHours.objects.filter(unit__in=units)
        .order_by()
        .values("unit")
        .annotate(all=Sum("hours"))
        .values_list("unit", "all")
    )
    keys = {enrolment.pk for enrolment, _unit, _on in asked}
    waived = set(HoursWaiver.objects.filter(enrolment__in=keys).values_list("enrolment_id", "unit_id"))
    return [
        Attended(
            enrolment, unit,
            _until(on, taught, places[enrolment.pk], unit.code),
            _until(on, worked, places[enrolment.pk], unit.code),
            hours.get(unit.pk, 0) * 60 * (enrolment.cohort.required_share or 0) // 100,
            (enrolment.pk, unit.pk) in waived,
        )
        for enrolment, unit, on in asked
    ]  # fmt: skip


def _until(on: date, minutes: Minutes, places: Collection[UUID], code: str) -> int:
    return sum(count for place in places for day, count in minutes.get((place, code), ()) if day <= on)


def require_hours(wanted: Iterable[tuple[Enrolment, Unit, date]]) -> None:
    """:raises HoursAreMissing: names the first learner who has not attended as much of the unit as the cohort asks for."""
    for each in attended_of(wanted):
        if not each.is_enough:
            raise HoursAreMissing(
                N_(
                    "%(learner)s has attended %(attended)s of the %(wanted)s hours of %(unit)s that %(cohort)s asks for, confirmed hours on "
                    "placement included. Teach what is missing, or let the secretariat write down why it may be assessed all the same."
                ),
                learner=str(each.enrolment), attended=_hours(each.minutes), wanted=_hours(each.wanted),
                unit=each.unit.code, cohort=each.enrolment.cohort.reference,
            )  # fmt: skip


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole}:{rest:02}"


def places_behind(keys: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each place itself and those from which the learner was moved to it."""
    found = {key: {key} for key in keys}
    now = {key: key for key in keys}
    for _step in range(MOST_MOVES):
        rows = Enrolment.objects.filter(pk__in=set(now.values()), moved_from__isnull=False)
        before = dict(rows.values_list("pk", "moved_from_id"))
        now = {key: before[place] for key, place in now.items() if place in before}
        if not now:
            break
        for key, place in now.items():
            found[key].add(place)
    return found


def minutes_attended(
    places: Collection[UUID], codes: Collection[str]
) -> dict[tuple[UUID, str], list[tuple[date, int]]]:
    """By place and the code of a unit: on which day how many minutes, less those late. One statement."""
    rows = Attendance.objects.filter(
        enrolment__in=places, session__unit__code__in=codes, session__status=SessionStatus.LOCKED, mark__in=IN_THE_ROOM
    )
    found: dict[tuple[UUID, str], list[tuple[date, int]]] = defaultdict(list)
    for place, code, day, minutes, late in rows.values_list(
        "enrolment_id", "session__unit__code", "session__held_on", "session__minutes", "minutes_late"
    ):
        found[place, code].append((day, max(0, minutes - (late or 0))))
    return found
