"""Labels for machines: made when they are printed for the first time, and made anew where one was lost."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.wording import N_

from ..holding import hold_equipment
from ..lifecycle import EquipmentStatus
from ..models import Equipment, EquipmentLabel, Site
from ..printing.labels import print_labels
from ..refusals import NothingToLabel


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


@transaction.atomic
def label_sheet(*, site: Site, only: Collection[UUID] = (), anew: bool = False, on: date, by: Actor) -> bytes:
    """
    The labels of what stands at a site, ready to print: of all that is not retired, or of some.

    :raises NothingToLabel: if there is none of it. :raises CannotPrint: if a character is in none of the fonts.
    """
    by.require(Permission.EQUIPMENT_KEEP, on=site)
    rows = Equipment.objects.filter(site=site).exclude(status=EquipmentStatus.RETIRED).order_by("inventory_number")
    machines = list(rows.filter(pk__in=only) if only else rows)
    if not machines:
        raise NothingToLabel(N_("There is no equipment here that could carry a label."))
    labels = label_equipment(equipment=machines, on=on, anew=anew, by=by)
    prefetch_related_objects([label.equipment.site for label in labels], "names")
    return print_labels(labels, on=on)
