"""Who may issue what where, what a credential counts as in each country, keys and their history, and the signed credentials."""

from .credentials import Credential, CredentialChange, CredentialQuerySet, CredentialUnit
from .entitlements import CredentialKind, Entitlement, RecognitionKind, RecognitionStatement
from .kept import KeptDocument, KeptIssuer
from .keys import RegisterEdition, SigningKey
from .lists import StatusList, StrayEntry
from .trees import DayTree, TreeLeaf
from .wallets import MOST_ATTEMPTS, WalletOffer

__all__ = [
    "MOST_ATTEMPTS",
    "Credential",
    "CredentialChange",
    "CredentialKind",
    "CredentialQuerySet",
    "CredentialUnit",
    "DayTree",
    "Entitlement",
    "KeptDocument",
    "KeptIssuer",
    "RecognitionKind",
    "RecognitionStatement",
    "RegisterEdition",
    "SigningKey",
    "StatusList",
    "StrayEntry",
    "TreeLeaf",
    "WalletOffer",
]
