"""Which seats are held on a day, who stands in, and whose seat it is to dispose of: for the queries and actions of this room."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission, Role
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .merging import same_organisation_ids
from .models import Seat, Substitute


def held_on(day: date) -> QuerySet[Seat]:
    return Seat.objects.filter(Q(held_before__isnull=True) | Q(held_before__gt=day), held_from__lte=day)


def acting_on(day: date) -> QuerySet[Substitute]:
    """Who stands in on that day: a substitute holds no longer than the seat."""
    return Substitute.objects.filter(starts_on__lte=day, ends_before__gt=day, seat__in=held_on(day))


def speakers_on(day: date, *, roles: Collection[Role]) -> dict[UUID, list[UUID]]:
    """
    Whom to tell what waits for a member, by its key: the accounts that hold its seats of these roles that day, and who stands in for them.
    Of records that were merged the seats of one speak for all. Three statements.
    """
    held = list(held_on(day).filter(role__in=roles, organisation__isnull=False).values_list("organisation", "user"))
    acting = acting_on(day).filter(seat__role__in=roles, seat__organisation__isnull=False)
    held += acting.order_by("pk").values_list("seat__organisation", "user")
    same = same_organisation_ids({organisation for organisation, _user in held})
    found: dict[UUID, list[UUID]] = {}
    for organisation, user in held:
        for key in same[organisation]:
            if user not in found.setdefault(key, []):
                found[key].append(user)
    return found


def require_own(seat: Seat, permission: Permission, by: Actor) -> None:
    """:raises AccessDenied: for anyone but the holder of the seat and those who give seats."""
    if by.may(Permission.SEAT_GIVE):
        return
    by.require(permission, on=seat)
    if by.user_id != seat.user_id:
        raise AccessDenied(N_("This is for the holder of the seat, or the secretariat."))
