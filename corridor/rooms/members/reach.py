"""What a grant for a country holds of this room, and who holds its seats. Only journeys ask: nobody is recognised yet, or all are told."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Role, Source
from corridor.foundations.grants.holding import Holder

from .merging import merged_organisations, same_organisation_ids
from .models import Organisation
from .seating import acting_on, held_on


def members_in(countries: Collection[str]) -> dict[str, frozenset[UUID]]:
    """
    The keys of all organisations of each country, by its code, with all records that were merged into them; one that was merged away counts
    where the record that stays is. Two statements.
    """
    found: dict[str, set[UUID]] = {code: set() for code in countries}
    standing = Organisation.objects.filter(country__in=countries, merged_into__isnull=True)
    placed = {key: code for code, key in standing.values_list("country", "pk")}
    for key, code in placed.items():
        found[code].add(key)
    for gone, stays in merged_organisations().items():
        if stays in placed:
            found[placed[stays]].add(gone)
    return {code: frozenset(keys) for code, keys in found.items()}


def records_of(members: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The keys of all records of each of these organisations, merged ones too: a grant for one holds for every other. One statement."""
    return same_organisation_ids(members) if members else {}


def holders(members: Collection[UUID], *, on: date) -> list[Holder]:
    """The seats of the alliance and of these members that day, and who stands in for them. Two statements."""
    reached = held_on(on).filter(Q(organisation__isnull=True) | Q(organisation__in=list(members)))
    seats = list(reached.select_related("user").order_by("role", "user__username"))
    substitutes = acting_on(on).filter(seat__in=[seat.pk for seat in seats]).select_related("user", "seat")
    rows = [(seat.user, seat, seat.held_before) for seat in seats]
    rows += [(each.user, each.seat, each.ends_before) for each in substitutes]
    return [
        Holder(
            user.pk, user.username, Role(seat.role), ("member", seat.organisation_id) if seat.organisation_id else None,
            Source.SEAT, before,
        )
        for user, seat, before in rows
        if user.is_active
    ]  # fmt: skip


def countries_of(members: Collection[UUID]) -> set[str]:
    """The codes of the countries in which these sit; nothing is asked where there is none."""
    if not members:
        return set()
    return set(Organisation.objects.filter(pk__in=members).values_list("country", flat=True))
