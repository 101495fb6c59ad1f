"""Who holds a role, where and through what: rows that every room gives of its offices (journeys/tell_access.py puts them together)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Role, Scope, Source

from .models import AccessGrant, Override


class Holder(NamedTuple):
    """An account in a role, or in none. ``scope`` None is the whole alliance; ``before`` None is until somebody ends it."""

    user_id: UUID
    username: str
    role: Role | None
    scope: Scope | None
    source: Source
    before: date | None = None
    # Of what is open for minutes: until which instant.
    ends_at: datetime | None = None


def grants_over(scopes: Collection[Scope], *, on: date) -> list[Holder]:
    """What is given or passed on that day for the alliance or one of these scopes; the caller asked the right to the record. One statement."""
    here = Q(scope_key__isnull=True) | Q(scope_key__in=[key for _kind, key in scopes])
    that_day = Q(held_before__isnull=True) | Q(held_before__gt=on)
    rows = AccessGrant.objects.filter(here, that_day, held_from__lte=on, ended_at__isnull=True, user__is_active=True)
    return [
        Holder(
            row.user_id, row.user.username, Role(row.role), row.scope(),
            Source.DELEGATION if row.passed_by_id else Source.GRANT, row.held_before,
        )
        for row in rows.select_related("user").order_by("user__username")
    ]  # fmt: skip


def open_over(records: Collection[UUID], *, at: datetime) -> list[Holder]:
    """Who holds one of these records open at that instant. One statement."""
    rows = Override.objects.filter(
        record_key__in=list(records), ended_at__isnull=True, begins_at__lte=at, ends_at__gt=at
    )
    return [
        Holder(
            row.user_id,
            row.user.username,
            Role.OVERRIDE,
            (row.record_kind, row.record_key),
            Source.OVERRIDE,
            ends_at=row.ends_at,
        )
        for row in rows.select_related("user")
    ]
