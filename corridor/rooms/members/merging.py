"""Two records of one organisation: which record stays. Rows of other rooms point where they pointed; who asks resolves."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from .models import Organisation, OrganisationParent

# What may be chosen from either record when two are merged; names, numbers, sectors and places are united.
FIELDS = ("kind", "country", "region", "city", "latitude", "longitude", "founding_mark", "source_mark", "source")
_DEGREES = ("latitude", "longitude")


def merged_organisations() -> dict[UUID, UUID]:
    """Every record that was merged away, and the one that stands for it now, through merges of merges."""
    rows = Organisation.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    into = {gone: stays for gone, stays in rows if stays is not None}
    return {gone: _end(gone, into) for gone in into}


def references_that_stand() -> dict[str, str]:
    """The reference of every record that was merged away, and that of the one that stands for it now. Two statements."""
    stays = merged_organisations()
    if not stays:
        return {}
    wanted = Organisation.objects.filter(pk__in={*stays, *stays.values()})
    called: dict[UUID, str] = dict(wanted.values_list("pk", "reference"))
    return {called[gone]: called[kept] for gone, kept in stays.items()}


def same_organisation_ids(ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each key the keys of all records of that organisation: the one that stays, and all merged into it. One statement."""
    final = merged_organisations()
    groups: dict[UUID, set[UUID]] = {}
    for gone, stays in final.items():
        groups.setdefault(stays, {stays}).add(gone)
    return {key: frozenset(groups.get(final.get(key, key), {key})) for key in ids}


def _end(key: UUID, into: dict[UUID, UUID]) -> UUID:
    while key in into:
        key = into[key]
    return key


def pair_of(one: Organisation, other: Organisation) -> tuple[UUID, UUID]:
    """The keys of two records in the order in which a pair holds them."""
    low, high = sorted((one.pk, other.pk))
    return low, high


def text_of(organisation: Organisation, field: str) -> str:
    """The value of one of FIELDS as text; empty for nothing."""
    value = getattr(organisation, field)
    if value is None:
        return ""
    return f"{Decimal(value):.5f}" if field in _DEGREES else str(value)


def set_from_text(organisation: Organisation, field: str, text: str) -> None:
    """The other way round."""
    if field in _DEGREES:
        setattr(organisation, field, Decimal(text) if text else None)
    else:
        setattr(organisation, field, text)


def parts_of(key: UUID, *, upwards: bool) -> set[UUID]:
    """Every organisation that ever stood above it, or (downwards) under it, through any number of steps; not itself."""
    links: dict[UUID, set[UUID]] = {}
    for child, parent in OrganisationParent.objects.values_list("organisation_id", "parent_id"):
        one, other = (child, parent) if upwards else (parent, child)
        links.setdefault(one, set()).add(other)
    reached: set[UUID] = set()
    fresh = set(links.get(key, ()))
    while fresh:
        reached |= fresh
        fresh = {beyond for each in fresh for beyond in links.get(each, ())} - reached
    return reached - {key}
