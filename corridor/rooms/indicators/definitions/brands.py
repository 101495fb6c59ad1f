"""
For which brand a learner counts (docs/rules/figures.md): the one that the cohort names; else the only one listed at the site that
day; else none. The rule is our own choice.
"""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from corridor.kernel.periods import Period
from corridor.rooms.sites.models import Listing

NO_BRAND = "none"


class Listings:
    """All listings, read once."""

    def __init__(self, by_site: dict[UUID, list[tuple[Period, str]]]) -> None:
        self._by_site = by_site

    @classmethod
    def read(cls) -> "Listings":
        by_site: dict[UUID, list[tuple[Period, str]]] = defaultdict(list)
        found: Any = Listing.objects.values_list("site_id", "starts_on", "ends_before", "brand__code")
        for site, starts_on, ends_before, brand in found:
            by_site[site].append((Period(starts_on, ends_before), brand))
        return cls(by_site)

    def brand_of(self, site: UUID, day: date) -> str:
        """The brand of a place that has exactly one that day; else "none": no brand is named."""
        brands = {brand for period, brand in self._by_site.get(site, ()) if period.contains(day)}
        return brands.pop() if len(brands) == 1 else NO_BRAND
