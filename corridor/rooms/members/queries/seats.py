"""Who speaks for a member and for the alliance: on a day, over time, and in whose place."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Grant, Permission, Role
from corridor.foundations.accounts.models import User
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..merging import same_organisation_ids
from ..models import Organisation, Seat, Substitute
from ..seating import acting_on, held_on


def seats_on(*, on: date, by: Actor) -> QuerySet[Seat]:
    """Every seat held that day, of members and of the alliance. :raises AccessDenied: for who may not see all seats."""
    by.require(Permission.SEAT_VIEW)
    return held_on(on).select_related("user", "organisation").order_by("role", "organisation__reference", "held_from")


def seats_of(*, organisation: Organisation, by: Actor) -> QuerySet[Seat]:
    """
    Every seat of a member that ever was, the latest first, with who held it, who followed and who stood in.

    :raises AccessDenied: for who may not see its seats.
    """
    by.require(Permission.SEAT_VIEW, on=organisation)
    seats = Seat.objects.filter(organisation=organisation).select_related("user", "follows__user", "followed_by__user")
    return seats.prefetch_related("substitutes__user").order_by("-held_from", "-pk")


def get_seat(*, member: str, key: UUID, by: Actor) -> Seat:
    """
    A seat of a member (its reference), for whoever gives and ends seats, and for its holder.

    :raises AccessDenied: for others who may see it. :raises NotFound: if it has none of that key.
    """
    found = Seat.objects.select_related("user", "organisation").filter(pk=key, organisation__reference=member).first()
    if found is not None and found.user_id == by.user_id and by.may(Permission.SEAT_HAND_OVER, on=found):
        return found
    by.require(Permission.SEAT_GIVE)
    if found is None:
        raise NotFound(N_("There is no such seat."))
    return found


def get_substitute(*, member: str, key: UUID, by: Actor) -> Substitute:
    """Who stands in for a seat of that member. Refuses as ``get_seat``."""
    found = (
        Substitute.objects.select_related("seat", "user").filter(pk=key, seat__organisation__reference=member).first()
    )
    if found is None:
        by.require(Permission.SEAT_GIVE)
        raise NotFound(N_("There is no such seat."))
    get_seat(member=member, key=found.seat_id, by=by)
    return found


def own_seats(*, on: date, by: Actor) -> QuerySet[Seat]:
    """The seats that the asking account holds on that day, with the names of their members; none for a visitor."""
    seats = held_on(on).filter(user_id=by.user_id) if by.user_id else Seat.objects.none()
    return seats.select_related("organisation").prefetch_related("organisation__names").order_by("role", "held_from")


def stood_in_for(*, on: date, by: Actor) -> QuerySet[Substitute]:
    """Whom the asking account stands in for on that day; nobody, for a visitor."""
    mine = acting_on(on).filter(user_id=by.user_id) if by.user_id else Substitute.objects.none()
    return mine.select_related("seat__user", "seat__organisation").prefetch_related("seat__organisation__names")


def grants_of(*, user: User, on: date) -> frozenset[Grant]:
    """What this account's seats allow that day, and those of whom it stands in for. Only journeys/recognise.py asks."""
    seats = held_on(on).filter(user=user).values_list("role", "organisation_id")
    substituted = acting_on(on).filter(user=user).order_by().values_list("seat__role", "seat__organisation_id")
    held = list(seats.union(substituted))
    # Who speaks for one of two records that were found to be one organisation speaks for both: rows of either stay where they are.
    same = same_organisation_ids({key for _, key in held if key}) if any(key for _, key in held) else {}
    return frozenset(
        Grant(Role(role), ("member", each) if each else None)
        for role, key in held
        for each in (same[key] if key else (None,))
    )
