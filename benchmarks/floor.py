"""The floor under any way of writing records: ``bulk_create`` of exactly the rows that were written, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import models, transaction

from .measuring import milliseconds

# Filled by migrations, so that an empty database has them already.
NOT_WRITTEN = {"contenttypes", "sessions", "axes", "django_tasks_db"}
AT_ONCE = 5_000

type Keys = Mapping[type[models.Model], set[Any]]


@dataclass(frozen=True)
class Table:
    """Rows as they are read, so that a million take little room: an object for each is made shortly before it is written."""

    model: type[models.Model]
    stood: list[tuple[Any, ...]]
    written: list[tuple[Any, ...]]


def keys_that_stand() -> Keys:
    """The keys of all rows before the work, so that they are not counted as written by it."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}


def tables(stood: Keys) -> list[Table]:
    """What stood before and what was written since. A row that was only changed since is not written."""
    found = []
    for model in _models():
        names = _names(model)
        place = names.index(model._meta.pk.attname) if model._meta.pk else 0
        old: list[tuple[Any, ...]] = []
        new: list[tuple[Any, ...]] = []
        for row in model._base_manager.values_list(*names).iterator(chunk_size=AT_ONCE):
            (old if row[place] in stood[model] else new).append(row)
        found.append(Table(model, old, new))
    return found


def write(found: list[Table]) -> float:
    """Write them into the empty database that is in use. Returns the milliseconds that ``bulk_create`` took for the written ones."""
    took = 0.0
    # References are checked at the end of the transaction, so the order of the tables does not matter.
    with transaction.atomic():
        for table in found:
            for objects in _objects(table.model, table.stood):
                table.model._base_manager.bulk_create(objects, batch_size=500)
        for table in found:
            for objects in _objects(table.model, table.written):
                took += milliseconds(lambda: table.model._base_manager.bulk_create(objects, batch_size=500))  # noqa: B023 (done at once)
    return took


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in NOT_WRITTEN
        and model._meta.label != "auth.Permission"
    ]  # fmt: skip


def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _objects(model: type[models.Model], rows: list[tuple[Any, ...]]) -> Iterator[list[models.Model]]:
    names = _names(model)
    for part in batched(rows, AT_ONCE):
        yield [model.from_db("default", names, row) for row in part]
