"""The tables of an empty database, made at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def is_empty() -> bool:
    """Whether no migration was ever applied."""
    return not MigrationRecorder(connection).applied_migrations()


def make_all_tables() -> None:
    """
    Make the tables of an empty database from the models, and write down every migration as applied: a tenth of the time that they take one after
    the other. tests/contracts/test_migrations.py holds that both ways make the same tables, and that no migration puts a row into an empty one.

    Killed on the way it may be called again: tables are made all or none, and what is there is not made twice.
    """
    with _without_migrations():
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    with transaction.atomic():
        for app, name in MigrationLoader(None).disk_migrations:
            recorder.record_applied(app, name)


@contextmanager
def _without_migrations() -> Iterator[None]:
    held = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = held
