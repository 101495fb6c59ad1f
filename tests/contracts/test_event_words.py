"""Every event that the code records has words for the pages of the log, and no words stand for an event that nothing records."""

import ast
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import AgreementMotion
from corridor.rooms.credentials.actions.changing import _EVENTS
from corridor.rooms.demand.lifecycle import DemandStatus
from corridor.rooms.members.lifecycle import Standing
from corridor.rooms.programmes.kinds import StepOutcome
from corridor.rooms.programmes.lifecycle import ProgrammeStatus, RiskStatus
from corridor.rooms.training.lifecycle import CohortStatus
from corridor.web.audit.words import EVENT_WORDS, event_words

from .source import ROOT, plant, trees


def of(choices: type[Enum]) -> list[str]:
    return [str(each.value) for each in choices]


# Events whose name is put together: what may stand in their gap.
GAPS = {
    "agreements.{kind.value}_asked": of(AgreementMotion.Kind),
    "agreements.{event}": [*of(AgreementStatus), "resumed"],
    "credentials.{_EVENTS[to]}": list(_EVENTS.values()),
    "demand.{to.value}": of(DemandStatus),
    "members.{to.value}": of(Standing),
    "programmes.{state.value}": of(ProgrammeStatus),
    "programmes.risk_{state.value}": of(RiskStatus),
    "programmes.step_{outcome.value}": of(StepOutcome),
    "training.cohort_{to.value}": of(CohortStatus),
}
# Among what a gap may hold, the state in which things begin.
NEVER = {"demand.draft"}


def events(root: Path) -> Iterator[tuple[str, str]]:
    """Every event that the code below ``root`` records, with its file."""
    read = list(trees(root, "corridor"))
    for file, tree in read:
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if _records(node):
                        yield from ((event, file) for event in _named(node.args[0], function, file, read))


def _records(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"record", "record_each"}
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "log"
    )  # fmt: skip


def _named(said: ast.expr, function: ast.FunctionDef, file: str, read: list[tuple[str, ast.Module]]) -> Iterator[str]:
    match said:
        case ast.Constant():
            yield str(said.value)
        case ast.IfExp():
            yield from _named(said.body, function, file, read)
            yield from _named(said.orelse, function, file, read)
        case ast.JoinedStr():
            template = ast.unparse(said).removeprefix("f")[1:-1]
            before, _open, rest = template.partition("{")
            after = rest.partition("}")[2]
            yield from (f"{before}{each}{after}" for each in GAPS[template])
        case ast.Name():
            # The event is handed in: by whoever calls the function in the same room.
            yield from _handed_in(function.name, "/".join(file.split("/")[:3]), read)
        case _:
            raise AssertionError(f"{file}: {ast.unparse(said)}")


def _handed_in(name: str, room: str, read: list[tuple[str, ast.Module]]) -> Iterator[str]:
    for file, tree in read:
        if not file.startswith(room):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name in {getattr(node.func, "attr", ""), getattr(node.func, "id", "")}:
                for given in [*node.args, *(each.value for each in node.keywords)]:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str) and "." in given.value:
                        yield given.value


def without_words(root: Path) -> list[str]:
    return sorted({f"{file}: {event}" for event, file in events(root) if event not in {*EVENT_WORDS, *NEVER}})


def test_every_event_has_words():
    assert without_words(ROOT) == []


def test_no_words_stand_for_an_event_that_nothing_records():
    assert set(EVENT_WORDS) - {event for event, _file in events(ROOT)} == set()


def test_an_event_without_words_is_caught_and_shows_its_code(tmp_path: Path):
    code = 'def close_site(*, by):\n    log.record("sites.closed_for_lunch", by=by, subject=site)\n'
    plant(tmp_path, "corridor/rooms/sites/actions.py", code)
    assert without_words(tmp_path) == ["corridor/rooms/sites/actions.py: sites.closed_for_lunch"]
    assert event_words("sites.closed_for_lunch") == "sites.closed_for_lunch"
