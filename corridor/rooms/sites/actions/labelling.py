"""Labels for machines: made when they are printed for the first time, and made anew where one was lost."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log

from ..holding import hold_equipment
from ..models import Equipment, EquipmentLabel


@transaction.atomic
def label_equipment(*, equipment: Sequence[Equipment], on: date, anew: bool = False, by: Actor) -> list[EquipmentLabel]:
    """The label that stands for each machine, in their order. ``anew``: what stuck there so far leads nowhere any more."""
    held = hold_equipment([each.pk for each in equipment], by=by)
    standing = EquipmentLabel.objects.filter(equipment__in=held, ended_on__isnull=True)
    if anew:
        standing.update(ended_on=on)
    labels = {} if anew else {label.equipment_id: label for label in standing}
    made = [EquipmentLabel(equipment=row, made_on=on) for row in held if row.pk not in labels]
    EquipmentLabel.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.label_made", by=by, subjects=made)
    labels |= {label.equipment_id: label for label in made}
    rows = {row.pk: row for row in held}
    for label in labels.values():
        label.equipment = rows[label.equipment_id]
    return [labels[each.pk] for each in equipment]
