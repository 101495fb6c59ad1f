"""What a row of a package is told, and how a room's verdict about it becomes the package's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.sheets.importing import Fault, Given, Planned, Shift, Verdict, written

# What a row brings that is new, as far as it is worth showing.
SHOWN = (
    "sourced_id", "title", "code", "own_name", "romanised_name", "cohort", "person", "role", "enrolled_on", "starts_on", "ends_before",
)  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """Who asks, with which answers, and what the package has said so far (``seen``)."""

    by: Actor
    at: Any
    answers: Mapping[str, str]
    seen: dict[Any, Any]


def unchanged(row: Given, reference: str = "", *remarks: Fault) -> Planned:
    return Planned(replace(row, remarks=(*row.remarks, *remarks)), Verdict.UNCHANGED, reference)


def remark(row: Given, column: str, rule: str, message: str, **places: object) -> Fault:
    """Something that is told beside a verdict."""
    return Fault(column, written(row.values.get(column)), rule, message, "", places)


def brought(row: Given) -> tuple[Shift, ...]:
    """The values of a new record."""
    return tuple(Shift(name, "", text) for name in SHOWN if (text := written(row.values.get(name))))


def as_ours(row: Given, inner: Planned, *, places: Mapping[int, str], more: Sequence[Shift] = ()) -> Planned:
    """The verdict of a room about what it was given in place of this row; ``places`` are those of earlier rows, by their numbers."""
    changes = (*inner.changes, *more)
    verdict = Verdict.UPDATE if more and inner.verdict == Verdict.UNCHANGED else inner.verdict
    if verdict == Verdict.CREATE:
        changes = brought(row)
    faults = tuple(replace(each, places=_placed(each.places, places)) for each in inner.faults)
    return Planned(row, verdict, inner.reference, inner.subject, changes, faults, inner)


def _placed(said: Mapping[str, object], places: Mapping[int, str]) -> dict[str, object]:
    return {
        name: places.get(value, value) if name == "first" and isinstance(value, int) else value
        for name, value in said.items()
    }
