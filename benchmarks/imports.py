"""Sheets of persons and of their places: from the file to the records, the dry run alone, the memory it takes; each against its floor."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.db import connection

from corridor.foundations.sheets.intake.opening import open_file

from . import floor, kolibri, learners, stores
from .measuring import Result, milliseconds

SMALL, LARGE, ROUNDS = 10_000, 100_000, 2
KINDS = ("people", "enrolments")
BARE = "read both sheets and bulk_create the same rows"


def measure(seconds: float, small: int = SMALL, large: int = LARGE) -> list[Result]:  # noqa: ARG001 (an import takes as long as it takes)
    few = [Turn(small) for _ in range(ROUNDS)]
    many = [Turn(large)]
    theirs, note = kolibri.persons_per_second()
    rates = [small * 1000 / turn.ours["people"]["whole"] for turn in few]
    return [
        *_against_floor(small, few),
        *_against_floor(large, many),
        Result.of(
            f"peak memory of importing {large:,}", f"of {small:,}", "MB", [many[0].ours["peak"]], [few[0].ours["peak"]], goal=2,
            note="the whole process, with all it has loaded",
        ),
        Result.of(f"import {small:,} persons", "Kolibri", "per second", rates, [theirs] * ROUNDS, goal=100, note=note),
    ]  # fmt: skip


class Turn:
    """One import of that many persons and places, and its floor."""

    def __init__(self, count: int) -> None:
        with stores.kept("imports"):
            learners.make_cohorts(-(-count // learners.SEATS))
            stood = floor.keys_that_stand()
            connection.close()
            self.ours = _bring_in(count)
            written = floor.tables(stood)
        with stores.kept("floor"):
            self.floor = sum(milliseconds(lambda: _read(stores.files() / f"{kind}.xlsx")) for kind in KINDS)  # noqa: B023
            self.floor += floor.write(written)
        self.rows = sum(len(table.written) for table in written)
        self.tables = sum(bool(table.written) for table in written)

    @property
    def whole(self) -> float:
        return sum(self.ours[kind]["whole"] for kind in KINDS)

    @property
    def dry(self) -> float:
        return sum(self.ours[kind]["dry"] for kind in KINDS)


def _against_floor(count: int, turns: list[Turn]) -> list[Result]:
    wholes = [turn.whole for turn in turns]
    note = f"{turns[0].rows:,} rows of {turns[0].tables} tables"
    return [
        Result.of(
            f"import {count:,} persons and as many places from XLSX", BARE, "ms", wholes, [turn.floor for turn in turns], goal=3, note=note,
        ),
        Result.of(
            f"the dry run of {count:,} and {count:,} rows", "the import", "ms", [turn.dry for turn in turns], wholes, goal=0.6,
            note="a verdict for every row is written down",
        ),
    ]  # fmt: skip


def _bring_in(count: int) -> Any:
    environment = dict(os.environ)
    if stores.is_sqlite():
        environment["DATABASE_URL"] = f"sqlite:///{connection.settings_dict['NAME']}"
    command = [sys.executable, "-m", "benchmarks.one_import", str(count), str(stores.files())]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _read(path: Path) -> None:
    found = open_file(path, file=path.name)
    for _ in found.rows(found.sheets[0].name):
        pass
