"""Every way a demand statement can change."""

from ..refusals import AlreadyReplaced, NeededBefore, NoPaper, ReferenceTaken, StatedAlready, StatedByAnother
from .importing import remove_statements, revise_drafts, take_statements_back
from .occupations import read_occupations
from .papers import keep_paper
from .stating import mark_met, publish_draft, state_demand, state_demands

__all__ = [
    "AlreadyReplaced",
    "NeededBefore",
    "NoPaper",
    "ReferenceTaken",
    "StatedAlready",
    "StatedByAnother",
    "keep_paper",
    "mark_met",
    "publish_draft",
    "read_occupations",
    "remove_statements",
    "revise_drafts",
    "state_demand",
    "state_demands",
    "take_statements_back",
]
