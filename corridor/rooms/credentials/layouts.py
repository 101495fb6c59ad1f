"""
Which layout a certificate is issued with: that of its programme and kind, otherwise that of its programme, otherwise that of its kind,
otherwise that of all certificates of its issuer, otherwise none; and what is given to set one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from corridor.foundations.documents.receiving import Upload, looked_at
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_, LanguageTags
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme

from .certificates.languages import MOST_LANGUAGES
from .compact.claims import Signatory
from .models import CertificateLayout, CredentialKind
from .paper_words import paper_languages

MOST_SIGNATORIES = 3
_LONGEST = 120
# Issuer, programme and kind of a certificate; no programme or kind where all are meant.
type Issued = tuple[UUID, UUID | None, str]
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")


@dataclass(frozen=True, kw_only=True)
class PictureDraft:
    """A picture of a layout: another file, the one with which such certificates are issued today (``keep``), or none."""

    upload: Upload | None = None
    keep: bool = False


@dataclass(frozen=True, kw_only=True)
class LayoutDraft:
    """
    What a member puts on the certificates of ``programme`` and of ``kind``; None, of all that have no layout of their own. ``languages`` are
    those of the paper, the largest first; without any, those of the places behind it (ADR 0041).
    """

    organisation: Organisation
    programme: Programme | None = None
    kind: CredentialKind | None = None
    logo: PictureDraft = PictureDraft(keep=True)
    seal: PictureDraft = PictureDraft(keep=True)
    signatories: tuple[Signatory, ...] = ()
    languages: tuple[str, ...] = ()


def look_at_picture(upload: Upload, *, column: str) -> tuple[str, bytes]:
    """What kind of picture it is, and the bytes that would be kept. :raises BadInput: for a file that is none, or cannot be kept."""
    try:
        media_type, content = looked_at(upload, drawings=True)
    except BadInput as wrong:
        problems = [Problem(each.message, each.places, file=each.file, column=column) for each in wrong.problems]
        raise BadInput(problems) from None
    if media_type not in _PICTURES:
        raise BadInput([Problem(N_("Send a picture: PNG, JPEG or SVG."), file=upload.file_name, column=column)])
    return media_type, content


def require_sound(draft: LayoutDraft) -> None:
    """:raises BadInput: for languages, names and offices that cannot stand on the paper."""
    problems = _amiss_in_languages(draft.languages)
    if len(draft.signatories) > MOST_SIGNATORIES:
        problems.append(
            Problem(
                N_("At most %(most)s persons stand below a certificate."), {"most": MOST_SIGNATORIES}, column="signatories"
            )
        )  # fmt: skip
    for place, each in enumerate(draft.signatories, start=1):
        offices = {language: text for language, text in each.office.items() if text.strip()}
        if not each.name.strip() or not offices or len(offices) != len(each.office):
            problems.append(
                Problem(
                    N_("Give name and office of person %(place)s, or leave both empty."), {"place": place}, row=place,
                    column="signatories",
                )
            )  # fmt: skip
        if not set(each.office) <= set(paper_languages()):
            problems.append(
                Problem(
                    N_("The office of person %(place)s is given in a language in which no paper is written. There are papers in: %(languages)s."),
                    {"place": place, "languages": LanguageTags.of(*paper_languages())}, row=place, column="signatories",
                )
            )  # fmt: skip
        if max(map(len, (each.name, *each.office.values()))) > _LONGEST:
            problems.append(
                Problem(
                    N_("Name and office of person %(place)s have at most %(most)s letters each."),
                    {"place": place, "most": _LONGEST}, row=place, column="signatories",
                )
            )  # fmt: skip
    if problems:
        raise BadInput(problems)


def _amiss_in_languages(languages: Sequence[str]) -> list[Problem]:
    problems = []
    unknown = [each for each in languages if each not in paper_languages()]
    if unknown:
        problems.append(
            Problem(
                N_("We have no words for a paper in “%(language)s”. There are papers in: %(languages)s."),
                {"language": LanguageTags.of(unknown[0][:20]), "languages": LanguageTags.of(*paper_languages())},
                column="languages",
            )
        )  # fmt: skip
    if len(languages) > MOST_LANGUAGES or len(set(languages)) < len(languages):
        problems.append(
            Problem(
                N_("A paper is written in at most %(most)s languages, each of them once."), {"most": MOST_LANGUAGES},
                column="languages",
            )
        )  # fmt: skip
    return problems


def layouts_for(certificates: Collection[Issued]) -> dict[Issued, CertificateLayout]:
    """The layout of now by issuer, programme and kind; those without any are left out. One statement."""
    latest = _latest({issuer for issuer, _programme, _kind in certificates})
    found = {}
    for issuer, programme, kind in certificates:
        places = ((issuer, programme, kind), (issuer, programme, ""), (issuer, None, kind), (issuer, None, ""))
        layout = next((latest[place] for place in places if place in latest), None)
        if layout is not None:
            found[issuer, programme, kind] = layout
    return found


def layout_in_use(
    organisation: Organisation, programme: Programme | None, kind: CredentialKind | None
) -> CertificateLayout | None:
    """With which such certificates are issued today: what was set for exactly that, or for all among which they are."""
    issued = (organisation.pk, programme.pk if programme else None, kind or "")
    return layouts_for({issued}).get(issued)


def layout_of(
    organisation: Organisation, programme: Programme | None, kind: CredentialKind | None
) -> CertificateLayout | None:
    """What was last set for exactly that; None where nothing ever was."""
    return _latest({organisation.pk}).get((organisation.pk, programme.pk if programme else None, kind or ""))


def _latest(issuers: Collection[UUID]) -> dict[tuple[UUID, UUID | None, str], CertificateLayout]:
    rows = CertificateLayout.objects.filter(organisation__in=issuers).select_related("logo", "seal")
    return {(row.organisation_id, row.programme_id, row.kind): row for row in rows.order_by("number")}
