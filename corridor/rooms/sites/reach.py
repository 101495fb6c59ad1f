"""What a grant for a country holds of this room, and who manages its sites. Only journeys ask: nobody is recognised yet, or all are told."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Role, Source
from corridor.foundations.grants.holding import Holder

from .models import Site, SitePost


def sites_in(countries: Collection[str]) -> dict[str, frozenset[UUID]]:
    """The keys of all sites of each country, by its code. One statement."""
    found: dict[str, set[UUID]] = {code: set() for code in countries}
    for code, key in Site.objects.filter(country__in=countries).values_list("country", "pk"):
        found[code].add(key)
    return {code: frozenset(keys) for code, keys in found.items()}


def holders(sites: Collection[UUID], *, on: date) -> list[Holder]:
    """Who manages these sites that day. One statement."""
    that_day = Q(held_before__isnull=True) | Q(held_before__gt=on)
    posts = SitePost.objects.filter(that_day, held_from__lte=on, site__in=sites, user__is_active=True)
    return [
        Holder(
            post.user_id, post.user.username, Role.SITE_MANAGER, ("site", post.site_id), Source.POST, post.held_before
        )
        for post in posts.select_related("user").order_by("user__username")
    ]


def countries_of(sites: Collection[UUID]) -> set[str]:
    """The codes of the countries in which these stand; nothing is asked where there is none."""
    return set(Site.objects.filter(pk__in=sites).values_list("country", flat=True)) if sites else set()
