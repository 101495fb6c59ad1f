"""Who signs an agreement, each signature, the links that are sent, and the agreement as a file: for its parties and oversight."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.sign_on_paper import SignedPaper, sign_on_paper
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import SignerDraft

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .files import body_of, content_of
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "agreements"
router = Router(auth=PRIVATE)
PDF: dict[str, Any] = {
    "responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
}


class PartySignatureOut(Schema):
    """One signature over one fingerprint. With ``superseded_at`` it counts no more: another text is before the parties since."""

    key: UUID
    office: str
    way: str
    proof: str
    signed_on: date
    canonical_hash: str
    superseded_at: datetime | None


class SignerOut(Schema):
    """
    An office that signs for a party. Name, address and account are for those who name its signers; ``waits_for`` is who signs before it, where
    an agreement is signed in order.
    """

    key: UUID
    member: str
    office: str
    position: int
    language: str
    person_name: str | None
    email: str | None
    account: str | None
    link_until: datetime | None
    link_failed_at: datetime | None = Field(
        description="When the letter with the link could not be sent: send a new link"
    )
    waits_for: str | None
    signature: PartySignatureOut | None


class SideOut(Schema):
    """A party: ``wanted`` signatures are still to come; ``signatures`` are those that no signer was named for, and those set aside."""

    member: str
    signed_on: date | None
    wanted: int
    signers: list[SignerOut]
    signatures: list[PartySignatureOut]


class SigningOut(Schema):
    agreement: str
    quorum: int
    order: str
    sides: list[SideOut]


class HowIn(Schema):
    quorum: int = Field(ge=1, le=20, description="So many signers of each party sign")
    order: Words = Field(pattern="^(parallel|in_order)$")


class SignerDetails(Schema):
    office: Words = Field(description="As it shall be printed; never a private name")
    person_name: Words = ""
    email: Words = Field("", description="For who has no account: where the link is sent")
    language: Words = "en"
    account: Words = Field("", description="The user name of somebody who speaks for the member")
    position: int | None = Field(None, ge=1, le=500)


class SignerIn(SignerDetails):
    member: Words = Field(description="The reference of the party")


class PaperSignatureIn(Schema):
    """``attested_by`` is the office that compared the scan with the paper; ``signer`` the key of one, where the party has named several."""

    member: Words = Field(description="The reference of the party")
    signed_on: Day
    signed_as: Words = Field(min_length=1, description="The office, as printed; never a private name")
    attested_by: Words = Field(min_length=1)
    signer: UUID | None = None


class LinkOut(Schema):
    """A link that was sent; its address is in the letter alone."""

    signer: UUID
    expires_at: datetime


@router.get("/agreements/{reference}/signers", response=SigningOut)
def get_signing(request: HttpRequest, response: HttpResponse, reference: Reference) -> SigningOut:
    """Who signs for each party, how far it is, and what was signed under earlier texts."""
    return tagged(_read(reference, request.auth), response)


@router.put("/agreements/{reference}/signers", response=SigningOut)
def set_signing(request: HttpRequest, response: HttpResponse, reference: Reference, sent: HowIn) -> SigningOut:
    """Say how many signers of each party sign, and whether one after another; until somebody has signed."""
    request.auth.require(Permission.AGREEMENT_DRAFT)
    now = _read(reference, request.auth)
    require_version(request, now)
    agreement = queries.get_agreement(reference=reference, by=request.auth)
    actions.set_signing(
        agreement=agreement, quorum=sent.quorum, order=sent.order, read=(now.quorum, now.order), by=request.auth
    )
    return tagged(_read(reference, request.auth), response)


@router.post("/agreements/{reference}/signers", response={201: SignerOut}, openapi_extra=MAKES)
def name_signer(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SignerIn
) -> Status[SignerOut]:
    """Name an office that signs for a party; from then on only named ones do."""

    def make() -> SignerOut:
        party = queries.get_party(reference=reference, member=sent.member, by=request.auth)
        draft = _draft(sent, party, request.auth)
        made = actions.name_signer(party=party, draft=draft, at=clock.now(), by=request.auth)
        return _read_one(reference, made.pk, request.auth)

    return Status(201, made_once(request, response, SignerOut, make))


@router.get("/agreements/{reference}/signers/{key}", response=SignerOut)
def get_signer(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> SignerOut:
    return tagged(_read_one(reference, key, request.auth), response)


@router.put("/agreements/{reference}/signers/{key}", response=SignerOut)
def change_signer(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: SignerDetails
) -> SignerOut:
    """Put what is known of it anew; a link to another address ends."""
    signer = queries.get_signer(reference=reference, key=key, by=request.auth)
    require_version(request, _read_one(reference, key, request.auth))
    draft = _draft(sent, signer.party, request.auth)
    actions.change_signer(signer=signer, draft=draft, at=clock.now(), by=request.auth)
    return tagged(_read_one(reference, key, request.auth), response)


@router.post("/agreements/{reference}/signers/{key}/end", response=SigningOut)
def end_signer(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> SigningOut:
    """The office signs no more: its link ends, its name and address go."""
    signer = queries.get_signer(reference=reference, key=key, by=request.auth)
    require_version(request, _read_one(reference, key, request.auth))
    actions.end_signer(signer=signer, at=clock.now(), by=request.auth)
    return tagged(_read(reference, request.auth), response)


@router.post("/agreements/{reference}/signers/{key}/links", response={201: LinkOut}, openapi_extra=MAKES)
def send_signing_link(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> Status[LinkOut]:
    """Send the signer a link to sign by; one that was sent before ends."""

    def make() -> LinkOut:
        signer = queries.get_signer(reference=reference, key=key, by=request.auth)
        made = actions.make_link(signer=signer, at=clock.now(), by=request.auth)
        return LinkOut(signer=signer.pk, expires_at=made.link.expires_at)

    return Status(201, made_once(request, response, LinkOut, make))


@router.post("/agreements/{reference}/signers/{key}/links/end", response=SignerOut)
def end_signing_link(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> SignerOut:
    """The link that is open opens nothing any more."""
    signer = queries.get_signer(reference=reference, key=key, by=request.auth)
    require_version(request, _read_one(reference, key, request.auth))
    actions.end_link(signer=signer, at=clock.now(), by=request.auth)
    return tagged(_read_one(reference, key, request.auth), response)


@router.post("/agreements/{reference}/paper-signatures", response={201: SigningOut}, openapi_extra=MAKES)
def sign_agreement_on_paper(
    request: HttpRequest, response: HttpResponse, reference: Reference, given: Form[PaperSignatureIn], scan: File[UploadedFile]
) -> Status[SigningOut]:  # fmt: skip
    """Write down a signature in ink, with its scan."""

    def make() -> SigningOut:
        by = request.auth
        by.require(Permission.AGREEMENT_SIGN_ON_PAPER)
        party = queries.get_party(reference=reference, member=given.member, by=by)
        signer = queries.get_signer(reference=reference, key=given.signer, by=by) if given.signer else None
        paper = SignedPaper(
            party=party, signed_on=given.signed_on, signed_as=given.signed_as, attested_by=given.attested_by,
            file_name=scan.name or "", content=content_of(scan), signer=signer,
        )  # fmt: skip
        sign_on_paper(paper=paper, on=clock.today(), at=clock.now(), by=by)
        return _read(reference, by)

    return Status(201, made_once(request, response, SigningOut, make, sent=body_of(given, scan)))


@router.get("/agreements/{reference}/pdf", openapi_extra=PDF)
def print_agreement(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Every language version, who has signed, and where one signs on paper."""
    content = queries.agreement_pdf(reference=reference, on=clock.today(), by=request.auth)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _read(reference: str, by: Any) -> SigningOut:
    signing = queries.get_signing(reference=reference, by=by, at=clock.now())
    return SigningOut(
        agreement=signing.agreement.reference, quorum=signing.agreement.quorum, order=signing.agreement.signing_order,
        sides=[_side(each) for each in signing.sides],
    )  # fmt: skip


def _read_one(reference: str, key: UUID, by: Any) -> SignerOut:
    signer = queries.get_signer(reference=reference, key=key, by=by)
    sides = queries.get_signing(reference=reference, by=by, at=clock.now()).sides
    for side in sides:
        for line in side.signers:
            if line.signer.pk == signer.pk:
                return _signer(side, line)
    raise NotFound(N_("There is no such signer."))


def _side(side: Any) -> SideOut:
    return SideOut(
        member=side.party.organisation.reference, signed_on=side.party.signed_on, wanted=side.wanted,
        signers=[_signer(side, line) for line in side.signers],
        signatures=[_signature(each) for each in (*side.unnamed, *side.set_aside)],
    )  # fmt: skip


def _signer(side: Any, line: Any) -> SignerOut:
    each, is_shown = line.signer, side.is_named_by_reader
    return SignerOut(
        key=each.pk, member=side.party.organisation.reference, office=each.office, position=each.position,
        language=each.language, person_name=each.person_name if is_shown else None, email=each.email if is_shown else None,
        account=each.account.username if is_shown and each.account else None,
        link_until=line.link.expires_at if line.link else None, link_failed_at=line.link.failed_at if line.link else None,
        waits_for=line.first,
        signature=_signature(line.signature) if line.signature else None,
    )  # fmt: skip


def _signature(each: Any) -> PartySignatureOut:
    return PartySignatureOut(
        key=each.pk, office=each.signed_as, way=each.way, proof=each.proof, signed_on=each.signed_on,
        canonical_hash=each.canonical_hash, superseded_at=each.superseded_at,
    )  # fmt: skip


def _draft(sent: SignerDetails, party: Any, by: Any) -> SignerDraft:
    account = None
    if sent.account:
        account = queries.account_that_signs(party=party, username=sent.account, on=clock.today(), by=by)
    return SignerDraft(
        office=sent.office, person_name=sent.person_name, email=sent.email, language=sent.language, account=account,
        position=sent.position,
    )  # fmt: skip
