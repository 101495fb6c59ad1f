"""Documents made from the code say what the code says. Stale? Run .venv/bin/python tools/make_docs.py and read the difference."""

from pathlib import Path

from tools import make_docs

from .source import ROOT, plant


def test_roles_states_and_the_api_are_documented_as_they_are():
    assert make_docs.stale(ROOT, make_docs.documents()) == []


def test_a_stale_document_is_caught(tmp_path: Path):
    make_docs.write(tmp_path, {"docs/roles.md": "as it is\n"})
    assert make_docs.stale(tmp_path, {"docs/roles.md": "as it is\n"}) == []
    plant(tmp_path, "docs/roles.md", "as it was\n")
    assert make_docs.stale(tmp_path, {"docs/roles.md": "as it is\n"}) == ["docs/roles.md"]


def test_a_document_of_a_life_that_is_gone_is_caught(tmp_path: Path):
    plant(tmp_path, "docs/states/voyage.md", "# Voyage\n")
    assert make_docs.stale(tmp_path, {}) == ["docs/states/voyage.md"]


def test_an_operation_that_is_not_in_the_snapshot_is_caught(tmp_path: Path):
    plant(tmp_path, "docs/openapi.json", '{"paths": {}}\n')
    assert make_docs.stale(tmp_path, {"docs/openapi.json": '{"paths": {"/members": {}}}\n'}) == ["docs/openapi.json"]
