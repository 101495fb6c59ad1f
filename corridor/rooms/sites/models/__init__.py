"""The tables of the sites' room: places, what stands in them, and what happens to it."""

from .equipment import (
    Condition,
    Equipment,
    EquipmentChange,
    EquipmentLabel,
    EquipmentQuerySet,
)
from .needs import (
    AccreditedCurriculum,
    NeededEquipment,
    UnitNeeds,
)
from .places import (
    Accreditation,
    Brand,
    Listing,
    Site,
    SiteChange,
    SiteKind,
    SiteName,
    SitePost,
)
from .upkeep import (
    Calibration,
    CalibrationResult,
    Fault,
    FaultEnd,
    FaultKind,
    Instruction,
    PartMovement,
    Repair,
    SparePart,
    UseReading,
)

__all__ = [
    "Accreditation",
    "AccreditedCurriculum",
    "Brand",
    "Calibration",
    "CalibrationResult",
    "Condition",
    "Equipment",
    "EquipmentChange",
    "EquipmentLabel",
    "EquipmentQuerySet",
    "Fault",
    "FaultEnd",
    "FaultKind",
    "Instruction",
    "Listing",
    "NeededEquipment",
    "PartMovement",
    "Repair",
    "Site",
    "SiteChange",
    "SiteKind",
    "SiteName",
    "SitePost",
    "SparePart",
    "UnitNeeds",
    "UseReading",
]
