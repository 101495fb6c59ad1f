"""What the API sends and takes is described by name, so no two shapes carry one name."""

import ast
from collections import defaultdict
from pathlib import Path

from .source import ROOT, plant, trees


def named_twice(root: Path) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for file, tree in trees(root, "corridor/api"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.bases:
                found[node.name].append(file)
    return sorted(f"{name}: {', '.join(files)}" for name, files in found.items() if len(files) > 1)


def test_every_shape_of_the_api_has_a_name_of_its_own():
    assert named_twice(ROOT) == []


def test_a_name_given_twice_is_caught(tmp_path):
    for file in ("one", "other"):
        plant(tmp_path, f"corridor/api/{file}.py", "class ThingOut(Schema):\n    pass\n")
    assert named_twice(tmp_path) == ["ThingOut: corridor/api/one.py, corridor/api/other.py"]
