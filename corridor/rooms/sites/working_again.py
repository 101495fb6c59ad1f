"""When a machine goes back to work by itself."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import Step, take_steps

from .holding import last_change
from .lifecycle import EquipmentStatus
from .models import Equipment, Fault, Repair


def still_wrong(keys: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Of machines with these keys, those of which a fault is open, and those that are being repaired. Two statements."""
    faulty = set(Fault.objects.filter(equipment__in=keys, settled_on__isnull=True).values_list("equipment", flat=True))
    in_repair = set(
        Repair.objects.filter(equipment__in=keys, ended_on__isnull=True).values_list("equipment", flat=True)
    )
    return faulty, in_repair


def works_again(rows: Sequence[Equipment], days: dict[UUID, date], *, by: Actor) -> None:
    """Back to work, from its day, each machine that is held and on which no fault and no repair is open any more."""
    faulty, in_repair = still_wrong([row.pk for row in rows])
    stopped = {EquipmentStatus.FAULTY.value, EquipmentStatus.IN_REPAIR.value}
    steps = [
        Step(row, EquipmentStatus.WORKING, max(days[row.pk], last_change(row) or days[row.pk]))
        for row in rows
        if row.status in stopped and row.pk not in faulty and row.pk not in in_repair
    ]
    take_steps(steps, by=by)


def after_repair(row: Equipment, on: date, *, by: Actor) -> None:
    """A repair of it is over: it works from that day, or is faulty still where another fault is open."""
    faulty, in_repair = still_wrong([row.pk])
    if row.status == EquipmentStatus.IN_REPAIR and faulty and not in_repair:
        take_steps([Step(row, EquipmentStatus.FAULTY, max(on, last_change(row) or on))], by=by)
    works_again([row], {row.pk: on}, by=by)
