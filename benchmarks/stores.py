"""Databases of our own in a folder that is removed at the end. Which one is the default is changed between turns."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

FOLDER = Path(connection.settings_dict["NAME"]).parent
SUFFIXES = ("", "-wal", "-shm")


def files() -> Path:
    """The folder of documents, where the sheets of a measurement lie too; it goes with the rest."""
    folder = Path(settings.DOCUMENTS_DIR)
    folder.mkdir(exist_ok=True)
    return folder


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def use(name: str) -> None:
    """Make the file of that name the default database; on PostgreSQL there is one database only, and nothing happens."""
    if is_sqlite():
        connection.close()
        connection.settings_dict["NAME"] = str(FOLDER / f"{name}.sqlite3")


def empty(name: str) -> None:
    """Make an empty database of that name and use it. All tables are made once, and copied. What another one published is forgotten."""
    shutil.rmtree(settings.PUBLISHED_DIR, ignore_errors=True)  # of this measurement: see __main__
    if not is_sqlite():
        call_command("migrate", verbosity=0)
        call_command("flush", interactive=False, verbosity=0)
        return
    made = FOLDER / "tables.sqlite3"
    if not made.exists():
        use("tables")
        call_command("migrate", verbosity=0)
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    leave()
    remove(name)
    shutil.copyfile(made, FOLDER / f"{name}.sqlite3")
    use(name)


def leave() -> None:
    """Use none of them, so that a file can be removed or copied."""
    use("none")


def remove(name: str) -> None:
    for suffix in SUFFIXES if is_sqlite() else ():
        (FOLDER / f"{name}.sqlite3{suffix}").unlink(missing_ok=True)


@contextmanager
def kept(name: str) -> Iterator[None]:
    """An empty database of that name in use, removed at the end."""
    empty(name)
    try:
        yield
    finally:
        leave()
        remove(name)
