"""A specimen of a member's certificate: its layout on what it may issue, of nobody."""

from django.conf import settings

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.fingerprints import bars

from ..further_languages import Names
from ..models import CertificateLayout, CredentialKind, Entitlement
from .facts import CertificateFacts
from .gathering import signatories_of
from .printing import Picture, Pictures, print_certificate
from .wording import HOLDER, SPECIMEN

_NOTHING_SIGNED = "0" * 64


def print_preview(layout: CertificateLayout) -> bytes:
    """The PDF. :raises CannotPrint: if a letter is in none of the fonts, or a drawing cannot be drawn."""
    return print_certificate(_specimen(layout), document="{}", pictures=pictures_of(layout))


def pictures_of(layout: CertificateLayout | None) -> Pictures:
    """The logo and the seal of a layout; none without one."""
    return Pictures(_picture(layout.logo), _picture(layout.seal)) if layout is not None else Pictures()


def _picture(document: Document | None) -> Picture | None:
    return Picture(bytes_of(document), document.media_type, document.title) if document is not None else None


def _specimen(layout: CertificateLayout) -> CertificateFacts:
    """Nobody's name, no units, the programme and a site for which the member may issue, where there are such."""
    rows = Entitlement.objects.filter(issuer=layout.organisation_id).select_related("programme", "site")
    if layout.programme_id:
        rows = rows.filter(programme=layout.programme_id)
    granted = rows.order_by("-starts_on", "pk").first()
    members = {layout.organisation_id, granted.site.host_id} if granted else {layout.organisation_id}
    names, day = Names(members), layout.set_at.date()
    issuer = names.on(layout.organisation_id, day) or {"en": layout.organisation.reference}
    programme = layout.programme or (granted.programme if granted else None)
    titles = {each.language: each.text for each in programme.titles.all()} if programme else {}
    return CertificateFacts(
        reference=SPECIMEN, kind=CredentialKind.AWARD, learner_names=(" · ".join(HOLDER),), issuer=issuer,
        issuer_reference=layout.organisation.reference, key="", host=(names.on(granted.site.host_id, day) or issuer) if granted else issuer,
        site={each.language: each.text for each in granted.site.names.all()} if granted else issuer,
        title=titles or {"en": programme.reference if programme else SPECIMEN}, units=(), recognised=(), issued_on=day,
        last_day=None, address=f"{settings.PUBLIC_URL}/verify/", sha256=_NOTHING_SIGNED, bars=bars(_NOTHING_SIGNED),
        is_specimen=True, signatories=signatories_of({layout.pk}).get(layout.pk, ()),
    )  # fmt: skip
