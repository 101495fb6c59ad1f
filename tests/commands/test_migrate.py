"""``./run migrate`` on an empty database: all tables at once, and every migration written down as applied."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.contracts.source import ROOT


def run(database: Path, *words: str) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "-m", "corridor.commands", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(database: Path, statement: str) -> set:
    with closing(sqlite3.connect(database)) as connection:
        found = {row[0] for row in connection.execute(statement)}
        connection.commit()
        return found


def test_an_empty_database_has_all_tables_at_once_and_later_what_it_lacks(tmp_path: Path):
    database = tmp_path / "new.sqlite3"
    run(database, "migrate")
    assert {"members_organisation", "jobs_job"} <= ask(database, "SELECT name FROM sqlite_master")
    assert "No planned migration operations" in run(database, "migrate", "--dry-run")
    ask(database, "DROP TABLE jobs_job")
    ask(database, "DELETE FROM django_migrations WHERE app = 'jobs'")
    run(database, "migrate")
    assert "jobs_job" in ask(database, "SELECT name FROM sqlite_master")


def test_killed_before_the_migrations_were_written_down_it_may_be_run_again(tmp_path: Path):
    database = tmp_path / "half.sqlite3"
    run(database, "migrate")
    ask(database, "DELETE FROM django_migrations")
    run(database, "migrate")
    assert "No planned migration operations" in run(database, "migrate", "--dry-run")
