"""Brands, the listings of places under them, and the acceptance of a listing."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_

from ..drafts import ListingDraft
from ..models import Brand, Listing, Site
from ..refusals import AlreadyAccepted, ListedAlready, NotListedThen, ReferenceTaken


@transaction.atomic
def make_brands(*, brands: Mapping[str, str], by: Actor) -> list[Brand]:
    """``brands`` maps a code to the name as it is printed. :raises ReferenceTaken: if a code is in use."""
    by.require(Permission.SITE_REGISTER)
    taken = Brand.objects.filter(code__in=brands).values_list("code", flat=True).first()
    if taken:
        raise ReferenceTaken(N_("There is a brand %(code)s already."), code=taken)
    made = Brand.objects.bulk_create([Brand(code=code, name=name) for code, name in brands.items()])
    log.record_each("sites.brand_made", by=by, subjects=made)
    return made


@transaction.atomic
def list_sites_under_brands(*, listings: Sequence[ListingDraft], by: Actor) -> list[Listing]:
    """
    Put places under brands, each from a day until a day. One place may carry several brands at once, each brand once.

    :raises ListedAlready: if the place stands under that brand in these days. :raises BadInput: for days in the wrong order.
    """
    by.require(Permission.SITE_EDIT)
    problems = [
        Problem(
            N_(
                "The listing of %(site)s under %(brand)s ends on or after its first day, and is accepted within its days."
            ),
            {"site": draft.site.reference, "brand": draft.brand.name},
        )
        for draft in listings
        if not _is_in_order(draft)
    ]
    if problems:
        raise BadInput(problems)
    sites = {draft.site.pk for draft in listings}
    list(Site.objects.select_for_update().filter(pk__in=sites).order_by("pk").values_list("pk"))
    standing: dict[tuple[object, object], list[Period]] = {}
    for row in Listing.objects.filter(site__in=sites):
        standing.setdefault((row.site_id, row.brand_id), []).append(Period(row.starts_on, row.ends_before))
    for draft in listings:
        period = Period(draft.starts_on, draft.ends_before)
        others = standing.setdefault((draft.site.pk, draft.brand.pk), [])
        if any(period.overlaps(other) for other in others):
            raise ListedAlready(
                N_("%(site)s stands under %(brand)s already in these days."),
                site=draft.site.reference, brand=draft.brand.name,
            )  # fmt: skip
        others.append(period)
    made = Listing.objects.bulk_create(
        [
            Listing(
                site=draft.site, brand=draft.brand, starts_on=draft.starts_on, ends_before=draft.ends_before,
                accepted_on=draft.accepted_on,
            )
            for draft in listings
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("sites.listed", by=by, subjects=made)
    return made


@transaction.atomic
def accept_listing(*, listing: Listing, on: date, by: Actor) -> Listing:
    """
    The brand's owner accepts the place. Unveiled is not accepted, and neither is operating.

    :raises AlreadyAccepted: if it is. :raises NotListedThen: if the listing is not in force that day.
    """
    by.require(Permission.SITE_CHANGE_STATE)
    listing = _held(listing)
    if listing.accepted_on is not None:
        raise AlreadyAccepted(
            N_("%(site)s was accepted under %(brand)s on %(day)s."),
            site=listing.site.reference, brand=listing.brand.name, day=listing.accepted_on,
        )  # fmt: skip
    if not listing.is_in_force(on=on):
        raise NotListedThen(
            N_("%(site)s does not stand under %(brand)s on %(day)s."),
            site=listing.site.reference, brand=listing.brand.name, day=on,
        )  # fmt: skip
    listing.accepted_on = on
    listing.save(update_fields=["accepted_on"])
    log.record("sites.listing_accepted", by=by, subject=listing)
    return listing


@transaction.atomic
def end_listing(*, listing: Listing, ends_before: date, by: Actor) -> Listing:
    """The place leaves the brand; ``ends_before`` is the first day without it. :raises WrongMoment: if it has ended by then."""
    by.require(Permission.SITE_EDIT)
    listing = _held(listing)
    is_ended = listing.ends_before is not None and listing.ends_before <= ends_before
    if is_ended or ends_before <= listing.starts_on:
        raise WrongMoment(
            N_("The listing of %(site)s under %(brand)s cannot end on %(day)s: it begins later, or has ended."),
            site=listing.site.reference, brand=listing.brand.name, day=ends_before,
        )  # fmt: skip
    listing.ends_before = ends_before
    listing.save(update_fields=["ends_before"])
    log.record("sites.listing_ended", by=by, subject=listing)
    return listing


def _held(listing: Listing) -> Listing:
    found = (
        Listing.objects.select_for_update(of=("self",)).select_related("site", "brand").filter(pk=listing.pk).first()
    )
    if found is None:
        raise NotFound(N_("There is no such listing."))
    return found


def _is_in_order(draft: ListingDraft) -> bool:
    if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
        return False
    return draft.accepted_on is None or Period(draft.starts_on, draft.ends_before).contains(draft.accepted_on)
