"""Every action, query and journey takes keywords only, and is told who asks."""

import ast
from pathlib import Path

from .source import ROOT, plant, trees

# Before these, nobody is asking yet: they make the actor.
BEFORE_ANYONE_ASKS = {
    "at_the_machine",
    "grants_of",
    "phone_of",
    "read_phone",
    "recognise",
    "recognise_at_a_page",
    "visitor",
}


def loose(root: Path) -> list[str]:
    """Public functions that take a place instead of a name, or can be called without saying who."""
    found = []
    for file, tree in trees(root, "corridor/rooms", "corridor/journeys"):
        if not _is_asked_by_doors(file):
            continue
        for node in tree.body:
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if is_function and not node.name.startswith("_") and node.name not in BEFORE_ANYONE_ASKS:
                found += [f"{file}:{node.name} {fault}" for fault in _faults(node)]
    return found


def _is_asked_by_doors(file: str) -> bool:
    parts = Path(file).with_suffix("").parts
    if any(part.startswith("_") and part != "__init__" for part in parts):
        return False
    return "journeys" in parts or "actions" in parts or "queries" in parts


def _faults(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    taken = function.args
    faults = ["takes arguments by place"] if taken.args or taken.posonlyargs or taken.vararg else []
    named = {argument.arg: default for argument, default in zip(taken.kwonlyargs, taken.kw_defaults, strict=True)}
    if "by" not in named:
        faults.append("is not told who asks")
    elif named["by"] is not None:
        faults.append("has a default for who asks")
    return faults


def test_every_action_query_and_journey_takes_keywords_and_says_who():
    assert loose(ROOT) == []


def test_an_action_without_an_actor_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/actions.py", "def close_site(*, site, on): ...\n")
    assert loose(tmp_path) == ["corridor/rooms/sites/actions.py:close_site is not told who asks"]


def test_an_optional_actor_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/actions/closing.py", "def close_site(*, site, by=None): ...\n")
    assert loose(tmp_path) == ["corridor/rooms/sites/actions/closing.py:close_site has a default for who asks"]


def test_a_query_with_arguments_by_place_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/queries.py", "def get_site(reference, *, by): ...\n")
    assert loose(tmp_path) == ["corridor/rooms/sites/queries.py:get_site takes arguments by place"]


def test_a_journey_without_an_actor_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/journeys/close_cohort.py", "def close_cohort(*, cohort, on): ...\ndef _inner(x): ...\n")
    assert len(loose(tmp_path)) == 1
