"""Places where teaching happens, and the brands under which they stand. site_changes.py has what is written of one."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.members import queries as members
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import SiteDraft

from .asking import After, Code, Limit, On, Page, Reference, Search, States, Words, page, rows_after
from .etags import tagged
from .once import MAKES, made_once
from .parts import Named, Step, Texts, member, steps, texts
from .tokens import PRIVATE, PUBLIC

TAG = "sites"
router = Router(auth=PUBLIC)


class ListingOut(Schema):
    """A brand at this place, from a day until a day; acceptance is of the listing."""

    brand: str
    starts_on: date
    ends_before: date | None
    accepted_on: date | None


class SiteRowOut(Schema):
    """``listings`` in a list are those in force on the day; on a single site, all it ever had."""

    reference: str
    kind: str
    names: Texts
    host: Named
    country: str
    city: str
    zone: str
    latitude: float
    longitude: float
    status: str
    listings: list[ListingOut]
    source_mark: str


class RoomOut(Schema):
    name: str
    capacity: int


class SiteOut(SiteRowOut):
    """``agreement``: in which one it was agreed that there is such a place, where that is written down."""

    agreement: str | None
    addresses: Texts
    rooms: list[RoomOut]
    timeline: list[Step]
    source: str


class BrandOut(Schema):
    code: str
    name: str


Degrees = Annotated[Decimal, Field(max_digits=8, decimal_places=5)]


class SiteIn(Schema):
    """``host`` is the reference of an organisation; ``zone`` a name of the IANA database; degrees are WGS 84."""

    reference: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    kind: Literal["workshop", "college", "technology_school"]
    host: Words
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1")
    city: Words = Field(max_length=80)
    zone: Words = Field(max_length=60)
    latitude: Degrees
    longitude: Degrees
    names: dict[str, Words] = Field(description="By language (BCP 47)")
    source_mark: Literal["named", "assumed"] = "assumed"
    source: Words = ""
    agreement: Words = Field("", max_length=20, description="In which it was agreed; its host is a party")


class BrandIn(Schema):
    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    name: Words = Field(min_length=1, max_length=120)


@router.get("/sites", response=Page[SiteRowOut])
def list_sites(
    request: HttpRequest,
    on: On = None,
    brand: Code = "",
    country: Code = "",
    kind: Code = "",
    host: Code = "",
    status: States = [],  # noqa: B006 (read, never changed)
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Sites as they were on a day, by reference."""
    found = queries.list_sites(
        by=request.auth, on=on or clock.today(), brand=brand, country=country, kind=kind, host=host, states=status,
        words=search, after=after,
    )  # fmt: skip

    def draw(site: Any) -> SiteRowOut:
        return SiteRowOut(**_site(site, site.listings_then))

    return page(found, draw, limit=limit, key=lambda each: each.reference)


@router.post("/sites", response={201: SiteOut}, openapi_extra=MAKES, auth=PRIVATE)
def register_site(request: HttpRequest, response: HttpResponse, sent: SiteIn) -> Status[SiteOut]:
    """Register a place; it is only proposed then."""

    def make() -> SiteOut:
        try:
            host = members.get_organisation(reference=sent.host, by=request.auth)
        except NotFound:
            text = N_("Say which member hosts the place, by its reference.")
            raise BadInput([Problem(text, column="host")]) from None
        under = agreement_of(sent.agreement, request)
        draft = SiteDraft(**sent.dict(exclude={"host", "agreement"}), host=host, agreement=under)
        actions.register_site(site=draft, by=request.auth)
        return whole_site(sent.reference, request)

    return Status(201, made_once(request, response, SiteOut, make))


@router.get("/sites/{reference}", response=SiteOut)
def get_site(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> SiteOut:
    return tagged(whole_site(reference, request, on=on), response)


@router.get("/brands", response=Page[BrandOut])
def list_brands(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    def key(brand: Any) -> str:
        return brand.code

    found = queries.list_brands(by=request.auth)
    return page(
        rows_after(found, after, key), lambda each: BrandOut(code=each.code, name=each.name), limit=limit, key=key
    )


@router.post("/brands", response={201: BrandOut}, openapi_extra=MAKES, auth=PRIVATE)
def make_brand(request: HttpRequest, response: HttpResponse, sent: BrandIn) -> Status[BrandOut]:
    def make() -> BrandOut:
        made = actions.make_brands(brands={sent.code: sent.name}, by=request.auth)[0]
        return BrandOut(code=made.code, name=made.name)

    return Status(201, made_once(request, response, BrandOut, make))


def whole_site(reference: str, request: HttpRequest, *, on: date | None = None) -> SiteOut:
    """All about one, as on that day; today, where none is named."""
    found = queries.get_site(reference=reference, by=request.auth, on=on or clock.today())
    return SiteOut(
        **_site(found, found.listings.all()),
        timeline=steps(found.changes.all()),
        source=found.source,
        agreement=found.agreement.reference if found.agreement else None,
        addresses=texts(found.addresses.all()),
        rooms=[RoomOut(name=r.name, capacity=r.capacity) for r in found.rooms.all()],
    )


def agreement_of(reference: str, request: HttpRequest) -> Any:
    """None for "". :raises BadInput: at the field, if there is none that the asker may see."""
    if not reference:
        return None
    try:
        return agreements.get_agreement(reference=reference, by=request.auth)
    except NotFound:
        text = N_("There is no agreement “%(cell)s” here that you may see.")
        raise BadInput([Problem(text, {"cell": reference}, column="agreement")]) from None


def _site(site: Any, listings: Any) -> dict[str, Any]:
    return {
        "reference": site.reference,
        "kind": site.kind,
        "names": texts(site.names.all()),
        "host": member(site.host),
        "country": site.country,
        "city": site.city,
        "zone": site.zone,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "status": site.status_then,
        "listings": [
            ListingOut(
                brand=each.brand.code,
                starts_on=each.starts_on,
                ends_before=each.ends_before,
                accepted_on=each.accepted_on,
            )
            for each in listings
        ],
        "source_mark": site.source_mark,
    }
