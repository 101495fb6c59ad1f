"""Doors ask, call and answer: they do not write, do not reach for tables and do not make up who is asking."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .source import DOORS, ROOT, plant, trees

WRITES = {
    "save", "delete", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "select_for_update", "atomic",
}  # fmt: skip
# Names by which a door would reach a table behind the back of queries.py.
TABLES = {"objects", "get_model", "get_models", "raw"}
ACTOR_PARTS = {"grants_of", "Grant", "PERMISSIONS_OF"}


def writes(root: Path) -> list[str]:
    found = []
    for file, tree in trees(root, *DOORS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                found.append(f"{file}:{node.lineno} calls .{node.func.attr}()")
    return found


def reaches_for_tables(root: Path) -> list[str]:
    return [f"{where} takes {name}" for name, where in _names(root) if name in TABLES]


def makes_actors(root: Path) -> list[str]:
    found = [f"{where} takes {name}" for name, where in _names(root) if name in ACTOR_PARTS]
    for file, tree in trees(root, *DOORS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Actor":
                found.append(f"{file}:{node.lineno} makes an Actor")
    return found


def _names(root: Path) -> Iterator[tuple[str, str]]:
    for file, tree in trees(root, *DOORS):
        for node in ast.walk(tree):
            if isinstance(node, ast.alias):
                yield node.name, f"{file}:{node.lineno}"
            elif isinstance(node, ast.Attribute):
                yield node.attr, f"{file}:{node.lineno}"


def test_doors_do_not_write():
    assert writes(ROOT) == []


def test_doors_do_not_reach_for_tables():
    assert reaches_for_tables(ROOT) == []


def test_doors_learn_who_is_asking_only_from_recognise():
    """Import-linter sees modules, not names: a room's queries are open to doors, its grants are not."""
    assert makes_actors(ROOT) == []


def test_a_view_that_saves_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/web/members/views.py", "def rename(request, member):\n    member.save()\n")
    assert writes(tmp_path) == ["corridor/web/members/views.py:2 calls .save()"]


def test_an_operation_that_reads_a_table_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/api/members.py", "def listed(apps):\n    return apps.get_model('members.Seat').objects\n")
    assert len(reaches_for_tables(tmp_path)) == 2


def test_a_command_that_makes_its_own_actor_is_caught(tmp_path: Path):
    plant(
        tmp_path,
        "corridor/commands/award.py",
        "from corridor.foundations.access import Actor, Grant\nby = Actor(label='me')\n",
    )
    assert len(makes_actors(tmp_path)) == 2
