"""The alliance itself, the organisations it knows, their memberships and who speaks for them."""

from .alliance import Alliance, AllianceName, FoundingPlace, ListedPlace, SourceMark
from .memberships import Membership, MembershipChange
from .organisations import NameKind, Organisation, OrganisationKind, OrganisationName
from .seats import Seat, Substitute

__all__ = [
    "Alliance",
    "AllianceName",
    "FoundingPlace",
    "ListedPlace",
    "Membership",
    "MembershipChange",
    "NameKind",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Seat",
    "SourceMark",
    "Substitute",
]
