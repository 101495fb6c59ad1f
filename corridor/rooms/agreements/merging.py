"""Three texts into one: what two sides made of a common base, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .canonical import Content


@dataclass(frozen=True)
class Conflict:
    """One field that both sides changed, each in its own way. None: it does not stand there."""

    field: str
    place: str
    language: str
    base: str | None
    ours: str | None
    theirs: str | None


Field = tuple[str, str, str]
Clauses = list[str]


def merge(base: Content, ours: Content, theirs: Content) -> tuple[Content, list[Conflict]]:
    """
    What ``theirs`` becomes by what ``ours`` changed in ``base``, and where both changed the same field differently (there ``theirs``
    stays). Which agreement it is, what it answers and hangs on, and who its parties are is that of ``theirs``.
    """
    was, mine, now = _fields(base), _fields(ours), _fields(theirs)
    merged, conflicts = dict(now), []
    for field in sorted(was.keys() | mine.keys() | now.keys()):
        old, new, there = was.get(field), mine.get(field), now.get(field)
        if new in (old, there):
            continue
        if there == old:
            _put(merged, field, new)
        else:
            conflicts.append(Conflict(*field, old, new, there))
    texts: dict[str, Clauses] = {}
    for language in sorted({place for name, place, _language in merged if name == "title"}):
        clauses, split = merge_clauses(*(_clauses(one, language) for one in (base, ours, theirs)))
        texts[language] = clauses
        conflicts += [Conflict("clause", place, language, *sides) for place, *sides in split]
    made = _content(theirs, merged, texts)
    if made["ends_before"] is not None and made["ends_before"] <= made["starts_on"]:
        conflicts.append(
            Conflict("ends_before", "", "", base["ends_before"], ours["ends_before"], theirs["ends_before"])
        )
    return made, conflicts


def merge_clauses(base: Clauses, ours: Clauses, theirs: Clauses) -> tuple[Clauses, list[tuple[str, str, str, str]]]:
    """The clauses of both, and each place where both changed the same ones: its number, then base, ours and theirs."""
    waiting = sorted(
        [(*edit, 0) for edit in _edits(base, ours)] + [(*edit, 1) for edit in _edits(base, theirs)],
        key=lambda edit: (edit[0], edit[1]),
    )
    merged, conflicts, at = [], [], 0
    while waiting:
        low, high, group = waiting[0][0], waiting[0][1], [waiting.pop(0)]
        while waiting and (waiting[0][0] < high or waiting[0][0] == low):
            high = max(high, waiting[0][1])
            group.append(waiting.pop(0))
        merged += base[at:low]
        sides = [_applied(base, low, high, [edit for edit in group if edit[3] == side]) for side in (0, 1)]
        changed = {edit[3] for edit in group}
        if len(changed) == 1:
            merged += sides[changed.pop()]
        else:
            merged += sides[1]
            if sides[0] != sides[1]:
                said = ["\n\n".join(clauses) for clauses in (base[low:high], *sides)]
                conflicts.append((str(low + 1), said[0], said[1], said[2]))
        at = high
    return merged + base[at:], conflicts


def _edits(base: Clauses, side: Clauses) -> list[tuple[int, int, Clauses]]:
    found = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [(i1, i2, side[j1:j2]) for tag, i1, i2, j1, j2 in found if tag != "equal"]


def _applied(base: Clauses, low: int, high: int, edits: Sequence[tuple[int, int, Clauses, int]]) -> Clauses:
    """What those edits make of that part of the base."""
    made, at = [], low
    for start, end, put, _side in edits:
        made += base[at:start] + put
        at = end
    return made + base[at:high]


def _fields(content: Content) -> dict[Field, str | None]:
    """Everything but the clauses, flat."""
    found: dict[Field, str | None] = {(name, "", ""): content[name] for name in ("starts_on", "ends_before")}
    found |= {("party", member, ""): role for member, role in content["parties"].items()}
    for language, text in content["texts"].items():
        found |= {("title", language, language): text["title"], ("standing", language, language): text["standing"]}
    for number, texts in content["lines"].items():
        found |= {("line", number, language): text for language, text in texts.items()}
    return found


def _put(fields: dict[Field, str | None], field: Field, value: str | None) -> None:
    """Days are there and may be empty; everything else is not there when it is None."""
    if value is None and field[0] not in {"starts_on", "ends_before"}:
        fields.pop(field, None)
    else:
        fields[field] = value


def _clauses(content: Content, language: str) -> Clauses:
    text: dict[str, Any] = content["texts"].get(language, {})
    return list(text.get("clauses", []))


def _content(theirs: Content, fields: dict[Field, str | None], texts: dict[str, Clauses]) -> Content:
    lines: dict[str, dict[str, str | None]] = {}
    for (name, number, language), text in fields.items():
        if name == "line":
            lines.setdefault(number, {})[language] = text
    return {
        **theirs,
        **{name: fields[name, "", ""] for name in ("starts_on", "ends_before")},
        "parties": {member: fields.get(("party", member, ""), role) for member, role in theirs["parties"].items()},
        "texts": {
            language: {
                "title": fields["title", language, language],
                "standing": fields.get(("standing", language, language), "equal"),
                "clauses": clauses,
            }
            for language, clauses in texts.items()
        },
        "lines": lines,
    }
