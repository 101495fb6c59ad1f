"""When the calibration of a machine is due."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from corridor.kernel.periods import add_months

from .lifecycle import EquipmentStatus
from .models import Calibration, CalibrationResult, Equipment


def due_on(equipment: Equipment, calibrations: Iterable[Calibration]) -> date | None:
    """
    So many months after the last one that it passed, or after it came; None for what is never calibrated, or nobody knows since when.

    One that it failed is due on that day: until it passes it measures nothing that counts.
    """
    if equipment.calibration_months is None:
        return None
    last = max(calibrations, key=lambda each: each.calibrated_on, default=None)
    if last is not None and last.result == CalibrationResult.FAILED:
        return last.calibrated_on
    since = last.calibrated_on if last is not None else equipment.acquired_on
    return None if since is None else add_months(since, equipment.calibration_months)


def late_calibrations(equipment: QuerySet[Equipment], *, on: date) -> list[Equipment]:
    """Those whose calibration was due by that day; the retired are left out."""
    rows = equipment.filter(calibration_months__isnull=False).exclude(status=EquipmentStatus.RETIRED)
    found = rows.select_related("site").prefetch_related("calibrations").order_by("site__reference", "inventory_number")
    return [each for each in found if is_late(each, each.calibrations.all(), on=on)]


def is_late(equipment: Equipment, calibrations: Iterable[Calibration], *, on: date) -> bool:
    due = due_on(equipment, [each for each in calibrations if each.calibrated_on <= on])
    return due is not None and due <= on
