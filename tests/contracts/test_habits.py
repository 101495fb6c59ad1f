"""Habits that the linter does not know: signals, who asks kept beside the call, JSON for what should be rows, deletes that spread."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from .source import ROOT, plant, trees

# Control flow that nobody sees at the call: the action calls it, or a journey does.
HIDDEN_CALLS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
    "blinker",
)
# Who asks, kept where every function can take it: it is passed down as ``by``.
HIDDEN_ACTORS = {"local", "ContextVar", "get_current_request", "get_current_user"}
# Files that keep something else in that way: what, and why it is nobody who asks.
NO_ACTOR = {
    "corridor/rooms/indicators/reading_once.py": "what was read while figures are counted together; every figure is the same without it",
}
# "app.Model.field": why these are no rows. A second reason needs a page in docs/adr.
JSON_ON_PURPOSE: dict[str, str] = {}


def hidden(root: Path) -> list[str]:
    """Imports by which a call, or an actor, would reach a function without standing in it."""
    found = []
    for file, tree in trees(root, "corridor"):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                taken = [(node.module or "", alias.name) for alias in node.names]
            elif isinstance(node, ast.Import):
                taken = [(alias.name, "") for alias in node.names]
            else:
                continue
            for module, name in taken:
                whole = f"{module}.{name}".rstrip(".")
                if whole.startswith(HIDDEN_CALLS) or (name in HIDDEN_ACTORS and str(file) not in NO_ACTOR):
                    found.append(f"{file}:{node.lineno} imports {whole}")
    return found


def json_fields(found: Iterable[type[models.Model]]) -> list[str]:
    return [f"{m._meta.label}.{f.name}" for m in found for f in m._meta.fields if isinstance(f, models.JSONField)]


def spreading_deletes(found: Iterable[type[models.Model]]) -> list[str]:
    """Keys whose target can be deleted while something points at it."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("corridor.")]


def test_nothing_is_called_and_nobody_asks_behind_the_call():
    assert hidden(ROOT) == []


@pytest.mark.parametrize("file", NO_ACTOR)
def test_what_is_kept_behind_the_call_knows_nobody(file):
    text = (ROOT / file).read_text()
    assert "ContextVar" in text and "Actor" not in text and "access" not in text


def test_json_stands_only_where_it_is_meant():
    assert sorted(json_fields(ours())) == sorted(JSON_ON_PURPOSE)


def test_deletes_do_not_spread():
    assert spreading_deletes(ours()) == []


def test_a_signal_and_a_hidden_actor_are_caught(tmp_path: Path):
    plant(
        tmp_path,
        "corridor/rooms/sites/models.py",
        "from django.db.models.signals import post_save\nfrom django.db.models import signals\nfrom threading import local\n",
    )
    assert len(hidden(tmp_path)) == 3


@isolate_apps("corridor.rooms.sites")
def test_a_bag_of_json_and_a_spreading_delete_are_caught():
    class Gate(models.Model):
        more = models.JSONField(default=dict)
        beside = models.ForeignKey("self", on_delete=models.CASCADE)

        class Meta:
            app_label = "sites"

    assert json_fields([Gate]) == ["sites.Gate.more"]
    assert spreading_deletes([Gate]) == ["sites.Gate.beside"]
