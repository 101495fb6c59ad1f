"""What is given to register a site, to list it under a brand and to move it on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.curricula.models import Curriculum
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import EquipmentStatus, SiteStatus
from .models import Brand, Equipment, Fault, Site, SparePart


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
    agreement: Agreement | None = None


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
    # Those that it is about; none: all that is taught there.
    curricula: Sequence[Curriculum] = ()


@dataclass(frozen=True)
class EquipmentDraft:
    """
    ``inventory_number`` is the site's own; ``count`` how many stand under it. It works unless ``status`` says otherwise, from ``since``.
    ``document`` is kept already, ``upload`` comes with it. The rest: whose it is, what it is worth, and how it is kept.
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
    owner: Organisation | None = None
    donor: Organisation | None = None
    value: Decimal | None = None
    currency: str = ""
    serial: str = ""
    condition: str = ""
    calibration_months: int | None = None
    running_costs_by: Organisation | None = None
    mended_by: str = ""


@dataclass(frozen=True)
class EquipmentStep:
    """It breaks, is repaired, works again, is retired: from that day."""

    equipment: Equipment
    to: EquipmentStatus
    on: date
    reason: str = ""


@dataclass(frozen=True)
class ReadingDraft:
    """What the hour meter showed at the end of that day."""

    equipment: Equipment
    read_on: date
    hours: Decimal


@dataclass(frozen=True)
class FaultDraft:
    """``what`` is a FaultKind; ``key`` is made by the phone that reports it, so that sending it twice makes one."""

    equipment: Equipment
    what: str
    reported_on: date
    words: str = ""
    key: UUID | None = None


@dataclass(frozen=True)
class FaultStep:
    """A fault is settled: ``settled_as`` is a FaultEnd."""

    fault: Fault
    settled_as: str
    on: date
    reason: str = ""


@dataclass(frozen=True)
class RepairDraft:
    """``ended_on`` is None while it goes on. ``parts``: how many of each part went into it; ``fault`` is the one that it mends."""

    equipment: Equipment
    began_on: date
    done_by: str
    ended_on: date | None = None
    what: str = ""
    cost: Decimal | None = None
    currency: str = ""
    paid_by: Organisation | None = None
    fault: Fault | None = None
    parts: Sequence[tuple[SparePart, int]] = ()
    upload: Upload | None = None


@dataclass(frozen=True)
class CalibrationDraft:
    equipment: Equipment
    calibrated_on: date
    done_by: str
    result: str
    upload: Upload | None = None
    document: Document | None = None


@dataclass(frozen=True)
class InstructionDraft:
    """``people`` is how many learned to work on it."""

    equipment: Equipment
    held_on: date
    given_by: str
    people: int
    what: str = ""


@dataclass(frozen=True)
class PartDraft:
    site: Site
    number: str
    name: str
    fits: str = ""
    stock: int = 0
    reorder_level: int = 0


@dataclass(frozen=True)
class PartStep:
    """So many came (more than 0) or went."""

    part: SparePart
    change: int
    on: date
    reason: str = ""
