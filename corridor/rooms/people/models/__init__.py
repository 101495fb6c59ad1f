"""Persons: the one home of personal data."""

from corridor.rooms.members.models import SourceMark

from .exports import DataExport
from .names import NameForm, PersonName
from .persons import Person, Sex
from .retention import Ending, RecordKind, RetentionRule
from .rights import Erasure, Hold, Part, RequestKind, RightsRequest, RightsRequestChange
from .transfers import DataClass, LegalBasis, Occasion, Transfer, TransferredPerson, TransferThreshold

__all__ = [
    "DataClass",
    "DataExport",
    "Ending",
    "Erasure",
    "Hold",
    "LegalBasis",
    "NameForm",
    "Occasion",
    "Part",
    "Person",
    "PersonName",
    "RecordKind",
    "RequestKind",
    "RetentionRule",
    "RightsRequest",
    "RightsRequestChange",
    "Sex",
    "SourceMark",
    "Transfer",
    "TransferThreshold",
    "TransferredPerson",
]
