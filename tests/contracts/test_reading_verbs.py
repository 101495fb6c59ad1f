"""A verb of reading lets nobody write: whoever sees the product as a role holds all of them, and must change nothing."""

import ast
from pathlib import Path

from corridor.foundations.access import READING, Permission

from .source import ROOT, plant, trees


def writes_by_reading(root: Path) -> list[str]:
    """Public actions that ask for a verb of reading and for no other."""
    found = []
    for file, tree in trees(root, "corridor/rooms"):
        if "actions" not in Path(file).with_suffix("").parts:
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                verbs = {
                    inner.attr
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Attribute)
                    and isinstance(inner.value, ast.Name)
                    and inner.value.id == "Permission"
                }
                if verbs and all(getattr(Permission, verb) in READING for verb in verbs):
                    found.append(f"{file}:{node.name}")
    return found


def test_no_action_is_allowed_by_a_verb_of_reading():
    assert writes_by_reading(ROOT) == []


def test_an_action_that_asks_only_to_see_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/actions.py", "def close_site(*, by):\n    by.require(Permission.SITE_VIEW)\n")
    assert writes_by_reading(tmp_path) == ["corridor/rooms/sites/actions.py:close_site"]
