"""The tables that the migrations make are the tables that the models mean."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CharField
from psycopg import sql

from .source import ROOT
from .tables import tables_of_a_database

# Written after any migration, also where the tables are made from the models.
WRITTEN_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


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


@pytest.mark.timeout(1_500)  # a hundred seconds of one core, which a busy machine gives late
@pytest.mark.django_db
def test_the_migrations_make_the_tables_of_the_models(an_empty_database: str):
    """The tables of the run are made from the models; these are made by the migrations, in a process of their own."""
    command = [sys.executable, "-m", "tests.contracts.tables"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": an_empty_database}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told, modelled = json.loads(done.stdout), tables_of_a_database()
    migrated = told["tables"]
    assert set(migrated) - {"django_migrations"} == set(modelled) - {"django_migrations"}
    # Of packages only the names: theirs are made as their own migrations say, with older names of sequences.
    ours = {
        each._meta.db_table
        for each in apps.get_models(include_auto_created=True)
        if each.__module__.startswith("corridor.")
    }
    assert {name for name in ours if migrated[name] != modelled[name]} == set()
    assert set(told["with_rows"]) <= WRITTEN_BY_DJANGO


@pytest.fixture
def an_empty_database(tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database on the store of the run."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
        return
    told, name = connection.settings_dict, f"{connection.settings_dict['NAME']}_migrated"
    account, server = f"{told['USER']}:{told['PASSWORD']}", f"{told['HOST']}:{told['PORT']}"
    with psycopg.connect(f"postgresql://{account}@{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"postgresql://{account}@{server}/{name}"
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
