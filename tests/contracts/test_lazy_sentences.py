"""A sentence that is translated later is filled later: ``_("... %(days)s") % {...}`` while a module loads is English for everybody, for good."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .source import ROOT, plant, trees


def filled_too_early(root: Path) -> list[str]:
    """Where lazy sentences are filled outside of functions."""
    found = []
    for path, tree in trees(root, "corridor"):
        lazy = {
            each.asname or each.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for each in node.names
            if each.name.endswith("_lazy")
        }
        for node in _outside_functions(tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Call):
                called = node.left.func
                if isinstance(called, ast.Name) and called.id in lazy:
                    found.append(f"{path}:{node.lineno}")
    return found


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield each
            yield from _outside_functions(each)


def test_no_lazy_sentence_is_filled_while_a_module_loads():
    assert filled_too_early(ROOT) == []


def test_one_that_is_would_be_found(tmp_path):
    early = 'from django.utils.translation import gettext_lazy as _\nDAYS = [(n, _("%(n)s days") % {"n": n}) for n in (1, 2)]\n'
    late = 'from django.utils.translation import gettext_lazy as _\n\n\ndef said(n):\n    return _("%(n)s days") % {"n": n}\n'
    plant(tmp_path, "corridor/early.py", early)
    plant(tmp_path, "corridor/late.py", late)
    assert filled_too_early(tmp_path) == ["corridor/early.py:2"]
