"""Which layout a certificate is issued with: that of its programme, otherwise that of all certificates of its issuer, otherwise none."""

from collections.abc import Collection
from uuid import UUID

from .models import CertificateLayout


def layouts_for(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], CertificateLayout]:
    """The layout of now by issuer and programme; pairs without any are left out. One statement."""
    latest: dict[tuple[UUID, UUID | None], CertificateLayout] = {}
    rows = CertificateLayout.objects.filter(organisation__in={issuer for issuer, _ in pairs})
    for row in rows.order_by("number"):
        latest[row.organisation_id, row.programme_id] = row
    found = {pair: latest.get(pair) or latest.get((pair[0], None)) for pair in pairs}
    return {pair: layout for pair, layout in found.items() if layout is not None}
