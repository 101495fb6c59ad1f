"""Equipment held by one writer at a time, and what the room finds wrong in it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound, Problem
from corridor.kernel.wording import N_

from .models import Equipment


def hold_equipment(keys: Sequence[UUID], *, by: Actor) -> list[Equipment]:
    """Lock them until the commit, for whoever may keep them."""
    rows = Equipment.objects.select_for_update(of=("self",)).select_related("site").filter(pk__in=keys)
    held = list(rows.order_by("pk"))
    if len(held) < len(set(keys)):
        raise NotFound(N_("There is no such equipment."))
    for site in {row.site_id: row.site for row in held}.values():
        by.require(Permission.EQUIPMENT_KEEP, on=site)
    return held


def faults_of(kind: str, inventory_number: str, count: int) -> list[Problem]:
    faults = []
    if not kind.strip():
        faults.append(Problem(N_("Say what it is."), column="kind"))
    if not inventory_number.strip():
        faults.append(Problem(N_("Write its number in the inventory of the site."), column="inventory_number"))
    if count < 1:
        faults.append(Problem(N_("There is at least one of it."), column="count"))
    return faults


def last_change(equipment: Equipment) -> date | None:
    """The day of its latest change of state; its changes have been read."""
    days = [change.effective_on for change in equipment.changes.all()]
    return max(days, default=None)
