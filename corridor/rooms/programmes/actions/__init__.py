"""Every way a programme can change."""

from ..refusals import (
    AgreementNotInForce,
    AgreementNotSigned,
    CommitmentGone,
    CreditsOfMemberDiffer,
    CreditsOfTermDiffer,
    HasThatRole,
    HeldThereAlready,
    LookedAtThatDay,
    NobodyLeads,
    NoDegree,
    NothingToReview,
    ReferenceTaken,
    ReviewedThatDay,
    SplitStands,
    StaysOnceApproved,
    StepIsApproved,
    StepNotNeeded,
    StepStillOpen,
    StudyStands,
    TakesNoPart,
)
from .approving import find_at_steps, need_steps
from .changing import change_programme, change_programmes
from .funding import split_funding
from .keeping_log import change_risk, log_decisions, log_risks, move_risks
from .moving import move_programme, move_programmes, suspend_programmes_under
from .planning import plan_intakes
from .planning_study import plan_study
from .proposing import add_members, add_sites, propose_programme, propose_programmes
from .reviewing import review_programmes

__all__ = [
    "AgreementNotInForce",
    "AgreementNotSigned",
    "CommitmentGone",
    "CreditsOfMemberDiffer",
    "CreditsOfTermDiffer",
    "HasThatRole",
    "HeldThereAlready",
    "LookedAtThatDay",
    "NoDegree",
    "NobodyLeads",
    "NothingToReview",
    "ReferenceTaken",
    "ReviewedThatDay",
    "SplitStands",
    "StaysOnceApproved",
    "StepIsApproved",
    "StepNotNeeded",
    "StepStillOpen",
    "StudyStands",
    "TakesNoPart",
    "add_members",
    "add_sites",
    "change_programme",
    "change_programmes",
    "change_risk",
    "find_at_steps",
    "log_decisions",
    "log_risks",
    "move_programme",
    "move_programmes",
    "move_risks",
    "need_steps",
    "plan_intakes",
    "plan_study",
    "propose_programme",
    "propose_programmes",
    "review_programmes",
    "split_funding",
    "suspend_programmes_under",
]
