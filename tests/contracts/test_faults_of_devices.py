"""Every test that the list of faults names is there: a fault whose test was renamed or taken away is shown by nobody."""

import ast
import re

from .source import ROOT

LIST = ROOT / "docs" / "rules" / "faults-of-devices.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
DRILL = re.compile(r"`(benchmarks/[\w.]+)`")


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| fault")]


def missing(text: str) -> list[str]:
    """What the rows name and is not there, and rows that name nothing."""
    found = [f"{row[:60]} is shown by nothing" for row in rows(text) if not NAMED.search(row) and not DRILL.search(row)]
    for file, name in NAMED.findall(text):
        path = ROOT / file
        there = {
            each.name for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.FunctionDef)
        } if path.exists() else set()  # fmt: skip
        if name not in there:
            found.append(f"{file}::{name}")
    return found + [file for file in DRILL.findall(text) if not (ROOT / file).exists()]


def test_every_fault_is_shown_by_a_test_or_a_drill_that_is_there():
    text = LIST.read_text()
    assert len(rows(text)) > 15
    assert missing(text) == []


def test_a_test_that_is_gone_and_a_fault_without_one_are_caught():
    here = "tests/contracts/test_faults_of_devices.py"
    assert missing(f"| dark | shown | `{here}::missing` |") == []
    assert missing(f"| dark | shown | `{here}::never_there` |") == [f"{here}::never_there"]
    assert missing("| dark | nothing | |") == ["| dark | nothing | | is shown by nothing"]
