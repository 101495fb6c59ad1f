"""
Which layout a certificate is issued with: that of its programme, otherwise that of all certificates of its issuer, otherwise none; and what
is given to set one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from corridor.foundations.documents.receiving import Upload
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme

from .compact.claims import Signatory
from .models import CertificateLayout

MOST_SIGNATORIES = 3
# What the paper is written in: an office in another language would stand nowhere.
OFFICE_LANGUAGES = ("en", "zh-Hans", "lo")


@dataclass(frozen=True, kw_only=True)
class PictureDraft:
    """A picture of a layout: another file, the one of the layout before (``keep``), or none."""

    upload: Upload | None = None
    keep: bool = False


@dataclass(frozen=True, kw_only=True)
class LayoutDraft:
    """What a member puts on the certificates of ``programme``, or (None) of all that have no layout of their own."""

    organisation: Organisation
    programme: Programme | None = None
    logo: PictureDraft = PictureDraft(keep=True)
    seal: PictureDraft = PictureDraft(keep=True)
    signatories: tuple[Signatory, ...] = ()


def layouts_for(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], CertificateLayout]:
    """The layout of now by issuer and programme; pairs without any are left out. One statement."""
    latest = _latest({issuer for issuer, _ in pairs})
    found = {pair: latest.get(pair) or latest.get((pair[0], None)) for pair in pairs}
    return {pair: layout for pair, layout in found.items() if layout is not None}


def layout_of(organisation: UUID, programme: UUID | None) -> CertificateLayout | None:
    """What was last set for exactly that; None where nothing ever was."""
    return _latest({organisation}).get((organisation, programme))


def _latest(issuers: Collection[UUID]) -> dict[tuple[UUID, UUID | None], CertificateLayout]:
    rows = CertificateLayout.objects.filter(organisation__in=issuers).select_related("logo", "seal")
    return {(row.organisation_id, row.programme_id): row for row in rows.order_by("number")}
