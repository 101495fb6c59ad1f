"""Who may assess, how, what was seen and decided, and how a decision is looked at again."""

from .appeals import Appeal, AppealChange, Panelist, PanelSeat
from .appointing import Appointment, Employment, RelationKind, StatedRelation
from .decisions import ChecklistPlace, Decision, DecisionChange, Result, ResultsRelease, Way
from .evidence import Evidence, EvidenceCriterion, EvidenceKind, EvidencePiece
from .judging import Finding, Found, SignerRole, SignOff, Stance, WrittenMark
from .licences import CapabilityException, Licence
from .moderation import Sample, SamplingPlan, Settling
from .prior import PriorClaim, PriorClaimChange
from .schemes import (
    EvidenceNeed,
    Instrument,
    InstrumentKind,
    InstrumentText,
    Judges,
    Scheme,
    SchemeChange,
    SchemeCriterion,
    SchemeCriterionText,
    Signing,
    Weight,
)
from .sittings import Sitting, SittingCall

__all__ = [
    "Appeal",
    "AppealChange",
    "Appointment",
    "CapabilityException",
    "ChecklistPlace",
    "Decision",
    "DecisionChange",
    "Employment",
    "Evidence",
    "EvidenceCriterion",
    "EvidenceKind",
    "EvidenceNeed",
    "EvidencePiece",
    "Finding",
    "Found",
    "Instrument",
    "InstrumentKind",
    "InstrumentText",
    "Judges",
    "Licence",
    "PanelSeat",
    "Panelist",
    "PriorClaim",
    "PriorClaimChange",
    "RelationKind",
    "Result",
    "ResultsRelease",
    "Sample",
    "SamplingPlan",
    "Scheme",
    "SchemeChange",
    "SchemeCriterion",
    "SchemeCriterionText",
    "Settling",
    "SignOff",
    "SignerRole",
    "Signing",
    "Sitting",
    "SittingCall",
    "Stance",
    "StatedRelation",
    "Way",
    "Weight",
    "WrittenMark",
]
