"""What is given to register a site, to list it under a brand and to move it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import EquipmentStatus, SiteStatus
from .models import Brand, Equipment, Site


@dataclass(frozen=True)
class SiteDraft:
    """``zone`` is a name of the IANA database; degrees are WGS 84; ``names`` maps a language (BCP 47) to the name."""

    reference: str
    kind: str
    host: Organisation
    country: str
    city: str
    zone: str
    latitude: Decimal
    longitude: Decimal
    names: Mapping[str, str]
    source_mark: str = SourceMark.ASSUMED
    source: str = ""


@dataclass(frozen=True)
class ListingDraft:
    """``ends_before`` is the day after the last; None is an open end."""

    site: Site
    brand: Brand
    starts_on: date
    ends_before: date | None = None
    accepted_on: date | None = None


@dataclass(frozen=True)
class SiteStep:
    site: Site
    to: SiteStatus
    on: date
    reason: str = ""


@dataclass(frozen=True)
class AccreditationDraft:
    """``ends_before`` is the first day without it; None where it has no end. ``upload`` is the paper that says so."""

    site: Site
    accredited_by: str
    accredited_for: str
    starts_on: date
    ends_before: date | None = None
    number: str = ""
    upload: Upload | None = None


@dataclass(frozen=True)
class EquipmentDraft:
    """
    ``inventory_number`` is the site's own; ``count`` how many stand under it. It works unless ``status`` says otherwise, from ``since``.
    ``document`` is kept already, ``upload`` comes with it.
    """

    site: Site
    kind: str
    inventory_number: str
    count: int = 1
    acquired_on: date | None = None
    document: Document | None = None
    upload: Upload | None = None
    status: EquipmentStatus = EquipmentStatus.WORKING
    since: date | None = None
    reason: str = ""
    key: UUID | None = None


@dataclass(frozen=True)
class EquipmentStep:
    """It breaks, is repaired, works again, is retired: from that day."""

    equipment: Equipment
    to: EquipmentStatus
    on: date
    reason: str = ""
