"""A specimen of a member's certificate: its layout on what it may issue, of nobody."""

from datetime import date

from django.conf import settings
from django.db.models import Q

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.fingerprints import bars
from corridor.rooms.curricula.lifecycle import VersionStatus
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme
from corridor.rooms.training.models import Cohort

from ..compact.claims import Signatory
from ..further_languages import Names, printable
from ..models import CertificateLayout, CredentialKind, Entitlement
from ..paper_words import words_in
from .facts import CertificateFacts, Texts
from .gathering import signatories_of
from .languages import Places, choose_languages, home_country
from .printing import Picture, Pictures, print_certificate

_NOTHING_SIGNED = "0" * 64


def print_preview(layout: CertificateLayout) -> bytes:
    """The PDF. :raises CannotPrint: if a letter is in none of the fonts, or a drawing cannot be drawn."""
    persons = signatories_of({layout.pk}).get(layout.pk, ())
    kind = CredentialKind(layout.kind) if layout.kind else None
    facts = specimen_of(
        layout.organisation, layout.programme, kind, on=layout.set_at.date(), signatories=persons,
        languages=layout.named_languages,
    )  # fmt: skip
    return print_certificate(facts, document="{}", pictures=pictures_of(layout))


def pictures_of(layout: CertificateLayout | None) -> Pictures:
    """The logo and the seal of a layout; none without one."""
    return Pictures(picture_of(layout.logo), picture_of(layout.seal)) if layout is not None else Pictures()


def picture_of(document: Document | None) -> Picture | None:
    return Picture(bytes_of(document), document.media_type, document.title) if document is not None else None


def specimen_of(
    member: Organisation,
    programme: Programme | None,
    kind: CredentialKind | None,
    *,
    on: date,
    signatories: tuple[Signatory, ...],
    languages: tuple[str, ...] = (),
) -> CertificateFacts:
    """
    Nobody's name, no units and no hours; the programme and a site for which the member may issue, where there are such. It is written in the
    languages given, otherwise in those that a certificate from there would have, if each of its units has its texts.
    """
    rows = Entitlement.objects.filter(issuer=member).select_related("programme", "site")
    if programme is not None:
        rows = rows.filter(programme=programme)
    granted = rows.order_by("-starts_on", "pk").first()
    names = Names({member.pk, granted.site.host_id} if granted else {member.pk})
    issuer = names.on(member.pk, on) or {"en": member.reference}
    shown = programme or (granted.programme if granted else None)
    titles = _titles_of(shown) if shown else {}
    if not languages:
        places = Places(granted.site.country if granted else "", member.country, home=home_country())
        languages = choose_languages(places, {"": titles} if titles else {}).written
    specimen = " · ".join(words_in(each).specimen for each in languages)
    return CertificateFacts(
        reference=specimen, kind=kind or CredentialKind.AWARD,
        learner_names=(" · ".join(words_in(each).holder for each in languages),), issuer=issuer,
        issuer_reference=member.reference, key="", host=(names.on(granted.site.host_id, on) or issuer) if granted else issuer,
        site={each.language: each.text for each in granted.site.names.all()} if granted else issuer,
        title=titles or {"en": shown.reference if shown else specimen}, units=(), recognised=(), issued_on=on,
        last_day=None, address=f"{settings.PUBLIC_URL}/verify/", sha256=_NOTHING_SIGNED, bars=bars(_NOTHING_SIGNED),
        is_specimen=True, signatories=signatories, languages=languages,
        attended_hours=0 if kind == CredentialKind.ATTENDANCE else None,
    )  # fmt: skip


def _titles_of(programme: Programme) -> Texts:
    """What its certificates print: the title of the version that was written last of those by which it is taught; before any, its own."""
    by_cohorts = Cohort.objects.filter(programme=programme).values("curriculum_version")
    versions = CurriculumVersion.objects.exclude(status=VersionStatus.DRAFT)
    newest = versions.filter(Q(pk=programme.curriculum_version_id) | Q(pk__in=by_cohorts)).order_by("pk").last()
    printed = printable(newest.titles.all()) if newest else {}
    return printed or {each.language: each.text for each in programme.titles.all()}
