"""What happens to equipment: it breaks, is mended, is labelled; and what lies in the store."""

from datetime import UTC, date, datetime
from decimal import Decimal

from corridor.foundations.access import NIGHTLY
from corridor.rooms.sites import actions
from corridor.rooms.sites.drafts import CalibrationDraft, FaultDraft, PartDraft, ReadingDraft, RepairDraft
from corridor.rooms.sites.models import (
    Calibration,
    Equipment,
    EquipmentLabel,
    Fault,
    Repair,
    Site,
    SparePart,
    UseReading,
)

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
BROKEN_ON, MENDED_ON = date(2024, 1, 8), date(2024, 1, 19)


def make_fault(equipment: Equipment, *, what: str = "dead", on: date = BROKEN_ON, words: str = "") -> Fault:
    return actions.report_faults(faults=[FaultDraft(equipment, what, on, words)], at=AT, by=NIGHTLY)[0]


def make_repair(
    equipment: Equipment, *, fault: Fault | None = None, began_on: date = BROKEN_ON, ended_on: date | None = MENDED_ON
) -> Repair:
    draft = RepairDraft(
        equipment, began_on, "Mekong Lift Service", ended_on, "A new pump", Decimal(1_200_000), "LAK", fault=fault
    )
    return actions.begin_repairs(repairs=[draft], at=AT, by=NIGHTLY)[0]


def make_part(site: Site, number: str = "P-7", *, stock: int = 3, reorder_level: int = 1) -> SparePart:
    draft = PartDraft(site, number, "Hose", stock=stock, reorder_level=reorder_level)
    return actions.add_parts(parts=[draft], by=NIGHTLY)[0]


def make_label(equipment: Equipment) -> EquipmentLabel:
    return actions.label_equipment(equipment=[equipment], on=BROKEN_ON, by=NIGHTLY)[0]


def make_reading(equipment: Equipment, *, on: date, hours: Decimal) -> UseReading:
    return actions.write_readings(readings=[ReadingDraft(equipment, on, hours)], by=NIGHTLY)[0]


def make_calibration(equipment: Equipment, *, on: date, result: str = "passed") -> Calibration:
    draft = CalibrationDraft(equipment, on, "Metrology office", result)
    return actions.calibrate_equipment(calibrations=[draft], at=AT, by=NIGHTLY)[0]
