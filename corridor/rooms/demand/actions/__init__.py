"""Every way a demand statement can change."""

from ..refusals import AlreadyReplaced, ReferenceTaken, StatedAlready, StatedByAnother
from .importing import remove_statements, revise_drafts, take_statements_back
from .stating import mark_met, publish_draft, state_demand, state_demands

__all__ = [
    "AlreadyReplaced",
    "ReferenceTaken",
    "StatedAlready",
    "StatedByAnother",
    "mark_met",
    "publish_draft",
    "remove_statements",
    "revise_drafts",
    "state_demand",
    "state_demands",
    "take_statements_back",
]
