"""Which cohort another system means: by what it calls one, or by our own key or reference in its place."""

from collections.abc import Collection, Iterable
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.sheets.resolving import AT_ONCE, by_reference

from .models import Cohort, SourcedId


def cohorts_called(source: str, values: Collection[str], *, by: Actor) -> dict[str, Cohort]:
    """By what that system calls them, as far as the actor may see them; each with its site."""
    keys: dict[str, UUID] = {}
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), AT_ONCE):
        rows = SourcedId.objects.filter(source=source, value__in=wanted[start : start + AT_ONCE])
        keys |= dict(rows.values_list("value", "cohort_id"))
    for value in wanted:
        if value not in keys and (key := _key(value)) is not None:
            keys[value] = key
    cohorts = by_reference(Cohort.objects.visible_to(by).select_related("site"), keys.values(), field="pk")
    return {value: cohorts[key] for value, key in keys.items() if key in cohorts}


def cohorts_referenced(references: Iterable[str], *, by: Actor) -> dict[str, Cohort]:
    """By our own references, as far as the actor may see them; each with its site."""
    return by_reference(Cohort.objects.visible_to(by).select_related("site"), references)


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
