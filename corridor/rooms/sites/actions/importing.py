"""How an import of equipment is taken back."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import take_back
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..holding import hold_equipment
from ..models import Equipment, EquipmentChange


@transaction.atomic
def take_steps_back(*, keys: Sequence[UUID], by: Actor) -> int:
    """Strike the last step of each: the one that an import took by mistake."""
    held = hold_equipment(keys, by=by)
    for row in held:
        take_back(row)
    log.record_each("sites.equipment_taken_back", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_equipment(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away what an import wrote down by mistake.

    :raises BuiltOn: if something stands on it, or it has changed its state since.
    """
    held = hold_equipment(keys, by=by)
    steps = Counter(EquipmentChange.objects.filter(equipment__in=held).values_list("equipment", flat=True))
    moved = {key for key, count in steps.items() if count > 1}
    for row in held:
        if row.pk in moved or row.version > 1:
            raise BuiltOn(
                N_("%(equipment)s was changed again since; the import cannot be taken back."), equipment=str(row)
            )
    try:
        with transaction.atomic():
            EquipmentChange.objects.filter(equipment__in=held).delete()
            Equipment.objects.filter(pk__in=[row.pk for row in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on this equipment since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("sites.import_undone", by=by, subjects=held)
    return len(held)
