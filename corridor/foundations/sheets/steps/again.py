"""A file that was written before and comes once more: its rows mean the records that they made then, so that nothing is made twice."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import batched

from ..importing import AT_ONCE, Given, ImportKind, Verdict
from ..models import Import, ImportState


def written_before(held: Import) -> Import | None:
    """The latest import of the very same bytes that stands written."""
    same = Import.objects.filter(kind=held.kind, sha256=held.sha256, state=ImportState.APPLIED)
    return same.exclude(pk=held.pk).order_by("-applied_at").first()


def made_before(held: Import, kind: ImportKind) -> dict[int, str]:
    """The reference of the record that each row made when the same file was written; records that are gone are left out."""
    before = written_before(held) if kind.reference_column else None
    if before is None:
        return {}
    rows = before.verdicts.filter(verdict=Verdict.CREATE, subject__isnull=False).values_list("number", "subject")
    found: dict[int, str] = {}
    for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        references = kind.references_of([subject for _number, subject in some if subject])
        found |= {number: references[subject] for number, subject in some if subject and subject in references}
    return found


def recognised(row: Given, before: Mapping[int, str], column: str) -> Given:
    """The row with the reference that it was given when it was written."""
    if row.number not in before or row.get(column):
        return row
    return replace(row, values={**row.values, column: before[row.number]})
