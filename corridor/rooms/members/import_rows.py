"""Between the rows of an imported sheet and organisations: what stands, what is drafted, and which reference a new one gets."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from anyascii import anyascii

from corridor.foundations.sheets.importing import Given, Planned

from .drafts import OrganisationDraft
from .models import Organisation, OrganisationName, SourceMark

NAME_COLUMNS = ("name", "name_language")


def values(held: Organisation) -> dict[str, Any]:
    return {
        "kind": held.kind,
        "country": held.country,
        "region": held.region,
        "city": held.city,
        "latitude": held.latitude,
        "longitude": held.longitude,
        "source_mark": held.source_mark,
        "source": held.source,
    }


def without_names(row: Given) -> Given:
    return Given(
        row.number, {name: value for name, value in row.values.items() if name not in NAME_COLUMNS}, row.remarks
    )


def draft(each: Planned, said: str) -> OrganisationDraft:
    row = each.given
    return OrganisationDraft(
        reference=said,
        kind=row["kind"],
        country=row["country"],
        city=row["city"],
        region=row.get("region", ""),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        source_mark=row.get("source_mark", SourceMark.ASSUMED),
        source=row.get("source", ""),
        names={row["name_language"]: row["name"]},
        key=each.subject,
    )


def know_names(seen: dict[Any, Any]) -> None:
    """The names of all organisations by country, once a file: there are thousands, not millions."""
    if "names" not in seen:
        known: dict[str, list[tuple[str, str]]] = {}
        rows = OrganisationName.objects.values_list("organisation__country", "name", "organisation__reference")
        for code, name, ref in rows:
            known.setdefault(code, []).append((name, ref))
        seen["names"] = known


def fresh_references(rows: Sequence[Given]) -> Iterator[str]:
    """A reference from the letters of the name, with a number behind it where it is taken."""
    stems = [
        re.sub(r"[^a-z0-9]+", "-", anyascii(row["name"]).lower()).strip("-")[:50] or "organisation" for row in rows
    ]
    taken: set[str] = set()
    for stem in set(stems):
        taken.update(Organisation.objects.filter(reference__startswith=stem).values_list("reference", flat=True))
    for stem in stems:
        candidate, number = stem, 1
        while candidate in taken:
            number += 1
            candidate = f"{stem}-{number}"
        taken.add(candidate)
        yield candidate
