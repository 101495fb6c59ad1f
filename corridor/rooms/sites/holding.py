"""Equipment held by one writer at a time, and what the room finds wrong in it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound, Problem
from corridor.kernel.wording import N_

from .amounts import faults_of_amount
from .models import Condition, Equipment


def hold_equipment(
    keys: Sequence[UUID], *, by: Actor, permission: Permission = Permission.EQUIPMENT_KEEP
) -> list[Equipment]:
    """Lock them until the commit, for whoever may keep them (or what else is asked)."""
    rows = Equipment.objects.select_for_update(of=("self",)).select_related("site").filter(pk__in=keys)
    held = list(rows.order_by("pk"))
    if len(held) < len(set(keys)):
        raise NotFound(N_("There is no such equipment."))
    for row in held if permission != Permission.EQUIPMENT_KEEP else {row.site_id: row for row in held}.values():
        by.require(permission, on=row)
    return held


def faults_of(row: Equipment) -> list[Problem]:
    """What is wrong with it as it would be written."""
    faults = []
    if not row.kind.strip():
        faults.append(Problem(N_("Say what it is."), column="kind"))
    if not row.inventory_number.strip():
        faults.append(Problem(N_("Write its number in the inventory of the site."), column="inventory_number"))
    if row.count < 1:
        faults.append(Problem(N_("There is at least one of it."), column="count"))
    if row.condition and row.condition not in Condition:
        faults.append(Problem(N_("There is no such condition."), column="condition"))
    if row.calibration_months is not None and not 1 <= row.calibration_months <= 240:
        faults.append(Problem(N_("A rhythm is from 1 to 240 months."), column="calibration_months"))
    return faults + faults_of_amount(row.value, row.currency, column="value")


def last_change(equipment: Equipment) -> date | None:
    """The day of its latest change of state; its changes have been read."""
    days = [change.effective_on for change in equipment.changes.all()]
    return max(days, default=None)
