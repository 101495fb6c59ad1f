"""Agreements: that there is one is public, its text is for its parties and oversight; a party signs the fingerprint it read."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.sign_here import sign_by_machine
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import AgreementStep
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.templates import texts_of

from .agreement_shapes import AgreementMoveIn, ContentOut, DraftIn, content_out, draft_of
from .asking import After, Code, Limit, On, Page, Reference, Search, States, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Named, Step, Texts, member, steps
from .tokens import PRIVATE, PUBLIC

TAG = "agreements"
router = Router(auth=PUBLIC)


class PartyOut(Schema):
    member: Named
    signed_on: date | None
    signature: str


class AgreementRowOut(Schema):
    """``status`` is the state of the day asked for; ``standing`` also says expiring and lapsed."""

    reference: str
    titles: Texts
    status: str
    standing: str
    starts_on: date
    ends_before: date | None
    announcement: str | None
    parties: list[PartyOut]
    source_mark: str


class AgreementOut(AgreementRowOut):
    """
    ``canonical_hash`` is the SHA-256 of the text before the parties, and what each of them signs; empty while it is a draft.
    ``amended_hash`` is that of what it says since it was amended; empty while it says what was signed.
    """

    canonical_hash: str
    amended_hash: str
    kind: str | None
    parent: str | None
    amends: str | None
    renews: str | None
    superseded_by: str | None
    timeline: list[Step]


class TextOut(Schema):
    language: str
    title: str
    body: str
    standing: str


class ReadingOut(Schema):
    """``hash_matches``: the texts still give the fingerprint. ``differing``: parties that signed another text."""

    reference: str
    canonical_hash: str
    hash_matches: bool
    differing: list[str]
    texts: list[TextOut]


class SignatureIn(Schema):
    member: Words = Field(description="The reference of the member that signs")
    signed_hash: Words = Field(description="The canonical_hash of the text that was read")
    signed_as: Words = Field("", description="The office in which it is signed, as printed; never a private name")
    signer: UUID | None = Field(None, description="The key of the signer, where the party has named several")


@router.get("/agreements", response=Page[AgreementRowOut])
def list_agreements(
    request: HttpRequest,
    on: On = None,
    status: States = [],  # noqa: B006 (read, never changed)
    member: Code = "",
    announcement: Code = "",
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Agreements as they stood on a day, by reference."""
    found = queries.list_agreements(
        by=request.auth, on=on or clock.today(), states=status, member=member, announcement=announcement, words=search,
        after=after,
    )  # fmt: skip
    return page(found, lambda each: AgreementRowOut(**_agreement(each)), limit=limit, key=lambda each: each.reference)


@router.post("/agreements", response={201: ContentOut}, openapi_extra=MAKES, auth=PRIVATE)
def draft_agreement(request: HttpRequest, response: HttpResponse, sent: DraftIn) -> Status[ContentOut]:
    """Draft an agreement; nobody else sees it before it is proposed."""

    def make() -> ContentOut:
        draft = draft_of(sent, by=request.auth)
        if draft.kind is not None and not draft.texts:
            draft = replace(draft, texts=texts_of(draft.kind))
        return content_out(actions.draft_agreement(agreement=draft, by=request.auth), by=request.auth)

    return Status(201, made_once(request, response, ContentOut, make))


@router.get("/agreements/{reference}", response=AgreementOut)
def get_agreement(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> AgreementOut:
    return tagged(read_agreement_out(reference, on or clock.today(), request.auth), response)


@router.post("/agreements/{reference}/changes", response=AgreementOut, auth=PRIVATE)
def move_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: AgreementMoveIn
) -> AgreementOut:
    """The secretariat writes down that it is suspended, resumed, ended or replaced, where that was decided elsewhere. Parties are told."""
    request.auth.require(Permission.AGREEMENT_TERMINATE)
    require_version(request, read_agreement_out(reference, clock.today(), request.auth))
    step = AgreementStep(
        queries.get_agreement(reference=reference, by=request.auth), AgreementStatus(sent.to), sent.on, sent.reason,
        queries.get_agreement(reference=sent.successor, by=request.auth) if sent.successor else None,
    )  # fmt: skip
    actions.move_agreements(steps=[step], at=clock.now(), by=request.auth)
    return tagged(read_agreement_out(reference, clock.today(), request.auth), response)


@router.get("/agreements/{reference}/text", response=ReadingOut, auth=PRIVATE)
def read_agreement(request: HttpRequest, response: HttpResponse, reference: Reference) -> ReadingOut:
    """The whole text in every language, for its parties and oversight."""
    found = queries.read_text(reference=reference, by=request.auth)
    return tagged(
        ReadingOut(
            reference=reference,
            canonical_hash=found.agreement.canonical_hash,
            hash_matches=found.hash_matches,
            differing=found.differing,
            texts=[
                TextOut(language=each.language, title=each.title, body=each.body, standing=each.standing)
                for each in found.texts
            ],
        ),
        response,
    )


@router.post("/agreements/{reference}/signatures", response=AgreementOut, auth=PRIVATE)
def sign_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SignatureIn
) -> AgreementOut:
    """Sign for one member over the fingerprint of the text that was read; the last signature puts the agreement in force."""
    at: datetime = clock.now()
    today = clock.today()
    place = f"{sent.member}/{sent.signer}" if sent.signer else sent.member
    party, signer = queries.get_place(reference=reference, place=place, by=request.auth)
    require_version(request, read_agreement_out(reference, today, request.auth))
    sign_by_machine(
        party=party,
        signer=signer,
        signed_hash=sent.signed_hash,
        signed_as=sent.signed_as,
        on=today,
        at=at,
        by=request.auth,
    )
    return tagged(read_agreement_out(reference, today, request.auth), response)


def read_agreement_out(reference: str, on: date, by: Any) -> AgreementOut:
    found = queries.get_agreement(reference=reference, by=by, on=on)
    near = queries.hanging_on(agreement=found, by=by)
    return AgreementOut(
        **_agreement(found), canonical_hash=found.canonical_hash, amended_hash=found.amended_hash,
        kind=found.kind.code if found.kind else None, parent=near.parent.reference if near.parent else None,
        amends=near.amends.reference if near.amends else None, renews=near.renews.reference if near.renews else None,
        superseded_by=near.superseded_by.reference if near.superseded_by else None, timeline=steps(found.changes.all()),
    )  # fmt: skip


def _agreement(agreement: Any) -> dict[str, Any]:
    return {
        "reference": agreement.reference,
        "titles": {each.language: each.title for each in agreement.texts.all()},
        "status": agreement.status_then,
        "standing": agreement.standing_then,
        "starts_on": agreement.starts_on,
        "ends_before": agreement.ends_before,
        "announcement": agreement.announcement.reference if agreement.announcement else None,
        "parties": [
            PartyOut(member=member(each.organisation), signed_on=each.signed_on, signature=each.signature)
            for each in agreement.parties.all()
        ],
        "source_mark": agreement.source_mark,
    }
