"""The register of issuers for machines: editions, what one says, and signing the next one."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.rooms.credentials import actions, queries

from .asking import Number, On
from .etags import tagged
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "credentials"
router = Router(auth=PRIVATE)


class DaysOut(Schema):
    """Days from the first to the one before ``before``; null where there is no end."""

    starts_on: date
    ends_before: date | None


class ScopeOut(DaysOut):
    programme: str
    site: str


class IssuerOut(Schema):
    did: str
    reference: str
    name: str
    country: str
    memberships: list[DaysOut]
    scopes: list[ScopeOut]


class IssuersEditionOut(Schema):
    """One edition of the register. The signed file stands at ``/issuers/NUMBER.json``; ``sha256`` is its fingerprint."""

    number: int
    day: date
    signed_at: datetime
    valid_until: datetime
    sha256: str
    issuers: list[IssuerOut]


class KeptListOut(Schema):
    """How often the list was signed (``number``), when, and until when it may be relied on; null: without end."""

    address: str
    number: int
    signed_at: datetime | None
    valid_until: datetime | None


class KeptIssuerOut(Schema):
    """An issuer of another house. Nothing is signed here under its identifier."""

    did: str
    name: str
    reference: str = Field(description="Its own, in the house that it left")
    came_from: str
    taken_at: datetime
    register_day: date | None
    lists: list[KeptListOut]


@router.get("/issuers/elsewhere", response=list[KeptIssuerOut], auth=PUBLIC)
def list_kept_issuers(request: HttpRequest) -> list[KeptIssuerOut]:
    """Issuers whose kits were taken over here: the verifier knows what they issued, by the register of the house that they left."""
    return [_kept(each) for each in queries.list_kept_issuers(by=request.auth)]


@router.get("/issuers", response=IssuersEditionOut, auth=PUBLIC)
def get_issuers(request: HttpRequest, response: HttpResponse, on: On = None) -> IssuersEditionOut:
    """The latest edition, or the last one of a day or before it."""
    return tagged(_draw(request, queries.get_edition(on=on, by=request.auth)), response)


@router.get("/issuers/editions/{number}", response=IssuersEditionOut, auth=PUBLIC)
def get_issuers_edition(request: HttpRequest, response: HttpResponse, number: Number) -> IssuersEditionOut:
    return tagged(_draw(request, queries.get_edition(number=number, by=request.auth)), response)


@router.post("/issuers/editions", response={201: IssuersEditionOut}, openapi_extra=MAKES)
def sign_issuers(request: HttpRequest, response: HttpResponse) -> Status[IssuersEditionOut]:
    """Sign the next edition, if it would say something else than the last one, or that one ends soon."""

    def make() -> IssuersEditionOut:
        made = actions.sign_issuers(on=clock.today(), at=clock.real_now(), by=request.auth)
        return _draw(request, made)

    return Status(201, made_once(request, response, IssuersEditionOut, make))


def _draw(request: HttpRequest, edition: Any) -> IssuersEditionOut:
    register = queries.read_edition(edition=edition, by=request.auth)
    return IssuersEditionOut(
        number=edition.number, day=edition.day, signed_at=edition.signed_at, valid_until=edition.valid_until,
        sha256=sha256(edition.document.encode()).hexdigest(),
        issuers=[_issuer(each) for each in register.issuers.values()] if register else [],
    )  # fmt: skip


def _kept(each: queries.KeptShown) -> KeptIssuerOut:
    issuer = each.issuer
    return KeptIssuerOut(
        did=issuer.did, name=issuer.name, reference=issuer.reference, came_from=issuer.came_from, taken_at=issuer.taken_at,
        register_day=each.register_day,
        lists=[
            KeptListOut(address=one.address, number=one.number, signed_at=one.signed_at, valid_until=one.valid_until)
            for one in each.lists
        ],
    )  # fmt: skip


def _issuer(issuer: Any) -> IssuerOut:
    return IssuerOut(
        did=issuer.did, reference=issuer.reference, name=issuer.name, country=issuer.country,
        memberships=[DaysOut(starts_on=first, ends_before=before) for first, before in issuer.memberships],
        scopes=[
            ScopeOut(
                programme=programme.rpartition("/")[2], site=site.rpartition("/")[2], starts_on=days[0], ends_before=days[1]
            )
            for programme, site, days in issuer.scopes
        ],
    )  # fmt: skip
