"""
Sealing makes the log hard to rewrite: each entry's seal is a hash over itself and the seal before it.

The worker seals every minute. Until then an entry stands in the unsealed tail, and only the database guards it.
"""

import json
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from django.db import transaction

from .models import ChainEnd, Entry

AT_ONCE = 2000


@dataclass(frozen=True)
class ChainReport:
    first_broken: int | None  # the place in the chain where it stops holding; None: it holds
    sealed: int
    unsealed: int
    last_seal: str


# Not in the action's own transaction: to chain, one must hold the end of the chain until the commit,
# and every writer of the house would wait for the last one.
@transaction.atomic
def seal_entries(*, at_most: int = 1000) -> int:
    """Chain the oldest unsealed entries to the end. Return how many; call again while it is ``at_most``."""
    ChainEnd.objects.get_or_create(pk=1)
    end = ChainEnd.objects.select_for_update().get(pk=1)
    entries = list(Entry.objects.filter(place__isnull=True).order_by("pk").prefetch_related("details")[:at_most])
    for entry in entries:
        end.place, end.seal = end.place + 1, seal_of(entry, after=end.seal)
        entry.place, entry.seal = end.place, end.seal
    Entry.objects.bulk_update(entries, ["place", "seal"], batch_size=200)
    end.save()
    return len(entries)


def check_chain() -> ChainReport:
    """Walk the chain from its start. An altered, removed or inserted entry breaks it there or at the next place."""
    # Read the end before the walk: a worker may seal more meanwhile, and that is no break.
    end = ChainEnd.objects.filter(pk=1).first() or ChainEnd()
    return ChainReport(
        first_broken=_first_broken(end=end),
        sealed=end.place,
        unsealed=Entry.objects.filter(place__isnull=True).count(),
        last_seal=end.seal,
    )


def _first_broken(*, end: ChainEnd) -> int | None:
    place, seal = 0, ""
    for entry in (
        Entry.objects.filter(place__isnull=False).order_by("place").prefetch_related("details").iterator(AT_ONCE)
    ):
        due = seal_of(entry, after=seal)
        is_at_another_end = entry.place == end.place and due != end.seal
        if entry.place != place + 1 or entry.seal != due or is_at_another_end:
            return place + 1
        place, seal = entry.place, due
    if place < end.place:
        return place + 1
    # What the worker sealed meanwhile moved the end with it; a row that somebody put behind the end did not.
    last = ChainEnd.objects.filter(pk=1).values_list("place", flat=True).first() or 0
    return last + 1 if place > last else None


def seal_of(entry: Entry, *, after: str) -> str:
    """SHA-256 over one canonical line. JSON quotes each part, so no two entries can share a line. Prefetch ``details`` for many."""
    happened_at = entry.happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    parts: list[object] = [after, happened_at, entry.event, entry.by, entry.subject, entry.count]
    # An entry without details is sealed as before there were any.
    if details := [[each.field, each.before, each.after] for each in entry.details.all()]:
        parts.append(details)
    line = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return sha256(line.encode()).hexdigest()
