"""How many members there are where, on a day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, QuerySet

from corridor.foundations.access import Actor

from ..lifecycle import MembershipStatus, Standing
from ..models import ListedPlace, Membership, MembershipChange, Organisation
from .listing import members_on

# So many organisations are asked for their state of the day one by one beside the others; with more, all are.
FEW = 500


@dataclass(frozen=True)
class CountryCount:
    """
    ``source_mark`` is what the alliance's own list says of this place: named, assumed, or empty where it does not list it.

    ``latitude`` and ``longitude`` are the middle of its members (degrees), None where no member has coordinates.
    """

    country: str
    members: int
    source_mark: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass
class _Sum:
    members: int = 0
    placed: int = 0
    north: float = 0.0
    east: float = 0.0

    def add(self, row: Mapping[str, Any]) -> None:
        self.members += row["members"]
        if row["placed"]:
            self.placed += row["placed"]
            self.north += float(row["north"]) * row["placed"]
            self.east += float(row["east"]) * row["placed"]


def count_by_country(*, on: date, by: Actor) -> list[CountryCount]:
    """Active members by country or region, the most first; for a map and a list of places."""
    marks = dict(ListedPlace.objects.values_list("country", "source_mark"))
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    parts = [
        active.order_by()
        .values("country")
        .annotate(members=Count("pk"), placed=Count("latitude"), north=Avg("latitude"), east=Avg("longitude"))
        for active in _active_on(on, by)
    ]
    for row in parts[0].union(*parts[1:], all=True).order_by() if parts[1:] else parts[0]:
        sums[row["country"]].add(row)
    counts = [
        CountryCount(
            country, each.members, marks.get(country, ""), each.north / each.placed if each.placed else None,
            each.east / each.placed if each.placed else None,
        )
        for country, each in sums.items()
    ]  # fmt: skip
    return sorted(counts, key=lambda row: (-row.members, row.country))


def _active_on(day: date, by: Actor) -> list[QuerySet[Organisation]]:
    """
    As members_on, in one part or two. Of most organisations the membership's own state answers, without a look at its changes: of those with
    one membership that has not changed since that day.
    """
    told = _changed_or_begun_twice(day)
    if len(told) > FEW:
        return [members_on(day=day, by=by)]
    plain = Organisation.objects.filter(
        merged_into__isnull=True, standing=Standing.CONFIRMED, memberships__status=MembershipStatus.ACTIVE
    )
    return [plain.exclude(pk__in=told), members_on(day=day, by=by).filter(pk__in=told)] if told else [plain]


def _changed_or_begun_twice(day: date) -> set[UUID]:
    since = MembershipChange.objects.filter(effective_on__gt=day).values_list("membership__organisation", flat=True)
    many = Membership.objects.values("organisation").annotate(begun=Count("pk")).filter(begun__gt=1)
    return set(since.order_by().union(many.order_by().values_list("organisation", flat=True)))
