"""Who may issue what where, what a credential counts as in each country, keys and their history, and the signed credentials."""

from .attestations import Attestation, AttestationChange, AttestationKind, EndorsementText
from .credentials import Credential, CredentialChange, CredentialQuerySet, CredentialUnit
from .entitlements import AuthorityName, CredentialKind, Entitlement, RecognitionKind, RecognitionStatement
from .holder_links import OPENED_FOR, AskedCorrection, HolderLink, LinkWay
from .joint import JointSigner
from .kept import KeptDocument, KeptIssuer
from .keys import RegisterEdition, SigningKey
from .layouts import CertificateLayout, LayoutSignatory, SignatoryOffice
from .lists import StatusList, StrayEntry
from .showings import Looking, Showing, ShowingLook, ShowingPart, ShownPart, ShownText
from .trees import DayTree, TreeLeaf
from .wallets import MOST_ATTEMPTS, WalletOffer

__all__ = [
    "MOST_ATTEMPTS",
    "OPENED_FOR",
    "AskedCorrection",
    "Attestation",
    "AttestationChange",
    "AttestationKind",
    "AuthorityName",
    "CertificateLayout",
    "Credential",
    "CredentialChange",
    "CredentialKind",
    "CredentialQuerySet",
    "CredentialUnit",
    "DayTree",
    "EndorsementText",
    "Entitlement",
    "HolderLink",
    "JointSigner",
    "KeptDocument",
    "KeptIssuer",
    "LayoutSignatory",
    "LinkWay",
    "Looking",
    "RecognitionKind",
    "RecognitionStatement",
    "RegisterEdition",
    "Showing",
    "ShowingLook",
    "ShowingPart",
    "ShownPart",
    "ShownText",
    "SignatoryOffice",
    "SigningKey",
    "StatusList",
    "StrayEntry",
    "TreeLeaf",
    "WalletOffer",
]
