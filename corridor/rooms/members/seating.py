"""Which seats are held on a day, who stands in, and whose seat it is to dispose of: for the queries and actions of this room."""

from datetime import date

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .models import Seat, Substitute


def held_on(day: date) -> QuerySet[Seat]:
    return Seat.objects.filter(Q(held_before__isnull=True) | Q(held_before__gt=day), held_from__lte=day)


def acting_on(day: date) -> QuerySet[Substitute]:
    """Who stands in on that day: a substitute holds no longer than the seat."""
    return Substitute.objects.filter(starts_on__lte=day, ends_before__gt=day, seat__in=held_on(day))


def require_own(seat: Seat, permission: Permission, by: Actor) -> None:
    """:raises AccessDenied: for anyone but the holder of the seat and those who give seats."""
    if by.may(Permission.SEAT_GIVE):
        return
    by.require(permission, on=seat)
    if by.user_id != seat.user_id:
        raise AccessDenied(N_("This is for the holder of the seat, or the secretariat."))
