"""A workshop in Vientiane, hosted by a college there."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from corridor.foundations.access import NIGHTLY
from corridor.rooms.members.models import Organisation
from corridor.rooms.sites import actions
from corridor.rooms.sites.drafts import EquipmentDraft, ListingDraft, SiteDraft, SiteStep
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.models import Brand, Equipment, Listing, Site

from .agreements import find_or_make_member

OPERATING_FROM = date(2022, 10, 10)
WAY_TO_OPERATING = [
    SiteStatus.FEASIBLE, SiteStatus.AGREED, SiteStatus.EQUIPPING, SiteStatus.UNVEILED, SiteStatus.OPERATING,
]  # fmt: skip


def make_site(
    reference: str = "wks-vientiane",
    *,
    host: Organisation | None = None,
    country: str = "LA",
    city: str = "Vientiane",
    zone: str = "Asia/Vientiane",
    kind: str = "workshop",
    names: Mapping[str, str] | None = None,
    operating_from: date | None = OPERATING_FROM,
    source_mark: str = "assumed",
) -> Site:
    """A site that operates from that day; only proposed where ``operating_from`` is None."""
    draft = SiteDraft(
        reference=reference, kind=kind, host=host or find_or_make_member("vientiane"), country=country, city=city,
        zone=zone, latitude=Decimal("17.96667"), longitude=Decimal("102.6"), source_mark=source_mark,
        names=names or {"en": f"Workshop {city}"},
    )  # fmt: skip
    site = actions.register_site(site=draft, by=NIGHTLY)
    if operating_from is None:
        return site
    steps = [SiteStep(site, to, operating_from) for to in WAY_TO_OPERATING]
    return actions.move_sites(steps=steps, by=NIGHTLY)[0]


def make_brand(code: str = "panda", *, name: str = "") -> Brand:
    """The brand of that code; made where there is none yet."""
    found = Brand.objects.filter(code=code).first()
    return found or actions.make_brands(brands={code: name or code.title()}, by=NIGHTLY)[0]


def make_listing(
    site: Site,
    brand: Brand | None = None,
    *,
    starts_on: date = OPERATING_FROM,
    ends_before: date | None = None,
    accepted_on: date | None = None,
) -> Listing:
    draft = ListingDraft(site, brand or make_brand(), starts_on, ends_before, accepted_on)
    return actions.list_sites_under_brands(listings=[draft], by=NIGHTLY)[0]


def make_equipment(
    site: Site, inventory_number: str = "INV-1", *, kind: str = "Brake tester", count: int = 1
) -> Equipment:
    draft = EquipmentDraft(site, kind, inventory_number, count, acquired_on=OPERATING_FROM)
    return actions.add_equipment(equipment=[draft], at=datetime(2022, 10, 10, tzinfo=UTC), by=NIGHTLY)[0]
