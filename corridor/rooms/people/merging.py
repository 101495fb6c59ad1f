"""Two records of one human being: which record stays, as it is known now or was known at an instant."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import Person, UndoneMerge

AT_ONCE = 500


def final_person_ids(ids: Iterable[UUID], *, at: datetime | None = None) -> dict[UUID, UUID]:
    """
    Return for each key the key of the record that stays, through merges of merges; a record that was never merged is its own.

    With ``at``, only merges written down by then count: what was known at that instant.
    """
    wanted = list(dict.fromkeys(ids))
    into = _next_of(wanted, at)
    fresh = set(into.values()) - set(into)
    while fresh:
        found = _next_of(list(fresh), at)
        into |= found
        fresh = set(found.values()) - set(into)
    return {key: _end(key, into) for key in wanted}


def merged_persons() -> dict[UUID, UUID]:
    """Every person who was merged away, and who stands for them now."""
    into = _links(Person.objects.filter(merged_into__isnull=False))
    return {gone: _end(gone, into) for gone in into}


def same_person_ids(ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return for each key the keys of all records of that human being: the one that stays, and all merged into it."""
    final = final_person_ids(ids)
    records = {stays: {stays} for stays in final.values()}
    origin = {stays: stays for stays in records}
    fresh = list(records)
    while fresh:
        found: list[UUID] = []
        for start in range(0, len(fresh), AT_ONCE):
            rows = Person.objects.filter(merged_into__in=fresh[start : start + AT_ONCE])
            for key, into in rows.values_list("pk", "merged_into_id"):
                origin[key] = origin[into]
                records[origin[key]].add(key)
                found.append(key)
        fresh = found
    return {key: frozenset(records[stays]) for key, stays in final.items()}


def _links(rows: QuerySet[Person]) -> dict[UUID, UUID]:
    return {gone: into for gone, into in rows.values_list("pk", "merged_into_id") if into is not None}


def _next_of(keys: list[UUID], at: datetime | None) -> dict[UUID, UUID]:
    known = Q(merged_into__isnull=False) if at is None else Q(merged_at__lte=at)
    steps: dict[UUID, UUID] = {}
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        steps |= _links(Person.objects.filter(known, pk__in=part))
        if at is not None:
            # A merge that was taken back later was known until then.
            undone = UndoneMerge.objects.filter(person__in=part, merged_at__lte=at, undone_at__gt=at)
            steps |= dict(undone.values_list("person_id", "into_id"))
    return steps


def _end(key: UUID, into: dict[UUID, UUID]) -> UUID:
    while key in into:
        key = into[key]
    return key
