"""How a member's certificates look, for its own software: read as it is now, and set as a whole."""

import base64
import binascii
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.layouts import LayoutDraft, PictureDraft
from corridor.rooms.credentials.queries.choices import CredentialKind
from corridor.rooms.credentials.queries.layouts import try_layout
from corridor.rooms.members.queries import get_organisation

from .asking import Reference
from .etags import require_version, tagged
from .tokens import PRIVATE

TAG = "credentials"
router = Router(auth=PRIVATE)
_LARGEST = 12_000_000


class SignatoryShape(Schema):
    """Who stands below; the office by language (BCP 47): ``en``, ``zh-Hans``, ``lo``, or another in which papers are written."""

    name: str = Field(max_length=200)
    office: dict[str, str]


class LayoutOut(Schema):
    """
    ``number`` 0: nothing was ever set. ``logo`` and ``seal`` are the names of the files; without ``languages`` the paper is written in those of
    the places behind it.
    """

    member: str
    programme: str | None
    kind: str | None
    number: int
    logo: str | None
    seal: str | None
    signatories: list[SignatoryShape]
    languages: list[str]
    set_at: datetime | None
    by: str


class PictureIn(Schema):
    file_name: str = Field(min_length=1, max_length=200)
    content: str = Field(min_length=1, max_length=_LARGEST, description="PNG, JPEG or SVG, in base64")


class LayoutIn(Schema):
    """``keep`` leaves the picture with which such certificates are issued today, ``none`` takes it away."""

    logo: Literal["keep", "none"] | PictureIn = "keep"
    seal: Literal["keep", "none"] | PictureIn = "keep"
    signatories: list[SignatoryShape] = Field(max_length=3)
    languages: list[str] = Field(
        [],
        max_length=20,
        description="Of the paper, the largest first; it is then written in all of them or not at all",
    )


@router.get("/members/{reference}/certificate-layout", response=LayoutOut)
def get_certificate_layout(
    request: HttpRequest,
    response: HttpResponse,
    reference: Reference,
    programme: str = "",
    kind: CredentialKind | None = None,
) -> LayoutOut:
    """Of the certificates of one programme, of one kind, of both, or of all that have none of their own."""
    return tagged(_read(request, reference, programme, kind), response)


@router.put("/members/{reference}/certificate-layout", response=LayoutOut)
def set_certificate_layout(
    request: HttpRequest,
    response: HttpResponse,
    reference: Reference,
    sent: LayoutIn,
    programme: str = "",
    kind: CredentialKind | None = None,
) -> LayoutOut:
    """
    Certificates issued from now on look so; those that were issued stay as they are. The layout of programme and kind goes before that of
    the programme, this before that of the kind, and this before that of all.
    """
    require_version(request, _read(request, reference, programme, kind))
    actions.set_layout(draft=_draft(request, reference, sent, programme, kind), at=clock.now(), by=request.auth)
    return tagged(_read(request, reference, programme, kind), response)


@router.post(
    "/members/{reference}/certificate-layout/specimens",
    openapi_extra={"responses": {200: {"content": {"application/pdf": {}}}}},
)
def try_certificate_layout(
    request: HttpRequest, reference: Reference, sent: LayoutIn, programme: str = "", kind: CredentialKind | None = None
) -> HttpResponse:
    """A specimen of what would be set (application/pdf); nothing is kept."""
    draft = _draft(request, reference, sent, programme, kind)
    response = HttpResponse(try_layout(draft=draft, on=clock.today(), by=request.auth), content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def _draft(
    request: HttpRequest, reference: str, sent: LayoutIn, programme: str, kind: CredentialKind | None
) -> LayoutDraft:
    member = get_organisation(reference=reference, by=request.auth)
    return LayoutDraft(
        organisation=member, programme=_programme(member, programme, request.auth), kind=kind,
        logo=_picture(sent.logo, "logo"), seal=_picture(sent.seal, "seal"),
        signatories=tuple(Signatory(each.name, each.office) for each in sent.signatories), languages=tuple(sent.languages),
    )  # fmt: skip


def _read(request: HttpRequest, reference: str, programme: str, kind: CredentialKind | None) -> LayoutOut:
    by = request.auth
    member = get_organisation(reference=reference, by=by)
    shown = queries.current_layout(organisation=member, programme=_programme(member, programme, by), kind=kind, by=by)
    layout = shown.layout if shown else None
    return LayoutOut(
        member=reference, programme=programme or None, kind=kind, number=layout.number if layout else 0,
        logo=layout.logo.file_name if layout and layout.logo else None,
        seal=layout.seal.file_name if layout and layout.seal else None,
        signatories=[SignatoryShape(name=each.name, office=dict(each.office)) for each in (shown.signatories if shown else ())],
        languages=list(layout.named_languages) if layout else [], set_at=layout.set_at if layout else None, by=layout.by_label if layout else "",
    )  # fmt: skip


def _programme(member: Any, reference: str, by: Any) -> Any:
    found = queries.programmes_of_issuer(organisation=member, by=by)
    chosen = next((each for each in found if each.reference == reference), None)
    if reference and chosen is None:
        raise NotFound(N_("The member issues nothing for a programme of that number."))
    return chosen


def _picture(sent: str | PictureIn, kind: str) -> PictureDraft:
    if not isinstance(sent, PictureIn):
        return PictureDraft(keep=sent == "keep")
    try:
        content = base64.b64decode(sent.content, validate=True)
    except (binascii.Error, ValueError):
        problem = Problem(N_("The content of the file is not base64."), file=sent.file_name, column=kind)
        raise BadInput([problem]) from None
    return PictureDraft(upload=Upload(sent.file_name, content, kind.capitalize(), kind=f"certificate-{kind}"))
