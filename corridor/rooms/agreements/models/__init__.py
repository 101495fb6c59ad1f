"""Agreements between any number of members, with one canonical text that each of them signs."""

from .agreements import (
    EXPIRING_DAYS,
    Agreement,
    AgreementChange,
    AgreementParty,
    AgreementQuerySet,
    AgreementText,
    SigningOrder,
)
from .obligations import Obligation, ObligationChange, ObligationQuerySet
from .signers import Signature, Signer, SigningLink

__all__ = [
    "EXPIRING_DAYS",
    "Agreement",
    "AgreementChange",
    "AgreementParty",
    "AgreementQuerySet",
    "AgreementText",
    "Obligation",
    "ObligationChange",
    "ObligationQuerySet",
    "Signature",
    "Signer",
    "SigningLink",
    "SigningOrder",
]
