"""Every way a programme can change."""

from ..refusals import (
    AgreementNotInForce,
    AgreementNotSigned,
    CommitmentGone,
    HasThatRole,
    HeldThereAlready,
    NobodyLeads,
    NothingToReview,
    ReferenceTaken,
    ReviewedThatDay,
    SplitStands,
)
from .funding import split_funding
from .moving import move_programme, move_programmes, suspend_programmes_under
from .proposing import add_members, add_sites, propose_programme, propose_programmes
from .reviewing import review_programmes

__all__ = [
    "AgreementNotInForce",
    "AgreementNotSigned",
    "CommitmentGone",
    "HasThatRole",
    "HeldThereAlready",
    "NobodyLeads",
    "NothingToReview",
    "ReferenceTaken",
    "ReviewedThatDay",
    "SplitStands",
    "add_members",
    "add_sites",
    "move_programme",
    "move_programmes",
    "propose_programme",
    "propose_programmes",
    "review_programmes",
    "split_funding",
    "suspend_programmes_under",
]
