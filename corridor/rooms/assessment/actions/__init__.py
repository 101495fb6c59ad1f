"""Every way an appointment or a decision can change."""

from .appointing import appoint_assessors
from .deciding import NewDecision, change_decision, record_decisions
from .finalising import finalise_decisions

__all__ = ["NewDecision", "appoint_assessors", "change_decision", "finalise_decisions", "record_decisions"]
