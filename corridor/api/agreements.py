"""Agreements: that there is one is public, its text is for its parties and oversight; a party signs the fingerprint it read."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.rooms.agreements import actions, queries

from .asking import After, Code, Limit, On, Page, Reference, Search, States, Words, page
from .etags import require_version, tagged
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
    """``canonical_hash`` is the SHA-256 of the text before the parties, and what each of them signs; empty while it is a draft."""

    canonical_hash: str
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


@router.get("/agreements/{reference}", response=AgreementOut)
def get_agreement(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> AgreementOut:
    return tagged(_read(reference, on or clock.today(), request.auth), response)


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
    party = queries.get_party(reference=reference, member=sent.member, by=request.auth)
    require_version(request, _read(reference, today, request.auth))
    actions.sign_agreement(
        party=party, signed_hash=sent.signed_hash, on=today, at=at, by=request.auth, signed_as=sent.signed_as
    )
    return tagged(_read(reference, today, request.auth), response)


def _read(reference: str, on: date, by: Any) -> AgreementOut:
    found = queries.get_agreement(reference=reference, by=by, on=on)
    return AgreementOut(**_agreement(found), canonical_hash=found.canonical_hash, timeline=steps(found.changes.all()))


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
