"""The words that forms about assessment offer."""

from ..lifecycle import AppealStatus, PriorStatus, SchemeStatus
from ..models import (
    ChecklistPlace,
    EvidenceNeed,
    Found,
    InstrumentKind,
    Judges,
    RelationKind,
    Result,
    Settling,
    SignerRole,
    Signing,
    Stance,
    Weight,
)

__all__ = [
    "AppealStatus",
    "ChecklistPlace",
    "EvidenceNeed",
    "Found",
    "InstrumentKind",
    "Judges",
    "PriorStatus",
    "RelationKind",
    "Result",
    "SchemeStatus",
    "Settling",
    "SignerRole",
    "Signing",
    "Stance",
    "Weight",
]
