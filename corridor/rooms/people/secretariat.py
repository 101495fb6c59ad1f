"""Who is told of what persons ask: the accounts that sit in the secretariat on a day."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Role
from corridor.rooms.members.models import Seat


def secretariat_ids(*, on: date) -> list[UUID]:
    held = Seat.objects.filter(Q(held_before__isnull=True) | Q(held_before__gt=on), held_from__lte=on)
    return list(held.filter(role=Role.SECRETARIAT).order_by("user").values_list("user_id", flat=True).distinct())
