"""On which days an account holds which seat: one seat is not held twice, or ending it would end only half."""

from collections.abc import Iterable
from uuid import UUID

from corridor.kernel.periods import Period

from .drafts import SeatDraft
from .models import Seat

HeldDays = dict[tuple[object, ...], list[Period]]


def days_held(users: Iterable[UUID]) -> HeldDays:
    """By account, role and member: the days of each seat that these accounts hold, held or will hold."""
    held: HeldDays = {}
    keys = sorted(set(users))
    for start in range(0, len(keys), 500):
        for row in Seat.objects.filter(user__in=keys[start : start + 500]):
            if row.held_before is None or row.held_before > row.held_from:
                place = (row.user_id, row.role, row.organisation_id)
                held.setdefault(place, []).append(Period(row.held_from, row.held_before))
    return held


def take_days(seat: SeatDraft, held: HeldDays) -> bool:
    """Whether the account holds this seat on none of its days; they are among those that are held then."""
    if seat.held_before is not None and seat.held_before <= seat.held_from:
        return True
    days = Period(seat.held_from, seat.held_before)
    others = held.setdefault((seat.user.pk, seat.role.value, seat.organisation.pk if seat.organisation else None), [])
    if any(days.overlaps(other) for other in others):
        return False
    others.append(days)
    return True
