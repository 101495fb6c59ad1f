"""Every way members can be read. Nothing here changes anything."""

from .listing import (
    IN_THE_ALLIANCE,
    CountryCount,
    MemberPage,
    MemberRecord,
    MemberRow,
    TimelineStep,
    count_by_country,
    get_alliance,
    get_member,
    get_organisation,
    list_members,
    members_on,
    spoken_for,
)
from .seats import get_seat, get_substitute, grants_of, own_seats, seats_of, seats_on, stood_in_for

__all__ = [
    "IN_THE_ALLIANCE",
    "CountryCount",
    "MemberPage",
    "MemberRecord",
    "MemberRow",
    "TimelineStep",
    "count_by_country",
    "get_alliance",
    "get_member",
    "get_organisation",
    "get_seat",
    "get_substitute",
    "grants_of",
    "list_members",
    "members_on",
    "own_seats",
    "seats_of",
    "seats_on",
    "spoken_for",
    "stood_in_for",
]
