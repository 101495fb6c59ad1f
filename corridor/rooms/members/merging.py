"""Two records of one organisation: which record stays. Rows of other rooms point where they pointed; who asks resolves."""

from collections.abc import Iterable
from uuid import UUID

from .models import Organisation


def merged_organisations() -> dict[UUID, UUID]:
    """Every record that was merged away, and the one that stands for it now, through merges of merges."""
    rows = Organisation.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    into = {gone: stays for gone, stays in rows if stays is not None}
    return {gone: _end(gone, into) for gone in into}


def same_organisation_ids(ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each key the keys of all records of that organisation: the one that stays, and all merged into it. One statement."""
    final = merged_organisations()
    groups: dict[UUID, set[UUID]] = {}
    for gone, stays in final.items():
        groups.setdefault(stays, {stays}).add(gone)
    return {key: frozenset(groups.get(final.get(key, key), {key})) for key in ids}


def surviving(organisation: Organisation) -> Organisation:
    """The record that stands for it now: itself, unless it was merged into another."""
    while organisation.merged_into_id is not None:
        organisation = Organisation.objects.get(pk=organisation.merged_into_id)
    return organisation


def _end(key: UUID, into: dict[UUID, UUID]) -> UUID:
    while key in into:
        key = into[key]
    return key
