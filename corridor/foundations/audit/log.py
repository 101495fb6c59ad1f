"""Remembering is one plain insert in the action's own transaction. Sealing comes later; see sealing.py."""

from collections.abc import Sequence

from django.db.models import Model

from corridor.foundations.access import Actor

from .models import Entry


def name_of(subject: Model) -> str:
    return f"{subject._meta.label}:{subject.pk}"


def record(event: str, *, by: Actor, subject: Model, count: int = 1) -> None:
    """Remember one event. A bulk action names what holds its many things (a cohort, a file) and how many there were."""
    Entry.objects.create(event=event, by=by.label, subject=name_of(subject), count=count)


def record_each(event: str, *, by: Actor, subjects: Sequence[Model]) -> None:
    """Remember the same event for many things, in one statement per 500."""
    Entry.objects.bulk_create(
        [Entry(event=event, by=by.label, subject=name_of(subject)) for subject in subjects], batch_size=500
    )


def is_recorded(event: str, *, by: Actor, subject: Model) -> bool:
    """Whether this account is remembered to have done that to the thing."""
    return Entry.objects.filter(event=event, by=by.label, subject=name_of(subject)).exists()
