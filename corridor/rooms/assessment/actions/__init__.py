"""Every way an appointment, a licence or a decision can change."""

from .appointing import appoint_assessors
from .deciding import NewDecision, change_decision, record_decisions
from .finalising import finalise_decisions
from .licensing import LicenceDraft, end_licence, except_capability, grant_licences

__all__ = [
    "LicenceDraft",
    "NewDecision",
    "appoint_assessors",
    "change_decision",
    "end_licence",
    "except_capability",
    "finalise_decisions",
    "grant_licences",
    "record_decisions",
]
