"""What a site teaches with: written down, corrected, and how far each thing works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, StaleForm
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..drafts import EquipmentDraft, EquipmentStep
from ..holding import faults_of, hold_equipment
from ..lifecycle import EquipmentStatus
from ..models import Equipment
from ..refusals import NotMendedYet, NumberTaken
from ..working_again import still_wrong

FIELDS = (
    "kind", "count", "acquired_on", "document", "owner", "donor", "value", "currency", "serial", "condition",
    "calibration_months", "running_costs_by", "mended_by",
)  # fmt: skip


@dataclass(frozen=True)
class EquipmentChanged:
    """New values of an item (FIELDS)."""

    equipment: Equipment
    values: Mapping[str, Any]


@transaction.atomic
def add_equipment(*, equipment: Sequence[EquipmentDraft], at: datetime, by: Actor) -> list[Equipment]:
    """
    Write down what stands at sites.

    :raises NumberTaken: if the site has that number already. :raises BadInput: without a kind or a number, or for none of it.
    """
    for site in {draft.site.pk: draft.site for draft in equipment}.values():
        by.require(Permission.EQUIPMENT_KEEP, on=site)
    made = [
        Equipment(
            id=draft.key or new_id(), site=draft.site, kind=draft.kind.strip(), inventory_number=draft.inventory_number.strip(),
            count=draft.count, acquired_on=draft.acquired_on, status=EquipmentStatus.WORKING, owner=draft.owner,
            donor=draft.donor, value=draft.value, currency=draft.currency.strip(), serial=draft.serial.strip(),
            condition=draft.condition, calibration_months=draft.calibration_months,
            running_costs_by=draft.running_costs_by, mended_by=draft.mended_by.strip(), document=draft.document,
        )
        for draft in equipment
    ]  # fmt: skip
    if problems := [problem for row in made for problem in faults_of(row)]:
        raise BadInput(problems)
    _require_new(equipment)
    for row, draft in zip(made, equipment, strict=True):
        if draft.upload:
            row.document = receive(draft.upload, at=at, by=by)
    with contested(lambda: _require_new(equipment)):
        Equipment.objects.bulk_create(made, batch_size=500)
    take_steps(
        [
            Step(row, draft.status, draft.since or draft.acquired_on or at.date(), draft.reason)
            for row, draft in zip(made, equipment, strict=True)
            if draft.status != EquipmentStatus.WORKING
        ],
        by=by,
    )
    log.record_each("sites.equipment_added", by=by, subjects=made)
    return made


@transaction.atomic
def change_equipment(*, changes: Sequence[EquipmentChanged], by: Actor) -> list[Equipment]:
    """Correct what is written down about things. Their site and their number stay. :raises BadInput: as add_equipment."""
    held = {row.pk: row for row in hold_equipment([each.equipment.pk for each in changes], by=by)}
    problems = []
    for change in changes:
        row = held[change.equipment.pk]
        for field, value in change.values.items():
            setattr(row, field, value.strip() if isinstance(value, str) else value)
        problems += faults_of(row)
        row.version += 1
    if problems:
        raise BadInput(problems)
    Equipment.objects.bulk_update(held.values(), [*FIELDS, "version"], batch_size=500)
    log.record_each("sites.equipment_changed", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def correct_equipment(
    *, equipment: Equipment, values: Mapping[str, Any], paper: Upload | None, version: int, at: datetime, by: Actor
) -> Equipment:
    """
    Correct one thing by its form; ``paper`` takes the place of the one that is kept.

    :raises StaleForm: if somebody corrected it since ``version`` was read.
    """
    (held,) = hold_equipment([equipment.pk], by=by)
    if held.version != version:
        raise StaleForm(
            N_("Somebody has changed %(equipment)s since you opened this form."),
            theirs=str(held.version), yours=str(version), equipment=held.inventory_number,
        )  # fmt: skip
    given = {**values, "document": receive(paper, at=at, by=by)} if paper else values
    return change_equipment(changes=[EquipmentChanged(held, given)], by=by)[0]


@transaction.atomic
def move_equipment(*, steps: Sequence[EquipmentStep], by: Actor) -> list[Equipment]:
    """
    Write down how far things work.

    :raises NotMendedYet: for one that is said to work while a fault of it is open, or a repair goes on.
    :raises WrongMoment: if the state of one does not lead there, or it has changed after that day.
    """
    held = {row.pk: row for row in hold_equipment([step.equipment.pk for step in steps], by=by)}
    _require_mended([held[step.equipment.pk] for step in steps if step.to == EquipmentStatus.WORKING])
    take_steps([Step(held[step.equipment.pk], step.to, step.on, step.reason) for step in steps], by=by)
    log.record_each("sites.equipment_moved", by=by, subjects=list(held.values()))
    return list(held.values())


def _require_mended(rows: Sequence[Equipment]) -> None:
    faulty, in_repair = still_wrong([row.pk for row in rows])
    for row in rows:
        if row.pk in faulty:
            raise NotMendedYet(
                N_("A fault of %(equipment)s is open. Settle it; then it works again by itself."), equipment=str(row)
            )
        if row.pk in in_repair:
            raise NotMendedYet(
                N_("%(equipment)s is being repaired. End the repair; then it works again by itself."),
                equipment=str(row),
            )


def _require_new(equipment: Sequence[EquipmentDraft]) -> None:
    sites = {draft.site.pk for draft in equipment}
    taken = set(Equipment.objects.filter(site__in=sites).values_list("site_id", "inventory_number"))
    for draft in equipment:
        key = (draft.site.pk, draft.inventory_number.strip())
        if key in taken:
            raise NumberTaken(
                N_("%(site)s has something under the number %(number)s already."),
                site=draft.site.reference,
                number=key[1],
            )
        taken.add(key)
