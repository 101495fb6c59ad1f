"""How members' certificates look: for who says so. What stands on a certificate anybody sees there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.vocabularies.countries import official_languages
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme

from ..certificates.gathering import signatories_of
from ..certificates.languages import ENGLISH, home_country
from ..certificates.preview import picture_of, print_preview, specimen_of
from ..certificates.printing import Picture, Pictures, print_certificate
from ..compact.claims import Signatory
from ..layouts import LayoutDraft, PictureDraft, layout_in_use, layout_of, look_at_picture, require_sound
from ..models import CertificateLayout, CredentialKind, Entitlement
from ..paper_words import paper_languages


@dataclass(frozen=True, slots=True)
class LayoutShown:
    """A layout with who stands below, and whether it is the one with which certificates are issued now."""

    layout: CertificateLayout
    signatories: tuple[Signatory, ...]
    is_latest: bool


def members_with_layouts(*, by: Actor) -> QuerySet[Organisation]:
    """
    The members that may or might issue and whose layouts this actor sets, with their names, by reference.

    :raises AccessDenied: for who sets none.
    """
    if not by.holds_somewhere(Permission.LAYOUT_SET):
        by.require(Permission.LAYOUT_SET)
    found = Organisation.objects.filter(pk__in=Entitlement.objects.values("issuer"))
    if not by.holds_everywhere(Permission.LAYOUT_SET):
        found = found.filter(pk__in=by.ids_with(Permission.LAYOUT_SET, "member"))
    return found.prefetch_related("names").order_by("reference")


def list_layouts(*, organisation: Organisation, by: Actor) -> list[LayoutShown]:
    """All that a member ever had, those of now first. Three statements."""
    by.require(Permission.LAYOUT_SET, on=organisation)
    rows = list(
        CertificateLayout.objects.filter(organisation=organisation)
        .select_related("logo", "seal", "programme")
        .prefetch_related("programme__titles")
        .order_by("-set_at", "-number")
    )
    persons = signatories_of({row.pk for row in rows})
    latest: dict[tuple[object, str], int] = {}
    for row in rows:
        of = (row.programme_id, row.kind)
        latest[of] = max(row.number, latest.get(of, 0))
    shown = [
        LayoutShown(row, persons.get(row.pk, ()), row.number == latest[row.programme_id, row.kind]) for row in rows
    ]
    return sorted(shown, key=lambda each: not each.is_latest)


def current_layout(
    *, organisation: Organisation, programme: Programme | None = None, kind: CredentialKind | None = None, by: Actor
) -> LayoutShown | None:
    """What was last set for exactly that: a programme, a kind, both, or all without one of their own. None where nothing ever was."""
    by.require(Permission.LAYOUT_SET, on=organisation)
    layout = layout_of(organisation, programme, kind)
    return LayoutShown(layout, signatories_of({layout.pk}).get(layout.pk, ()), True) if layout else None


def pictures_in_use(
    *, organisation: Organisation, programme: Programme | None = None, kind: CredentialKind | None = None, by: Actor
) -> tuple[Document | None, Document | None]:
    """Logo and seal with which such certificates are issued today, and which a layout set now keeps."""
    by.require(Permission.LAYOUT_SET, on=organisation)
    used = layout_in_use(organisation, programme, kind)
    return (used.logo, used.seal) if used else (None, None)


def programmes_of_issuer(*, organisation: Organisation, by: Actor) -> Sequence[Programme]:
    """The programmes for which the member may or might issue, by reference."""
    by.require(Permission.LAYOUT_SET, on=organisation)
    keys = Entitlement.objects.filter(issuer=organisation).values("programme")
    return list(Programme.objects.filter(pk__in=keys).prefetch_related("titles").order_by("reference"))


def languages_of_issuer(*, organisation: Organisation, by: Actor) -> list[str]:
    """The languages of the places where the member may or might issue, of its own country and of the alliance's home; English last."""
    by.require(Permission.LAYOUT_SET, on=organisation)
    sites = Entitlement.objects.filter(issuer=organisation).values_list("site__country", flat=True)
    countries = (organisation.country, *sorted(set(sites)), home_country())
    found = dict.fromkeys(each for country in countries for each in official_languages(country))
    return [each for each in found if each in paper_languages() and each != ENGLISH] + [ENGLISH]


def layout_preview(
    *, organisation: Organisation, programme: Programme | None = None, kind: CredentialKind | None = None, by: Actor
) -> bytes:
    """A specimen of what is set now, as PDF. :raises NotFound: where nothing is."""
    shown = current_layout(organisation=organisation, programme=programme, kind=kind, by=by)
    if shown is None:
        raise NotFound(N_("Nothing is set for these certificates of %(member)s."), member=organisation.reference)
    return print_preview(shown.layout)


def try_layout(*, draft: LayoutDraft, on: date, by: Actor) -> bytes:
    """
    A specimen of what would be set, as PDF, before anything is. It refuses as ``actions.set_layout``, and keeps nothing.

    :raises BadInput: for names, offices and files that cannot stand on the paper. :raises CannotPrint: for a letter that no font has.
    """
    by.require(Permission.LAYOUT_SET, on=draft.organisation)
    require_sound(draft)
    used = layout_in_use(draft.organisation, draft.programme, draft.kind)
    facts = specimen_of(
        draft.organisation, draft.programme, draft.kind, on=on, signatories=draft.signatories, languages=draft.languages
    )
    pictures = Pictures(
        _picture(draft.logo, used.logo if used else None, "logo"),
        _picture(draft.seal, used.seal if used else None, "seal"),
    )
    return print_certificate(facts, document="{}", pictures=pictures)


def _picture(draft: PictureDraft, used: Document | None, column: str) -> Picture | None:
    if draft.upload is None:
        return picture_of(used) if draft.keep else None
    media_type, content = look_at_picture(draft.upload, column=column)
    return Picture(content, media_type, draft.upload.title)
