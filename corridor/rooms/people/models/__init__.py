"""Persons: the one home of personal data."""

from corridor.rooms.members.models import SourceMark

from .consents import Consent, Need, Purpose, PurposeBasis, PurposeText, Taking
from .contacts import ContactChannel, ContactKind, ContactUse
from .doubles import Answer, LikelyDouble, UndoneMerge
from .exports import DataExport
from .names import CertificateName, Confirming, NameForm, NameKey, PersonName, Romanisation
from .papers import PaperKind, PaperSeen
from .persons import BirthCalendar, BirthPrecision, Disability, NameOrder, Person, Sex
from .photos import PersonPhoto
from .retention import Ending, RecordKind, RetentionRule
from .rights import Erasure, Hold, Part, RequestKind, RightsRequest, RightsRequestChange
from .sourced import SourcedId
from .transfers import DataClass, Occasion, Transfer, TransferBasis, TransferredPerson, TransferThreshold

__all__ = [
    "Answer",
    "BirthCalendar",
    "BirthPrecision",
    "CertificateName",
    "Confirming",
    "Consent",
    "ContactChannel",
    "ContactKind",
    "ContactUse",
    "DataClass",
    "DataExport",
    "Disability",
    "Ending",
    "Erasure",
    "Hold",
    "LikelyDouble",
    "NameForm",
    "NameKey",
    "NameOrder",
    "Need",
    "Occasion",
    "PaperKind",
    "PaperSeen",
    "Part",
    "Person",
    "PersonName",
    "PersonPhoto",
    "Purpose",
    "PurposeBasis",
    "PurposeText",
    "RecordKind",
    "RequestKind",
    "RetentionRule",
    "RightsRequest",
    "RightsRequestChange",
    "Romanisation",
    "Sex",
    "SourceMark",
    "SourcedId",
    "Taking",
    "Transfer",
    "TransferBasis",
    "TransferThreshold",
    "TransferredPerson",
    "UndoneMerge",
]
