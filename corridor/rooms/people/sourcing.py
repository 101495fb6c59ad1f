"""Whom another system means: by what it calls a person, or by our own key or reference in its place."""

from collections.abc import Collection, Iterable
from uuid import UUID

from corridor.foundations.sheets.resolving import AT_ONCE, by_reference

from .merging import final_person_ids
from .models import Person, SourcedId


def persons_called(source: str, values: Collection[str]) -> dict[str, Person]:
    """By what that system calls them; of a merged record the one that stays. Each has ``names`` read."""
    keys: dict[str, UUID] = {}
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), AT_ONCE):
        rows = SourcedId.objects.filter(source=source, value__in=wanted[start : start + AT_ONCE])
        keys |= dict(rows.values_list("value", "person_id"))
    own = {value: key for value in wanted if value not in keys and (key := _key(value)) is not None}
    return _persons({**own, **keys})


def persons_referenced(references: Iterable[str]) -> dict[str, Person]:
    """By our own references; of a merged record the one that stays. Each has ``names`` read."""
    found = by_reference(Person.objects, references)
    return _persons({reference: person.pk for reference, person in found.items()})


def _persons(keys: dict[str, UUID]) -> dict[str, Person]:
    final = final_person_ids(keys.values())
    persons: dict[UUID, Person] = {}
    wanted = list(set(final.values()))
    for start in range(0, len(wanted), AT_ONCE):
        rows = Person.objects.filter(erased_at__isnull=True).prefetch_related("names")
        persons |= rows.in_bulk(wanted[start : start + AT_ONCE])
    return {value: persons[final[key]] for value, key in keys.items() if final[key] in persons}


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
