"""What is planned and what was taught of each unit, by kind, beside what the curriculum wants; and who has attended too little."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import HoursKind, Unit, UnitHours

from ..lifecycle import EnrolmentStatus, SessionStatus
from ..models import Cohort, Enrolment, Session, SessionKind
from ..names import Name, names_of
from ..placement_hours import Worked, worked_in
from ..required_hours import Attended, attended_of

# A curriculum knows no hours online: what is taught online is theory that is taught elsewhere.
COUNTS_AS = {kind.value: kind.value for kind in SessionKind} | {SessionKind.ONLINE.value: HoursKind.THEORY.value}


@dataclass(frozen=True, slots=True)
class KindHours:
    """Minutes of one kind: wanted by the curriculum, planned (all but cancelled), and delivered (with a signed register)."""

    kind: str
    wanted: int
    planned: int
    delivered: int

    @property
    def is_short(self) -> bool:
        return self.planned < self.wanted


@dataclass(frozen=True, slots=True)
class UnitRow:
    """
    A unit with its kinds; ``unit`` None gathers the sessions that are of no unit. ``on_placement`` are the minutes that mentors confirmed, of so
    many ``placed`` learners together.
    """

    unit: Unit | None
    kinds: tuple[KindHours, ...]
    on_placement: int = 0
    placed: int = 0

    @property
    def total(self) -> KindHours:
        return KindHours(
            "", *(sum(getattr(each, name) for each in self.kinds) for name in ("wanted", "planned", "delivered"))
        )


def hours_of(*, cohort: Cohort, by: Actor) -> list[UnitRow]:
    """The units in their order, then what is of none. Eight statements. :raises NotFound: for who may not see the cohort."""
    if not Cohort.objects.visible_to(by).filter(pk=cohort.pk).exists():
        raise NotFound(N_("There is no cohort %(reference)s that you may see."), reference=cohort.reference)
    units = list(
        Unit.objects.filter(version=cohort.curriculum_version_id).prefetch_related("titles").order_by("position")
    )
    wanted: dict[tuple[object, str], int] = {}
    for unit, kind, hours in UnitHours.objects.filter(unit__in=units).values_list("unit_id", "kind", "hours"):
        wanted[unit, kind] = hours * 60
    planned: dict[tuple[object, str], int] = defaultdict(int)
    delivered: dict[tuple[object, str], int] = defaultdict(int)
    rows = Session.objects.filter(cohort=cohort).exclude(status=SessionStatus.CANCELLED).order_by()
    for unit, kind, status, minutes in rows.values_list("unit_id", "kind", "status").annotate(Sum("minutes")):
        planned[unit, COUNTS_AS[kind]] += minutes
        if status == SessionStatus.LOCKED:
            delivered[unit, COUNTS_AS[kind]] += minutes
    worked: dict[object, list[Worked]] = defaultdict(list)
    for each in worked_in(Enrolment.objects.filter(cohort=cohort).values_list("pk", flat=True)):
        worked[each.unit].append(each)
    found = []
    for row in [*units, None]:
        key = row.pk if row else None
        kinds = tuple(
            KindHours(
                kind.value, wanted.get((key, kind.value), 0), planned[key, kind.value], delivered[key, kind.value]
            )
            for kind in HoursKind
        )
        if row is not None or any(each.planned for each in kinds):
            there = worked[key]
            found.append(UnitRow(row, kinds, sum(each.minutes for each in there), len({each.place for each in there})))
    return found


def short_of_hours(*, cohort: Cohort, on: date, by: Actor) -> list[tuple[Attended, Name]]:
    """
    The learners who attend and have not attended as much of a unit as the cohort asks for, by unit and seat; nothing where it does not ask.

    :raises AccessDenied: for who may not see the learners.
    """
    by.require(Permission.LEARNER_VIEW, on=cohort)
    if cohort.required_share is None:
        return []
    learning = [EnrolmentStatus.ATTENDING.value, EnrolmentStatus.SUSPENDED.value]
    rows = Enrolment.objects.filter(cohort=cohort, status__in=learning).select_related("cohort").order_by("number")
    places = list(rows)
    units = Unit.objects.filter(version=cohort.curriculum_version_id).order_by("position")
    short = [
        each for each in attended_of((place, unit, on) for unit in units for place in places) if not each.is_enough
    ]
    names = names_of({each.enrolment.person_id for each in short})
    return [(each, names[each.enrolment.person_id]) for each in short]
