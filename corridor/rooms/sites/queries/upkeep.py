"""The history of a machine: its hours, faults, repairs, calibrations and instructions; and what lies in the store of a site."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..calibrating import due_on, late_calibrations
from ..models import (
    Calibration,
    CalibrationResult,
    Equipment,
    EquipmentLabel,
    Fault,
    FaultEnd,
    FaultKind,
    PartMovement,
    Repair,
    Site,
    SparePart,
)
from .equipment import get_equipment

# (code, label) of what forms offer.
FAULT_KINDS, FAULT_ENDS, CALIBRATION_RESULTS = FaultKind.choices, FaultEnd.choices, CalibrationResult.choices


@dataclass(frozen=True)
class Upkeep:
    """Everything that happened to one machine, the latest first, and on which day its calibration is due (None: never)."""

    readings: list[Any]
    faults: list[Fault]
    repairs: list[Repair]
    calibrations: list[Calibration]
    instructions: list[Any]
    calibration_due_on: date | None
    label: EquipmentLabel | None

    @property
    def open_faults(self) -> list[Fault]:
        return [each for each in self.faults if each.settled_on is None]

    @property
    def open_repair(self) -> Repair | None:
        return next((each for each in self.repairs if each.ended_on is None), None)


def upkeep_of(*, equipment: Equipment, by: Actor) -> Upkeep:
    """:raises AccessDenied: for whoever may not look at the equipment of the site."""
    by.require(Permission.EQUIPMENT_VIEW, on=equipment)
    repairs = equipment.repairs.select_related("fault", "paid_by", "document").prefetch_related("parts_used__part")
    calibrations = list(equipment.calibrations.select_related("document").order_by("-calibrated_on"))
    return Upkeep(
        list(equipment.readings.order_by("-read_on")),
        list(equipment.faults.order_by("-reported_on", "-pk")),
        list(repairs.order_by("-began_on", "-pk")),
        calibrations,
        list(equipment.instructions.order_by("-held_on")),
        due_on(equipment, calibrations),
        equipment.labels.filter(ended_on__isnull=True).first(),
    )


def get_fault(*, key: UUID, by: Actor, site: str = "") -> Fault:
    """:raises NotFound: if there is none of that key that this actor may see."""
    return _one(Fault, key, site, by)


def get_repair(*, key: UUID, by: Actor, site: str = "") -> Repair:
    return _one(Repair, key, site, by)


def list_faults(
    *, by: Actor, on: date, site: str = "", open_only: bool = False, after: UUID | None = None
) -> QuerySet[Fault]:
    """Faults that were reported by that day at the sites that this actor may look into, in the order of their keys."""
    found = Fault.objects.filter(equipment__in=Equipment.objects.visible_to(by), reported_on__lte=on)
    if site:
        found = found.filter(equipment__site__reference=site)
    if open_only:
        found = found.filter(Q(settled_on__isnull=True) | Q(settled_on__gt=on))
    if after is not None:
        found = found.filter(pk__gt=after)
    return found.select_related("equipment__site").order_by("pk")


def list_repairs(*, by: Actor, site: str = "", after: UUID | None = None) -> QuerySet[Repair]:
    found = Repair.objects.filter(equipment__in=Equipment.objects.visible_to(by))
    if site:
        found = found.filter(equipment__site__reference=site)
    if after is not None:
        found = found.filter(pk__gt=after)
    return (
        found.select_related("equipment__site", "paid_by", "document")
        .prefetch_related("parts_used__part")
        .order_by("pk")
    )


def equipment_behind(*, secret: str, on: date, by: Actor) -> Equipment:  # noqa: ARG001 (whoever holds the label)
    """The machine on which a label sticks. :raises NotFound: if no label with that secret stands that day."""
    label = (
        EquipmentLabel.objects.select_related("equipment__site")
        .prefetch_related("equipment__site__names")
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), secret=secret)
        .first()
    )
    if label is None:
        raise NotFound(N_("This label does not stand any more. Tell the site which machine it is."))
    return label.equipment


def open_fault_of(*, equipment: Equipment, by: Actor) -> Fault | None:  # noqa: ARG001 (whoever holds the label)
    return equipment.faults.filter(settled_on__isnull=True).order_by("reported_on").first()


def list_parts(*, by: Actor, site: str = "", low_only: bool = False, after: str = "") -> QuerySet[SparePart]:
    """What lies in the stores that this actor may look into, by site and number; ``after`` is the last one read, like "wks-one/P-7"."""
    found = SparePart.objects.select_related("site")
    if not by.holds_everywhere(Permission.EQUIPMENT_VIEW):
        found = found.filter(
            Q(site__in=by.ids_with(Permission.EQUIPMENT_VIEW, "site"))
            | Q(site__host__in=by.ids_with(Permission.EQUIPMENT_VIEW, "member"))
        )
    if site:
        found = found.filter(site__reference=site)
    if low_only:
        found = found.filter(stock__lte=F("reorder_level"))
    if after:
        there, _slash, number = after.partition("/")
        found = found.filter(Q(site__reference__gt=there) | Q(site__reference=there, number__gt=number))
    moves = Prefetch("movements", PartMovement.objects.select_related("repair__equipment").order_by("-moved_on", "-pk"))
    return found.prefetch_related(moves).order_by("site__reference", "number")


def get_part(*, key: UUID, by: Actor, site: str = "") -> SparePart:
    """:raises NotFound: if there is none of that key that this actor may see."""
    found = list_parts(by=by, site=site).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such spare part."))
    return found


def open_upkeep_paper(*, site: str, equipment: UUID, key: UUID, by: Actor, on: date) -> tuple[Document, bytes]:
    """The paper of a repair or of a calibration of a machine. :raises NotFound: if there is none."""
    machine = get_equipment(site=site, key=equipment, by=by, on=on)
    row = machine.repairs.filter(pk=key).first() or machine.calibrations.filter(pk=key).first()
    if row is None or row.document is None:
        raise NotFound(N_("No paper is kept with it."))
    return row.document, bytes_of(row.document)


@dataclass(frozen=True)
class ToKeep:
    """What waits at one site for whoever keeps its equipment."""

    site: Any
    faults: list[Fault]
    calibrations: list[Equipment]
    parts: list[SparePart]


def upkeep_waiting(*, on: date, by: Actor) -> list[ToKeep]:
    """At the sites that this actor manages: open faults, calibrations that are due, and parts that run out."""
    keys = by.ids_with(Permission.EQUIPMENT_KEEP, "site")
    if not keys:
        return []
    faults = Fault.objects.filter(equipment__site__in=keys, settled_on__isnull=True).select_related("equipment__site")
    due = late_calibrations(Equipment.objects.filter(site__in=keys), on=on)
    low = [each for each in SparePart.objects.filter(site__in=keys).select_related("site") if each.is_low]
    found: dict[Any, ToKeep] = {}

    def of(site: Any) -> ToKeep:
        return found.setdefault(site.pk, ToKeep(site, [], [], []))

    for fault in faults.order_by("reported_on", "pk"):
        of(fault.equipment.site).faults.append(fault)
    for machine in due:
        of(machine.site).calibrations.append(machine)
    for part in low:
        of(part.site).parts.append(part)
    return sorted(found.values(), key=lambda each: each.site.reference)


@dataclass(frozen=True)
class Due:
    """One thing that waits at a site: a "calibration", a "fault" or a "part"; ``since`` is None for parts, which have no day."""

    site: str
    what: str
    number: str
    since: date | None
    words: str


def equipment_due(*, on: date, by: Actor, site: str = "") -> list[Due]:
    """Calibrations that are due that day, faults that are open, and parts that are at the count at which they are ordered, by site."""
    machines = Equipment.objects.visible_to(by)
    if site:
        if not Site.objects.filter(reference=site).exists():
            raise NotFound(N_("There is no site %(reference)s."), reference=site)
        machines = machines.filter(site__reference=site)
    found = [
        Due(each.site.reference, "calibration", each.inventory_number, due_on(each, each.calibrations.all()), each.kind)
        for each in late_calibrations(machines, on=on)
    ]
    for fault in list_faults(by=by, on=on, site=site, open_only=True):
        machine = fault.equipment
        words = f"{machine.kind}: {fault.words or fault.get_what_display()}"
        found.append(Due(machine.site.reference, "fault", machine.inventory_number, fault.reported_on, words))
    found += [
        Due(each.site.reference, "part", each.number, None, each.name)
        for each in list_parts(by=by, site=site, low_only=True)
    ]
    return sorted(found, key=lambda each: (each.site, each.what, each.since or on, each.number))


def _one(model: Any, key: UUID, site: str, by: Actor) -> Any:
    found = model.objects.filter(pk=key, equipment__in=Equipment.objects.visible_to(by))
    if site:
        found = found.filter(equipment__site__reference=site)
    row = found.select_related("equipment__site").first()
    if row is None:
        raise NotFound(N_("There is no such record of this equipment."))
    return row


def parts_named(*, numbers: Collection[str], site: str, by: Actor) -> dict[str, SparePart]:
    """The parts of a store by their numbers."""
    return {each.number: each for each in list_parts(by=by, site=site).filter(number__in=numbers)}
