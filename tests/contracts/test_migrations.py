"""The tables that the migrations make are the tables that the models mean."""

from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CharField


@pytest.fixture(autouse=True)
def migrations_as_they_are(settings):
    """Also where the tables of the run were made from the models."""
    settings.MIGRATION_MODULES = {}


def missing(wanted: ProjectState) -> dict[str, list[str]]:
    """What ``makemigrations`` would still write to reach that state, per app of ours."""
    loader = MigrationLoader(None)
    changes: dict[str, list[Any]] = MigrationAutodetector(loader.project_state(), wanted).changes(graph=loader.graph)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("corridor.")}
    return {
        label: [operation.describe() for migration in found for operation in migration.operations]
        for label, found in changes.items()
        if label in ours
    }


def test_no_migration_is_missing():
    assert missing(ProjectState.from_apps(apps)) == {}


def test_a_field_without_a_migration_is_caught():
    wanted = ProjectState.from_apps(apps)
    state: ModelState = wanted.models["accounts", "user"]
    state.fields["nickname"] = CharField(max_length=10, default="")
    assert any("nickname" in operation for operation in missing(wanted)["accounts"])
