"""Every name that the settings take from the environment stands in .env.example and in docs/operations."""

import ast
from pathlib import Path

from .source import ROOT, plant

# Names that say where .env is, or that other programs own.
NOT_IN_A_FILE = {"CORRIDOR_ENV_FILE"}


def names_read(root: Path) -> set[str]:
    found = set()
    files = sorted((root / "corridor").glob("settings*.py"))
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))):
        taken = None
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "_is_on"}:
            taken = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            taken = node.slice
        if isinstance(taken, ast.Constant):
            found.add(str(taken.value))
    return found - NOT_IN_A_FILE


def unexplained(root: Path) -> list[str]:
    example, page = (root / ".env.example").read_text("utf-8"), (root / "docs/operations/README.md").read_text("utf-8")
    return sorted(name for name in names_read(root) if f"{name}=" not in example or f"`{name}`" not in page)


def test_every_setting_is_explained():
    assert unexplained(ROOT) == []


def test_a_setting_that_nobody_explains_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/settings.py", "A = os.environ.get('A', '')\nB = _is_on('B')\nC = int(os.environ['C'])\n")
    plant(tmp_path, ".env.example", "A=\nB=\nC=\n")
    plant(tmp_path, "docs/operations/README.md", "`A`, `B`")
    assert unexplained(tmp_path) == ["C"]
