"""Counting rows, whole and by code (docs/rules/figures.md, "Breakdowns")."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .evidence import UNKNOWN, EvidenceRow
from .small_cells import K, ShownLine, suppress_line

AGE_BANDS = ("under-15", "15-24", "25-34", "35-44", "45-54", "55-plus")
FIRST_AGES = (0, 15, 25, 35, 45, 55)


class Measure(StrEnum):
    """What of the rows is counted: each subject once (A2, A3), each record once, or the amounts added (A1); minutes as whole hours."""

    SUBJECTS = "subjects"
    RECORDS = "records"
    AMOUNTS = "amounts"
    HOURS = "hours"


MINUTES_IN_AN_HOUR = 60
# What is added up, however few are behind it.
VOLUMES = frozenset({Measure.AMOUNTS, Measure.HOURS})


@dataclass(frozen=True, slots=True)
class Breakdown:
    """
    Counts per code of one dimension, by code with ``unknown`` last and always there.

    A subject with rows under two codes counts in both, and once in ``total``: the difference is ``overlap``. Of volumes ``behind`` counts the
    subjects behind each cell, and ``all_behind`` those behind the total.
    """

    dimension: str
    cells: Mapping[str, int]
    total: int
    behind: Mapping[str, int] | None = None
    all_behind: int = 0

    @property
    def sum(self) -> int:
        return sum(self.cells.values())

    @property
    def overlap(self) -> int:
        return self.sum - self.total

    @property
    def unknown(self) -> int:
        return self.cells[UNKNOWN]


def measure_rows(rows: Iterable[EvidenceRow], measure: Measure) -> int:
    """Count the rows by the measure."""
    match measure:
        case Measure.SUBJECTS:
            return len({row.subject_id for row in rows})
        case Measure.RECORDS:
            return len({row.key for row in rows})
        case Measure.AMOUNTS:
            return sum(row.amount for row in rows)
        case Measure.HOURS:
            return sum(row.amount for row in rows) // MINUTES_IN_AN_HOUR


def break_down(rows: Iterable[EvidenceRow], dimension: str, *, measure: Measure) -> Breakdown:
    """Count the rows per code of a dimension; rows without a code are ``unknown``, which is a value and never a no."""
    every = list(rows)
    by_code = rows_by_code(every, dimension)
    cells = {code: measure_rows(part, measure) for code, part in by_code.items()}
    total = measure_rows(every, measure)
    if measure not in VOLUMES:
        return Breakdown(dimension, cells, total)
    behind = {code: measure_rows(part, Measure.SUBJECTS) for code, part in by_code.items()}
    return Breakdown(dimension, cells, total, behind, measure_rows(every, Measure.SUBJECTS))


def suppressed(part: Breakdown, *, k: int = K, also_hide: Collection[str] = ()) -> ShownLine:
    """As ``suppress_line``. Of a volume the few who are behind a cell hide it, not how much they add up to."""
    if part.behind is None:
        return suppress_line(part.cells, total=part.total, k=k, also_hide=also_hide)
    line = suppress_line(part.behind, total=part.all_behind, k=k, also_hide=also_hide)
    cells = {code: None if code in line.hidden else count for code, count in part.cells.items()}
    return ShownLine(cells, None if line.total is None else part.total)


def rows_by_code(rows: Iterable[EvidenceRow], dimension: str) -> dict[str, list[EvidenceRow]]:
    """Part the rows by their code, in the order of the codes, ``unknown`` last and always there."""
    parts: dict[str, list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        parts[row.code(dimension)].append(row)
    ordered = {code: parts[code] for code in sorted(parts) if code != UNKNOWN}
    return ordered | {UNKNOWN: parts.get(UNKNOWN, [])}


def subjects_by_code(rows: Iterable[EvidenceRow], dimension: str) -> dict[str, set[str]]:
    """Return who stands under each code that occurs: the claims of ``three_numbers``."""
    return {code: {row.subject_id for row in part} for code, part in rows_by_code(rows, dimension).items() if part}


def age_band(age: int | None) -> str:
    """Return the band of an age in whole years at the start of the enrolment; None is unknown. The bands are our own choice."""
    if age is None or age < 0:
        return UNKNOWN
    return next(band for band, first in reversed(list(zip(AGE_BANDS, FIRST_AGES, strict=True))) if age >= first)
