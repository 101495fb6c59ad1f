"""Keeping the index in step: what a thing is called now replaces what it was called."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from corridor.foundations.inserting import insert_rows

from .grams import grams_of, searchable
from .models import Found, Gram

AT_ONCE = 500


@transaction.atomic
def put(kind: str, names: Mapping[UUID, Iterable[str]]) -> int:
    """
    Write what things of one kind are called, by key; a thing without names is taken out. Return how many forms are written.

    In sets: the number of statements grows with the thousands, not with the things.
    """
    keys = list(names)
    for start in range(0, len(keys), AT_ONCE):
        _clear(kind, keys[start : start + AT_ONCE])
    made = [
        Found(kind=kind, key=key, plain=form)
        for key, forms in names.items()
        for form in sorted({searchable(text) for text in forms} - {""})
    ]
    for start in range(0, len(made), AT_ONCE):
        rows = Found.objects.bulk_create(made[start : start + AT_ONCE])
        insert_rows(Gram, ["gram", "found"], ((gram, row.pk) for row in rows for gram in sorted(grams_of(row.plain))))
    return len(made)


def forget(kind: str, keys: Iterable[UUID]) -> None:
    """Take things out of the index, at once: what is erased is found by nobody."""
    put(kind, dict.fromkeys(keys, ()))


def _clear(kind: str, keys: list[UUID]) -> None:
    old = Found.objects.filter(kind=kind, key__in=keys)
    Gram.objects.filter(found__in=old).delete()
    old.delete()
