"""The parts of which an opened record is made, whatever its kind: facts, changes, what it stands on, marks and documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from corridor.foundations.documents.models import Document, Visibility

from .cards import Card, Link


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a record: a label (translated late), and a text, a day or a number; ``link`` where the value opens."""

    label: str | Promise
    value: object
    link: Link | None = None
    is_country: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of state: the code and its words, the day, and why. ``by`` is empty for readers who may not see rows."""

    state: str
    words: str
    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Something the record stands on: a decision, a signature, a report, a listing, a mapping claim, a unit."""

    kind: str
    title: str
    on: date | None = None
    state: str = ""
    note: str = ""
    link: Link | None = None
    record_id: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark in a register: whether it counts, and who signed the register."""

    session: int
    held_on: date
    mark: str
    counts: bool
    signed_by: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or signed file: what it is, its fingerprint, and whether this reader may open it."""

    reference: str
    title: str
    media_type: str
    sha256: str
    attested_by: str
    attested_on: date | None
    may_open: bool


@dataclass(frozen=True, slots=True)
class Walked:
    """One record, opened. ``grounds`` with a ``record_id`` can be walked to as well."""

    card: Card
    facts: tuple[Fact, ...]
    changes: tuple[Moved, ...] = ()
    grounds: tuple[Ground, ...] = ()
    marks: tuple[MarkLine, ...] = ()
    papers: tuple[Paper, ...] = ()


def moves(thing: Any, *, names_who: bool) -> tuple[Moved, ...]:
    """The changes of a thing with a life, in the order of their days."""
    states = type(thing.LIFE.first)
    changes = thing.changes.order_by("effective_on", "recorded_at", "pk")
    return tuple(
        Moved(
            each.to_status,
            str(states(each.to_status).label),
            each.effective_on,
            each.by_label if names_who else "",
            each.reason,
        )
        for each in changes
    )


def papers(documents: Iterable[Document | None], *, sees_restricted: bool) -> tuple[Paper, ...]:
    """Each document once, in the order given."""
    found = {each.pk: each for each in documents if each is not None}
    return tuple(
        Paper(
            each.reference,
            each.title,
            each.media_type,
            each.sha256,
            each.attested_by,
            each.attested_on,
            each.visibility == Visibility.PUBLIC or (sees_restricted and each.visibility == Visibility.RESTRICTED),
        )
        for each in found.values()
    )
