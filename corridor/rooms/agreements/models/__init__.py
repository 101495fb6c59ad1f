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
from .obligations import Obligation, ObligationChange, ObligationQuerySet
from .signers import Signature, Signer, SigningLink
from .versions import AgreementVersion

__all__ = [
    "EXPIRING_DAYS",
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
    "ClauseTemplate",
    "MotionAnswer",
    "Obligation",
    "ObligationChange",
    "ObligationQuerySet",
    "Signature",
    "Signer",
    "SigningLink",
    "SigningOrder",
]
