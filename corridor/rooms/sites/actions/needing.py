"""What assessing a unit needs, written down for whole curricula at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from ..models import NeededEquipment, UnitNeeds


@dataclass(frozen=True)
class NeedsDraft:
    """``equipment`` says how many of each kind; nothing: the unit is assessed without. It is asked from that day."""

    unit: Unit
    equipment: Mapping[str, int]
    asked_from: date


@transaction.atomic
def describe_needs(*, needs: Sequence[NeedsDraft], by: Actor) -> list[UnitNeeds]:
    """Write down what units need; what stood there so far is replaced. :raises BadInput: for a kind without a name, or none of it."""
    by.require(Permission.CURRICULUM_EDIT)
    for draft in needs:
        if any(not kind.strip() or not 1 <= count <= 999 for kind, count in draft.equipment.items()):
            raise BadInput([Problem(N_("Name each kind of equipment, and how many of it: 1 to 999."), column="kind")])
    found = []
    for draft in needs:
        row, _is_new = UnitNeeds.objects.update_or_create(unit=draft.unit, defaults={"asked_from": draft.asked_from})
        row.equipment.all().delete()
        NeededEquipment.objects.bulk_create(
            [NeededEquipment(needs=row, kind=kind.strip(), count=count) for kind, count in draft.equipment.items()]
        )
        found.append(row)
    log.record_each("sites.needs_described", by=by, subjects=found)
    return found
