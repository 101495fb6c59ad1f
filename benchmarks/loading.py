"""Loading the example alliance against its floor: reading the same sheets, and ``bulk_create`` of exactly the rows that were written."""

import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from corridor.commands.example import the_example
from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.reading import find_sheets, read_sheet
from corridor.journeys.load_alliance import kinds_for, load_alliance

from . import stores
from .measuring import Result, milliseconds

AT = datetime(2024, 2, 2, 4, tzinfo=UTC)
ROUNDS = 3
# Seconds after which no other round is begun.
ENOUGH = 60
# What these sheets ask for is work on records, not records: keys, signed credentials, frozen and signed figures.
WORK = ("keys", "awards", "edition_figures", "corrections")
# Filled by migrations, so that an empty database has them already.
NOT_LOADED = {"contenttypes", "sessions", "axes", "django_tasks_db"}


class Clock:
    """How many seconds each kind of sheet took; the first carries the reading of all."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self.last = time.perf_counter()

    def tell(self, kind: str, _rows: int) -> None:
        now = time.perf_counter()
        self.took[kind], self.last = now - self.last, now


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (a whole alliance takes as long as it takes)
    folder = the_example()
    ours, theirs, begun = [], [], time.perf_counter()
    for number in range(ROUNDS):
        _new_documents(number)
        with stores.kept("example"):
            clock = Clock()
            ours.append(milliseconds(partial(load_alliance, folder=folder, by=NIGHTLY, at=AT, progress=clock.tell)))
            written = written_rows()
        with stores.kept("floor"):
            theirs.append(milliseconds(partial(_floor, folder, written)))
        if time.perf_counter() - begun > ENOUGH:
            break
    count = sum(len(rows) for rows in written)
    working = sum(clock.took[kind] for kind in WORK) / sum(clock.took.values())
    return [
        Result.of(
            "load the example alliance", "parse the sheets and bulk_create the same rows", "ms", ours, theirs, goal=3,
            note=f"{count:,} rows of {sum(map(bool, written))} tables; {working:.0%} of the time signs credentials and freezes figures",
        )
    ]  # fmt: skip


def _new_documents(number: int) -> None:
    folder = settings.DOCUMENTS_DIR / str(number)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}},
    }


def written_rows() -> list[list[models.Model]]:
    tables = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in NOT_LOADED
    ]
    return [list(model._base_manager.all()) for model in tables if model._meta.label != "auth.Permission"]


def _parse(folder: Path) -> None:
    for kind in kinds_for(folder=folder, by=NIGHTLY):
        for path in find_sheets(folder, kind=kind):
            read_sheet(path, kind=kind)


def _floor(folder: Path, written: list[list[models.Model]]) -> None:
    _parse(folder)
    write_rows(written)


def write_rows(written: list[list[models.Model]]) -> None:
    # References are checked at the end of the transaction, so the order of the tables does not matter.
    with transaction.atomic():
        for rows in written:
            if rows:
                type(rows[0])._base_manager.bulk_create(rows, batch_size=500)
