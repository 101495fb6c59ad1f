"""What is given to describe the alliance, to register organisations, to move their memberships on and to give seats."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.access import Role
from corridor.foundations.accounts.models import User

from .lifecycle import MembershipStatus
from .models import NameKind, Organisation, OrganisationKind, SourceMark


@dataclass(frozen=True)
class AllianceDraft:
    """``founded_precision`` is "year" or "day"; ``home_zone`` is a name of the IANA database."""

    code: str
    founded_on: date
    home_zone: str
    home_place: str
    founded_precision: str = "year"
    source: str = ""


@dataclass(frozen=True)
class AllianceNameDraft:
    language: str
    name: str
    short_name: str


@dataclass(frozen=True)
class FoundingPlaceDraft:
    """``code`` is of ISO 3166-2 (CN-50); ``country`` of ISO 3166-1."""

    code: str
    name: str
    country: str
    source_mark: SourceMark
    source: str = ""


@dataclass(frozen=True)
class ListedPlaceDraft:
    country: str
    source_mark: SourceMark
    source: str = ""


@dataclass(frozen=True)
class OrganisationDraft:
    """``names`` maps a language (BCP 47) to the official name in it; degrees are WGS 84, both or none."""

    reference: str
    kind: OrganisationKind
    country: str
    city: str
    region: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    founding_mark: str = ""
    source_mark: SourceMark = SourceMark.ASSUMED
    source: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    # The key of the new record, where a verdict named it before; else a fresh one.
    key: UUID | None = None


@dataclass(frozen=True)
class NameDraft:
    organisation: Organisation
    language: str
    name: str
    kind: NameKind = NameKind.OFFICIAL
    valid_from: date | None = None
    valid_before: date | None = None


@dataclass(frozen=True)
class MembershipStep:
    """A step of an organisation's membership. APPLIED opens one; every other step is taken by the one under way."""

    organisation: Organisation
    to: MembershipStatus
    on: date
    reason: str = ""


@dataclass(frozen=True)
class SeatDraft:
    """Without an organisation the seat is of the whole alliance. ``held_before`` is the day after the last; None is an open end."""

    user: User
    role: Role
    held_from: date
    organisation: Organisation | None = None
    held_before: date | None = None


@dataclass(frozen=True)
class IdentifierDraft:
    """``scheme`` is a code of identifiers.py; ``register`` says whose numbers they are where the scheme alone does not."""

    organisation: Organisation
    scheme: str
    value: str
    register: str = ""


@dataclass(frozen=True)
class SectorDraft:
    """``scheme`` and ``code`` of a classification that was read in ("isic-4", "8522")."""

    organisation: Organisation
    scheme: str
    code: str
    is_main: bool = False


@dataclass(frozen=True)
class SectorCodeDraft:
    """``titles`` maps a language to the title in it."""

    scheme: str
    code: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class CampusDraft:
    """``names`` maps a language (BCP 47) to the name in it; degrees are WGS 84, both or none."""

    organisation: Organisation
    country: str
    city: str
    names: Mapping[str, str]
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    starts_on: date | None = None
    ends_before: date | None = None


@dataclass(frozen=True)
class ParentDraft:
    organisation: Organisation
    parent: Organisation
    starts_on: date | None = None
    ends_before: date | None = None
