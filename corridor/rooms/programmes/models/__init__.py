"""What members run together: under which agreement, answering which announcement, with which curriculum, where."""

from ..kinds import ApprovalStep, MemberRole, ProgrammeKind, ReviewEnding, RiskLevel, StepOutcome
from .approving import NeededStep, StepFinding
from .funding import FundingSplit, ProgrammeFunding
from .ground import ProgrammeAgreement, ProgrammeAnnouncement, ProgrammeDemand
from .intakes import IntakePlan
from .programmes import (
    Programme,
    ProgrammeChange,
    ProgrammeLanguage,
    ProgrammeMember,
    ProgrammeSite,
    ProgrammeTitle,
)
from .reviews import ProgrammeReview, ReviewFigure
from .risks import ProgrammeDecision, ProgrammeRisk, RiskChange
from .study import HUNDREDTHS, StudyCredit, StudyMember, StudyPlan, StudyTerm, credits_of

__all__ = [
    "HUNDREDTHS",
    "ApprovalStep",
    "FundingSplit",
    "IntakePlan",
    "MemberRole",
    "NeededStep",
    "Programme",
    "ProgrammeAgreement",
    "ProgrammeAnnouncement",
    "ProgrammeChange",
    "ProgrammeDecision",
    "ProgrammeDemand",
    "ProgrammeFunding",
    "ProgrammeKind",
    "ProgrammeLanguage",
    "ProgrammeMember",
    "ProgrammeReview",
    "ProgrammeRisk",
    "ProgrammeSite",
    "ProgrammeTitle",
    "ReviewEnding",
    "ReviewFigure",
    "RiskChange",
    "RiskLevel",
    "StepFinding",
    "StepOutcome",
    "StudyCredit",
    "StudyMember",
    "StudyPlan",
    "StudyTerm",
    "credits_of",
]
