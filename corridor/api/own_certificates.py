"""The own certificates by machine: what is shown of them, offers to a wallet, every form, and corrections."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.journeys.correct_certificate import ask_correction
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import ShowingDraft
from corridor.rooms.credentials.queries import Looking, ShownPart

from .asking import After, Limit, Page, Reference, Words, page
from .etags import require_version, tagged
from .once import MAKES, REPEATABLE, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "credentials"
router = Router(auth=PRIVATE)
ZIP: dict[str, Any] = {
    "responses": {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}
}


class LookOut(Schema):
    """Somebody who looked, and gave a name of their own will."""

    name: str
    looked_at: datetime


class OwnShowingOut(Schema):
    """A link by which somebody sees chosen parts until ``ends_at``; with ``ended_at`` its holder ended it before."""

    key: UUID
    credential: str
    address: str
    purpose: str
    parts: list[str]
    looking: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    looks: list[LookOut]


class OwnShowingIn(Schema):
    purpose: Words = Field(min_length=1, max_length=120, description="What for: whoever opens the link reads it")
    parts: list[ShownPart] = Field(max_length=len(ShownPart), description="What is not named is not in the link")
    days: int = Field(ge=1, le=365)
    looking: Looking = Field(Looking.UNASKED, description="asked: whoever opens it may give a name, or go on without")


class ShownCertificateOut(Schema):
    """``verdict`` is that of this moment; ``token`` is an SD-JWT with the chosen parts alone."""

    verdict: str
    token: str


class WhatIsShownOut(Schema):
    purpose: str
    parts: list[str]
    made_at: datetime
    ends_at: datetime
    looking: str
    certificates: list[ShownCertificateOut]


class OfferOut(Schema):
    """For one wallet, once: the address for its QR code, and the code that its holder types."""

    address: str
    transaction_code: str
    ends_at: datetime


class CertificateCorrectionIn(Schema):
    should_be: Words = Field(min_length=1, max_length=300, description="What the certificate should say")
    words: Words = Field("", max_length=2_000)


class CertificateCorrectionOut(Schema):
    """``status``: asked, accepted, done, refused or withdrawn; ``replaced_by`` is the certificate that was issued in its place."""

    request: str
    credential: str
    should_be: str
    status: str
    asked_on: date
    due_on: date
    answered_on: date | None
    answer: str
    replaced_by: str | None


class CertificateCorrectionsOut(Schema):
    corrections: list[CertificateCorrectionOut]


@router.get("/credentials/{reference}/showings", response=Page[OwnShowingOut])
def list_own_showings(
    request: HttpRequest, reference: Reference, after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """What the asking holder shows of one certificate, the latest first. 403 for anybody else who may see it."""
    found = queries.get_own(reference=reference, by=request.auth)
    rows = list(queries.own_showings(credential=found, by=request.auth))
    keys = [str(each.pk) for each in rows]
    rest = rows[keys.index(after) + 1 :] if after in keys else ([] if after else rows)
    return page(
        rest[: limit + 1], lambda each: _showing(each, request.auth), limit=limit, key=lambda each: str(each.pk)
    )


@router.post("/credentials/{reference}/showings", response={201: OwnShowingOut}, openapi_extra=MAKES)
def show_own_certificate(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: OwnShowingIn
) -> Status[OwnShowingOut]:
    """Show chosen parts of an own certificate for a purpose and so many days; end it at any time."""

    def make() -> OwnShowingOut:
        by = request.auth
        found = queries.get_own(reference=reference, by=by)
        draft = ShowingDraft(sent.purpose, frozenset(sent.parts), sent.days, sent.looking)
        made = actions.show_certificate(credential=found, draft=draft, at=clock.now(), by=by)
        return _showing(queries.get_showing(key=made.pk, by=by), by)

    return Status(201, made_once(request, response, OwnShowingOut, make))


@router.get("/showings/{key}", response=OwnShowingOut)
def get_own_showing(request: HttpRequest, response: HttpResponse, key: UUID) -> OwnShowingOut:
    """With who gave a name."""
    return tagged(_showing(queries.get_showing(key=key, by=request.auth), request.auth), response)


@router.post("/showings/{key}/end", response=OwnShowingOut)
def end_own_showing(request: HttpRequest, response: HttpResponse, key: UUID) -> OwnShowingOut:
    """The link shows nothing any more."""
    by = request.auth
    found = queries.get_showing(key=key, by=by)
    require_version(request, _showing(found, by))
    actions.end_showing(showing=found, at=clock.now(), by=by)
    return tagged(_showing(queries.get_showing(key=key, by=by), by), response)


@router.get("/shown/{token}", response=WhatIsShownOut, auth=PUBLIC)
def look_at_what_is_shown(request: HttpRequest, response: HttpResponse, token: Words) -> WhatIsShownOut:
    """For whoever has the link. Nothing is kept of who looks. 409 after its end, 429 after many looks in an hour."""
    found = actions.look_at(token=token, at=clock.now(), by=request.auth)
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex"
    return WhatIsShownOut(
        purpose=found.showing.purpose, parts=list(found.parts), made_at=found.showing.made_at, ends_at=found.showing.ends_at,
        looking=found.showing.looking,
        certificates=[
            ShownCertificateOut(verdict=each.verdict.word.value, token=each.text) for each in found.certificates
        ],
    )  # fmt: skip


@router.post("/credentials/{reference}/wallet-offers", response={201: OfferOut}, openapi_extra=REPEATABLE)
def offer_to_wallet(request: HttpRequest, response: HttpResponse, reference: Reference) -> Status[OfferOut]:
    """Offer an own certificate to a wallet, for ten minutes. Sent again it is a new offer, and the one before ends; no code is kept."""
    found = queries.get_own(reference=reference, by=request.auth)
    offer = actions.offer_to_wallet(credential=found, at=clock.real_now(), by=request.auth)
    response["Cache-Control"] = "no-store"
    return Status(201, OfferOut(address=offer.address, transaction_code=offer.transaction_code, ends_at=offer.ends_at))


@router.get("/credentials/{reference}/forms.zip", openapi_extra=ZIP)
def get_all_forms(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Every form of an own certificate in one file; what cannot be written is named in left-out.txt, with the reason."""
    found = queries.get_own(reference=reference, by=request.auth)
    packed = queries.all_forms(credential=found, at=clock.now(), by=request.auth)
    response = HttpResponse(packed.content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{reference}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@router.get("/credentials/{reference}/corrections", response=CertificateCorrectionsOut)
def list_corrections(request: HttpRequest, response: HttpResponse, reference: Reference) -> CertificateCorrectionsOut:
    """What the holder asked to be put right in it, and the answers."""
    found = queries.get_own(reference=reference, by=request.auth)
    rows = queries.own_corrections(credential=found, by=request.auth)
    return tagged(CertificateCorrectionsOut(corrections=[_correction(each) for each in rows]), response)


@router.post("/credentials/{reference}/corrections", response={201: CertificateCorrectionOut}, openapi_extra=MAKES)
def ask_for_correction(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: CertificateCorrectionIn
) -> Status[CertificateCorrectionOut]:
    """Ask to put something right in an own certificate. The secretariat and the site are told; an answer is owed by ``due_on``."""

    def make() -> CertificateCorrectionOut:
        found = queries.get_own(reference=reference, by=request.auth)
        return _correction(
            ask_correction(
                credential=found, should_be=sent.should_be, words=sent.words, on=clock.today(), at=clock.now(),
                by=request.auth,
            )
        )  # fmt: skip

    return Status(201, made_once(request, response, CertificateCorrectionOut, make))


def _showing(showing: Any, by: Any) -> OwnShowingOut:
    return OwnShowingOut(
        key=showing.pk, credential=showing.credential.reference,
        address=queries.address_of_showing(showing=showing, by=by), purpose=showing.purpose,
        parts=[each.part for each in showing.parts.all()], looking=showing.looking, made_at=showing.made_at,
        ends_at=showing.ends_at, ended_at=showing.ended_at,
        looks=[LookOut(name=each.name, looked_at=each.looked_at) for each in showing.looks.all()],
    )  # fmt: skip


def _correction(each: Any) -> CertificateCorrectionOut:
    asked, replaced = each.request, getattr(each.credential, "replaced_by", None)
    return CertificateCorrectionOut(
        request=asked.reference, credential=each.credential.reference, should_be=asked.should_be, status=asked.status,
        asked_on=asked.asked_on, due_on=asked.due_on, answered_on=asked.answered_on, answer=asked.answer,
        replaced_by=replaced.reference if replaced else None,
    )  # fmt: skip
