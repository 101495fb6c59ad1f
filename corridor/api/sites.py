"""Places where teaching happens, and the brands under which they stand."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.rooms.sites import queries

from .asking import After, Code, Limit, On, Page, Reference, Search, States, page, rows_after
from .etags import tagged
from .parts import Named, Step, Texts, member, steps, texts
from .tokens import PUBLIC

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
    addresses: Texts
    rooms: list[RoomOut]
    timeline: list[Step]
    source: str


class BrandOut(Schema):
    code: str
    name: str


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


@router.get("/sites/{reference}", response=SiteOut)
def get_site(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> SiteOut:
    found = queries.get_site(reference=reference, by=request.auth, on=on or clock.today())
    whole = SiteOut(
        **_site(found, found.listings.all()),
        timeline=steps(found.changes.all()),
        source=found.source,
        addresses=texts(found.addresses.all()),
        rooms=[RoomOut(name=r.name, capacity=r.capacity) for r in found.rooms.all()],
    )
    return tagged(whole, response)


@router.get("/brands", response=Page[BrandOut])
def list_brands(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    def key(brand: Any) -> str:
        return brand.code

    found = queries.list_brands(by=request.auth)
    return page(
        rows_after(found, after, key), lambda each: BrandOut(code=each.code, name=each.name), limit=limit, key=key
    )


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
