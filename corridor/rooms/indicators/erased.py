"""Counting again what was counted of persons who have been erased since: their sex and age are known from the kept row alone."""

from collections.abc import Iterable
from dataclasses import replace

from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.recompute import recompute
from corridor.rooms.people.models import Person

from .asking import Counted
from .definitions import recipe_of

# What an erasure takes from the record of a person and a row of evidence keeps as a code.
CODES = ("age_band", "sex")


def with_codes_of_erased(counted: Counted, then: Iterable[EvidenceRow]) -> Counted:
    """The count with the codes of the rows kept ``then`` for records of persons erased since. Unchanged where nobody is."""
    erased = erased_among(row.subject_id for row in counted.rows)
    if not erased:
        return counted
    kept = {row.key: row.codes for row in then}
    rows = tuple(
        replace(row, codes={**row.codes, **{name: kept[row.key][name] for name in CODES if name in kept[row.key]}})
        if row.subject_id in erased and row.key in kept
        else row
        for row in counted.rows
    )
    definition = counted.question.definition
    return replace(counted, rows=rows, result=recompute(rows, recipe_of(definition.code, definition.version)))


def erased_among(subjects: Iterable[str]) -> frozenset[str]:
    """Those of the subjects who are persons that were erased."""
    gone = {str(key) for key in Person.objects.filter(erased_at__isnull=False).values_list("pk", flat=True)}
    return frozenset(gone & set(subjects)) if gone else frozenset()
