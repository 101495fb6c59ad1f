"""Agreements between any number of members, with one canonical text that each of them signs."""

from .agreements import (
    EXPIRING_DAYS,
    Agreement,
    AgreementChange,
    AgreementParty,
    AgreementQuerySet,
    AgreementText,
)
from .kinds import AgreementKind, AgreementKindName, ClauseTemplate, SigningOrder
from .lines import AgreementLine
from .motions import AgreementMotion, AgreementMotionChange, MotionAnswer
from .obligations import (
    LONGEST_RHYTHM,
    REMIND_BEFORE,
    CalendarAddress,
    Obligation,
    ObligationChange,
    ObligationOccurrence,
    ObligationQuerySet,
    ShownBy,
)
from .signers import Signature, Signer, SigningLink
from .versions import AgreementVersion

__all__ = [
    "EXPIRING_DAYS",
    "LONGEST_RHYTHM",
    "REMIND_BEFORE",
    "Agreement",
    "AgreementChange",
    "AgreementKind",
    "AgreementKindName",
    "AgreementLine",
    "AgreementMotion",
    "AgreementMotionChange",
    "AgreementParty",
    "AgreementQuerySet",
    "AgreementText",
    "AgreementVersion",
    "CalendarAddress",
    "ClauseTemplate",
    "MotionAnswer",
    "Obligation",
    "ObligationChange",
    "ObligationOccurrence",
    "ObligationQuerySet",
    "ShownBy",
    "Signature",
    "Signer",
    "SigningLink",
    "SigningOrder",
]
