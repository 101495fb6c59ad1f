"""A place leaves: the site is closed or handed over, or its listing under a brand ends. Not while cohorts count on it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.sites import actions as sites
from corridor.rooms.sites.brands import brand_of
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.models import Listing, Site
from corridor.rooms.training.lifecycle import CohortStatus
from corridor.rooms.training.models import Cohort

from .first_delivery import note_deliveries

LEAVING = frozenset({SiteStatus.CLOSED, SiteStatus.HANDED_OVER})
NOT_OVER = (CohortStatus.PLANNED, CohortStatus.RECRUITING, CohortStatus.RUNNING)


class CohortsRunThere(WrongMoment):
    """Cohorts count on the place, or on its brand there, beyond that day."""


def cohorts_beyond(*, site: Site, on: date, by: Actor) -> QuerySet[Cohort]:  # noqa: ARG001 (for who moves the site)
    """Cohorts at the site that are not over by that day, in the order of their last days."""
    return Cohort.objects.filter(site=site, status__in=NOT_OVER, ends_before__gt=on).order_by(
        "ends_before", "reference"
    )


@transaction.atomic
def move_site(*, site: Site, to: SiteStatus, on: date, reason: str, by: Actor) -> Site:
    """
    Take a site further in its life. That it opens may be the first delivery under its agreement.

    :raises CohortsRunThere: if it would close or be handed over while a cohort is not over there; says which, and until when.
    """
    by.require(Permission.SITE_CHANGE_STATE)
    if to in LEAVING:
        # Hold the site: nobody opens a cohort there in this moment (opening reads its state).
        Site.objects.select_for_update().get(pk=site.pk)
        running = list(cohorts_beyond(site=site, on=on, by=by))
        if running:
            raise CohortsRunThere(
                N_(
                    "%(site)s cannot leave on %(day)s: %(cohorts)s run until %(last)s. Close them or move their learners first, or suspend the site."
                ),
                site=site.reference, day=on, cohorts=", ".join(each.reference for each in running[:5]),
                last=running[-1].ends_before,
            )  # fmt: skip
    moved = sites.move_site(site=site, to=to, on=on, reason=reason, by=by)
    if moved.agreement_id is not None:
        note_deliveries(agreements=[moved.agreement_id], by=by)
    return moved


@transaction.atomic
def end_listing(*, listing: Listing, ends_before: date, by: Actor) -> Listing:
    """
    End a listing; ``ends_before`` is the first day without it.

    :raises CohortsRunThere: if a cohort counts for the brand there beyond that day; says which, and from when it may end.
    """
    by.require(Permission.SITE_EDIT)
    beyond = cohorts_beyond(site=listing.site, on=ends_before, by=by)
    own = [each for each in beyond.select_related("site") if _counts_for(each, listing)]
    if own:
        raise CohortsRunThere(
            N_(
                "%(cohorts)s count for %(brand)s at %(site)s until %(last)s. End the listing from that day, or close the cohorts first."
            ),
            cohorts=", ".join(each.reference for each in own[:5]), brand=listing.brand.name, site=listing.site.reference,
            last=max(each.ends_before for each in own),
        )  # fmt: skip
    return sites.end_listing(listing=listing, ends_before=ends_before, by=by)


def _counts_for(cohort: Cohort, listing: Listing) -> bool:
    """By its own brand, or where it names none by the one under which the site stands."""
    if cohort.brand_id is not None:
        return bool(cohort.brand_id == listing.brand_id)
    brand = brand_of(cohort.site, on=cohort.starts_on)
    return brand is not None and brand.pk == listing.brand_id
