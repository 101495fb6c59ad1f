"""Under which brand a place stands on a day (docs/rules/figures.md, "Brand")."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from .models import Brand, Listing, Site


def listings_on(day: date) -> QuerySet[Listing]:
    """Every listing in force on that day."""
    return Listing.objects.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day)


def brand_of(site: Site, *, on: date) -> Brand | None:
    """
    The brand for which a learner there counts when the cohort names none: that of the one listing in force that day.

    With no listing, or with two or more, nobody can say, and nothing is guessed.
    """
    found = list(listings_on(on).filter(site=site).select_related("brand")[:2])
    return found[0].brand if len(found) == 1 else None


def brands_of(sites: Iterable[Site], *, on: date) -> dict[object, Brand | None]:
    """The same for many at once, by the site's key, in one statement."""
    standing: dict[object, list[Brand]] = {site.pk: [] for site in sites}
    for listing in listings_on(on).filter(site__in=list(standing)).select_related("brand"):
        standing[listing.site_id].append(listing.brand)
    return {key: brands[0] if len(brands) == 1 else None for key, brands in standing.items()}
