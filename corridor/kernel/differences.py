"""What changed between two evidence sets of one figure (docs/rules/figures.md, "Freeze and correct")."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .evidence import EvidenceRow
from .fingerprints import canonical_line

type RecordKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Differences:
    """
    Records by (kind, id), each list sorted. A record whose only change is that its subject was merged is not ``changed``.

    ``merged`` holds (subject then, subject now).
    """

    added: tuple[RecordKey, ...]
    removed: tuple[RecordKey, ...]
    changed: tuple[RecordKey, ...]
    merged: tuple[tuple[str, str], ...]

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.merged)


def differences(
    old: Iterable[EvidenceRow], new: Iterable[EvidenceRow], *, merges: Mapping[str, str] | None = None
) -> Differences:
    """
    Compare the kept rows with the rows of today.

    ``merges`` maps a subject that was merged away to the one that stayed, as the records know it. Without it (only two files
    are at hand) a subject counts as merged into another if it is gone, and every record of it that remains now names that
    other one, who was counted before as well.
    """
    before, after = _by_record(old), _by_record(new)
    known = _merges_seen(before, after) if merges is None else merges
    both = before.keys() & after.keys()
    changed, merged = [], set()
    for key in sorted(both):
        then = [replace(row, subject_id=known.get(row.subject_id, row.subject_id)) for row in before[key]]
        if _lines(then) != _lines(after[key]):
            changed.append(key)
        now = {row.subject_id for row in after[key]}
        merged |= {
            (gone, known[gone]) for gone in {row.subject_id for row in before[key]} & known.keys() if known[gone] in now
        }
    return Differences(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(changed),
        merged=tuple(sorted(merged)),
    )


def _by_record(rows: Iterable[EvidenceRow]) -> dict[RecordKey, list[EvidenceRow]]:
    by_record: dict[RecordKey, list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        by_record[row.key].append(row)
    return by_record


def _lines(rows: Iterable[EvidenceRow]) -> list[bytes]:
    return sorted(canonical_line(row) for row in rows)


def _merges_seen(
    before: Mapping[RecordKey, list[EvidenceRow]], after: Mapping[RecordKey, list[EvidenceRow]]
) -> dict[str, str]:
    counted_then = {row.subject_id for rows in before.values() for row in rows}
    counted_now = {row.subject_id for rows in after.values() for row in rows}
    heirs: dict[str, set[str]] = defaultdict(set)
    for key in before.keys() & after.keys():
        now = {row.subject_id for row in after[key]}
        for row in before[key]:
            if row.subject_id not in counted_now:
                heirs[row.subject_id] |= now
    return {gone: next(iter(now)) for gone, now in heirs.items() if len(now) == 1 and now <= counted_then}
