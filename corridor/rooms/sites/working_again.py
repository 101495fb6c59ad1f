"""When a machine goes back to work by itself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import Step, take_steps

from .holding import last_change
from .lifecycle import EquipmentStatus
from .models import Equipment, Fault


def works_again(rows: Sequence[Equipment], days: dict[UUID, date], *, by: Actor) -> None:
    """Back to work, from its day, each machine that is held and on which no fault and no repair is open any more."""
    keys = [row.pk for row in rows]
    faulty = set(Fault.objects.filter(equipment__in=keys, settled_on__isnull=True).values_list("equipment", flat=True))
    in_repair = set(
        Equipment.objects.filter(pk__in=keys, repairs__isnull=False, repairs__ended_on__isnull=True).values_list("pk", flat=True)
    )  # fmt: skip
    stopped = {EquipmentStatus.FAULTY.value, EquipmentStatus.IN_REPAIR.value}
    steps = [
        Step(row, EquipmentStatus.WORKING, max(days[row.pk], last_change(row) or days[row.pk]))
        for row in rows
        if row.status in stopped and row.pk not in faulty and row.pk not in in_repair
    ]
    take_steps(steps, by=by)
