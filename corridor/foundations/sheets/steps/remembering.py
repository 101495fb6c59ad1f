"""What a row's verdict says, as the text that is kept with it, and back."""

import json
from collections.abc import Iterable
from typing import Any

from corridor.kernel.errors import Problem

from ..importing import Fault, Planned, Shift, Verdict, written


def said_by(planned: Planned) -> str:
    """The changes, faults and remarks of a verdict as JSON; empty where there are none."""
    changes = planned.changes
    if planned.verdict == Verdict.CREATE and not changes:
        changes = tuple(
            Shift(name, "", text) for name, value in planned.given.values.items() if (text := written(value))
        )
    parts: dict[str, Any] = {}
    if changes:
        parts["changes"] = [[each.column, each.old, each.new] for each in changes]
    if planned.faults:
        parts["faults"] = [_fault(each) for each in planned.faults]
    if planned.given.remarks:
        parts["remarks"] = [_fault(each) for each in planned.given.remarks]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) if parts else ""


def _fault(each: Fault) -> list[Any]:
    return [
        each.column,
        each.value,
        each.rule,
        each.message,
        each.fix,
        {name: _plain(value) for name, value in each.places.items()},
    ]


def _plain(value: object) -> object:
    return value if isinstance(value, str | int) else str(value)


def parts_of(said: str) -> tuple[tuple[Shift, ...], tuple[Fault, ...], tuple[Fault, ...]]:
    """Changes, faults and remarks of a kept verdict."""
    parts = json.loads(said) if said else {}
    return (
        tuple(Shift(*each) for each in parts.get("changes", ())),
        tuple(_faults(parts.get("faults", ()))),
        tuple(_faults(parts.get("remarks", ()))),
    )


def _faults(rows: Iterable[list[Any]]) -> Iterable[Fault]:
    for column, value, rule, message, fix, places in rows:
        yield Fault(column, value, rule, message, fix, places)


def evidence_text(problem: Problem) -> str:
    places = {name: _plain(value) for name, value in problem.places.items()}
    return json.dumps([problem.message, places, problem.row, problem.column], ensure_ascii=False)


def evidence_of(text: str) -> Problem | None:
    if not text:
        return None
    message, places, row, column = json.loads(text)
    return Problem(message, places, row=row, column=column)
