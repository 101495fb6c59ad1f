"""Nobody but foundations/clock.py asks what time it is. Everything else is told the day (``on=``) or the instant (``at=``)."""

import ast
from pathlib import Path

from .source import ROOT, plant, trees

CLOCK = "corridor/foundations/clock.py"
# (what it is asked of, what is asked): datetime.now(), date.today(), time.time(), timezone.now(), timezone.localdate() ...
ASKING = {"now", "today", "utcnow", "localdate", "localtime"}
OWNERS = {"datetime", "date", "timezone", "dt"}


def looks(root: Path) -> list[str]:
    found = []
    for file, tree in trees(root, "corridor"):
        if file == CLOCK:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                name = getattr(owner, "id", getattr(owner, "attr", ""))
                if (node.func.attr in ASKING and name in OWNERS) or (name == "time" and node.func.attr == "time"):
                    found.append(f"{file}:{node.lineno} {name}.{node.func.attr}()")
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Now":
                found.append(f"{file}:{node.lineno} Now()")
    return found


def test_only_the_clock_looks_at_the_time():
    assert looks(ROOT) == []


def test_a_rule_that_looks_at_the_time_is_caught(tmp_path: Path):
    plant(
        tmp_path,
        "corridor/rooms/sites/models.py",
        "a = datetime.now(UTC)\nb = date.today()\nc = timezone.now()\nd = datetime.datetime.now()\ne = time.time()\n",
    )
    assert len(looks(tmp_path)) == 5


def test_the_clock_itself_may(tmp_path: Path):
    plant(tmp_path, CLOCK, "a = datetime.now(UTC)\n")
    assert looks(tmp_path) == []
