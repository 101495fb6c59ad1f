"""Every way a site can be read. Sites, brands and listings are public; who manages a site is for those who appoint and the staff itself."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Grant, Permission, Role
from corridor.foundations.accounts.models import User
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..brands import listings_on
from ..lifecycle import SiteStatus
from ..models import (
    Accreditation,
    Brand,
    Listing,
    Site,
    SiteChange,
    SiteKind,
    SiteName,
    SitePost,
)

# (code, label) of every kind, for a form that narrows a list.
KINDS = SiteKind.choices
# Who may see who manages a site: everywhere, or as its staff.
SEES_STAFF, IS_STAFF = Permission.SITE_STAFF, Permission.SITE_EDIT
OPEN = (SiteStatus.OPERATING.value, SiteStatus.ACCEPTED.value)


def list_sites(
    *,
    by: Actor,  # noqa: ARG001 (sites are public)
    on: date,
    brand: str = "",
    country: str = "",
    kind: str = "",
    host: str = "",
    states: Collection[str] = (),
    words: str = "",
    after: str = "",
) -> QuerySet[Site]:
    """
    Sites by reference, each with ``status_then``, and in ``listings_then`` its listings in force on that day with their brands.

    ``brand`` is a code: places that stand under it that day. ``host`` and ``after`` are references; ``words`` are looked for in
    names and cities. Names and the host's names come with the rows: four statements.
    """
    found: QuerySet[Any] = with_status_on(Site.objects.all(), on)
    if brand:
        found = found.filter(Exists(listings_on(on).filter(site=OuterRef("pk"), brand__code__iexact=brand)))
    if country:
        found = found.filter(country=country)
    if kind:
        found = found.filter(kind=kind)
    if host:
        found = found.filter(host__reference=host)
    if states:
        found = found.filter(status_then__in=states)
    if words:
        named = SiteName.objects.filter(text__icontains=words).values("site")
        found = found.filter(Q(pk__in=named) | Q(city__icontains=words) | Q(reference__icontains=words))
    if after:
        found = found.filter(reference__gt=after)
    then = Prefetch(
        "listings", listings_on(on).select_related("brand").order_by("brand__code"), to_attr="listings_then"
    )
    return (
        found.select_related("host", "agreement").prefetch_related("names", "host__names", then).order_by("reference")
    )


def count_sites(*, by: Actor, on: date) -> dict[str, int]:  # noqa: ARG001 (sites are public)
    """How many sites stood in each state on that day; "open" are those operating or accepted, "all" is the sum of the states."""
    counts = {"all": 0, "open": 0}
    for state in with_status_on(Site.objects.all(), on).values_list("status_then", flat=True):
        counts["all"] += 1
        counts["open"] += state in OPEN
        counts[state] = counts.get(state, 0) + 1
    return counts


def countries_of_sites(*, by: Actor) -> list[str]:  # noqa: ARG001 (sites are public)
    """The countries and regions in which a site is registered, by their codes."""
    return list(Site.objects.order_by("country").values_list("country", flat=True).distinct())


def get_site(*, reference: str, by: Actor, on: date | None = None) -> Site:  # noqa: ARG001 (sites are public)
    """
    One site with names, host, all its listings with their brands, and its changes in the order of days.

    With ``on`` it has ``status_then``.
    """
    found: QuerySet[Any] = Site.objects.all()
    if on is not None:
        found = with_status_on(found, on)
    row = (
        found.select_related("host", "agreement")
        .prefetch_related(
            "names",
            "addresses",
            "rooms",
            "host__names",
            Prefetch("listings", Listing.objects.select_related("brand").order_by("starts_on", "brand__code")),
            Prefetch("changes", SiteChange.objects.order_by("effective_on", "recorded_at", "pk")),
        )
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFound(N_("There is no site %(reference)s."), reference=reference)
    return row


def list_brands(*, by: Actor) -> QuerySet[Brand]:  # noqa: ARG001 (brands are public)
    return Brand.objects.order_by("code")


def get_brand(*, code: str, by: Actor) -> Brand:  # noqa: ARG001 (brands are public)
    """By its code, or by its name as a person types it, in any case of letters."""
    found = Brand.objects.filter(Q(code__iexact=code) | Q(name__iexact=code)).first()
    if found is None:
        raise NotFound(N_("There is no brand %(code)s."), code=code)
    return found


def list_listings(*, by: Actor, on: date, brand: str = "") -> QuerySet[Listing]:  # noqa: ARG001 (listings are public)
    """Listings in force on that day, by brand and site; one place under two brands is two listings."""
    found = listings_on(on).select_related("site", "brand").prefetch_related("site__names")
    if brand:
        found = found.filter(brand__code__iexact=brand)
    return found.order_by("brand__code", "site__reference")


def get_listing(*, site: str, brand: str, on: date, by: Actor) -> Listing:  # noqa: ARG001 (listings are public)
    """The listing of a site (its reference) under a brand (its code) that is in force on that day."""
    found = listings_on(on).select_related("site", "brand").filter(site__reference=site, brand__code=brand).first()
    if found is None:
        raise NotFound(N_("%(site)s does not stand under %(brand)s that day."), site=site, brand=brand)
    return found


def list_managers(*, site: Site, on: date, by: Actor) -> QuerySet[SitePost]:
    """Who manages it that day. :raises AccessDenied: for anyone but those who appoint and the site's own staff."""
    if not by.may(SEES_STAFF):
        by.require(IS_STAFF, on=site)
    return _posts_on(on).filter(site=site).select_related("user").order_by("held_from")


def manager_ids(*, sites: Collection[UUID], on: date, by: Actor) -> list[UUID]:  # noqa: ARG001 (for who tells them)
    """The accounts that manage one of these sites (their keys) that day."""
    return list(_posts_on(on).filter(site__in=sites).order_by("user").values_list("user_id", flat=True).distinct())


def accreditations_of(*, by: Actor, site: str = "", host: str = "") -> QuerySet[Accreditation]:  # noqa: ARG001 (public)
    """Of one site, or of all sites of a host (by references), the latest first; which are in force is asked of each."""
    found = Accreditation.objects.select_related("site", "document").prefetch_related(
        "site__names", "curricula__curriculum"
    )
    if site:
        found = found.filter(site__reference=site)
    return found.filter(site__host__reference=host) if host else found


def get_accreditation(*, site: str, key: UUID, by: Actor) -> Accreditation:
    """:raises NotFound: if the site has none of that key."""
    found = accreditations_of(by=by, site=site).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such accreditation."))
    return found


def open_accreditation_paper(*, site: str, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """
    The paper of an accreditation, for who may see documents and for the site's own staff.

    :raises NotFound: if there is none. :raises AccessDenied: for anyone else.
    """
    found = get_accreditation(site=site, key=key, by=by)
    if not by.may(Permission.DOCUMENT_VIEW, on=found):
        by.require(IS_STAFF, on=found)
    if found.document is None:
        raise NotFound(N_("No paper is kept with this accreditation."))
    return found.document, bytes_of(found.document)


def sites_managed_by(*, by: Actor) -> QuerySet[Site]:
    """For a desk: the sites that this actor manages."""
    keys = by.ids_with(Permission.SITE_EDIT, "site")
    return Site.objects.filter(pk__in=keys).prefetch_related("names").order_by("reference")


def grants_of(*, user: User, on: date) -> frozenset[Grant]:
    """What this account's posts allow that day. Only journeys/recognise.py asks."""
    posts = _posts_on(on).filter(user=user).values_list("site_id", flat=True)
    return frozenset(Grant(Role.SITE_MANAGER, ("site", key)) for key in posts)


def _posts_on(day: date) -> QuerySet[SitePost]:
    return SitePost.objects.filter(Q(held_before__isnull=True) | Q(held_before__gt=day), held_from__lte=day)
