"""Remembering is plain inserts in the action's own transaction. Sealing comes later; see sealing.py."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from corridor.foundations.access import Actor
from corridor.foundations.clock import real_now
from corridor.foundations.inserting import insert_rows
from corridor.foundations.ready import Ready, ready_row

from .changes import FieldChange
from .models import Entry, EntryDetail


def name_of(subject: Model) -> str:
    return f"{subject._meta.label}:{subject.pk}"


def record(event: str, *, by: Actor, subject: Model, count: int = 1, changes: Iterable[FieldChange] = ()) -> None:
    """
    Remember one event. A bulk action names what holds its many things (a cohort, a file) and how many there were.

    ``changes`` are the fields that an edit changed (``changes.differences``); never a personal value in them.
    """
    entry = Entry.objects.create(event=event, by=by.label, subject=name_of(subject), count=count)
    details = [EntryDetail(entry=entry, field=each.field, before=each.before, after=each.after) for each in changes]
    if details:
        EntryDetail.objects.bulk_create(details)


def ready(event: str, *, by: Actor, subject: Model, count: int = 1) -> Ready:
    """What ``record`` would send, for a transaction in which nothing but ready statements is sent."""
    return ready_row(Entry(event=event, by=by.label, subject=name_of(subject), count=count))


def record_each(event: str, *, by: Actor, subjects: Sequence[Model]) -> None:
    """Remember the same event for many things."""
    if not subjects:
        return
    now, label = real_now(), by.label
    insert_rows(
        Entry,
        ["happened_at", "event", "by", "subject", "count", "seal"],
        [(now, event, label, name_of(subject), 1, "") for subject in subjects],
    )


def is_recorded(event: str, *, by: Actor, subject: Model) -> bool:
    """Whether this account is remembered to have done that to the thing."""
    return Entry.objects.filter(event=event, by=by.label, subject=name_of(subject)).exists()
