"""What the asking account was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.wording import CountryCode

from .events import SENTENCES, Event
from .models import Notice
from .wishing import own_account

MOST_COUNTED = 99


@dataclass(frozen=True)
class Said:
    """A notice as a sentence to be: ``message`` is the template, ``places`` fill it."""

    notice: Notice
    message: str
    places: dict[str, object]

    @property
    def text(self) -> str:
        """In the reader's language."""
        return sentence(self)


@dataclass(frozen=True)
class NoticePage:
    """``next_before`` goes into ``before`` for the next page; None on the last one."""

    rows: list[Said]
    next_before: UUID | None = None


def said(notice: Notice) -> Said:
    """Prefetch ``places`` for many."""
    places: dict[str, object] = {place.name: place.value for place in notice.places.all()}
    return Said(notice, SENTENCES[notice.event], {"about": _about(notice), **places})


def _about(notice: Notice) -> str:
    """What it is about; of transfers the country, by its name."""
    return CountryCode(notice.about[:2]) if notice.event == Event.TRANSFERS_NEAR else notice.about


def list_notices(*, by: Actor, before: UUID | None = None, limit: int = 50) -> NoticePage:
    """The latest first, a page at a time: two statements."""
    # Keys are UUIDs of version 7: their order is that of the instants.
    found = Notice.objects.filter(user=own_account(by)).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.prefetch_related("places")[: limit + 1])
    return NoticePage([said(row) for row in rows[:limit]], rows[limit - 1].pk if len(rows) > limit else None)


def count_unread(*, by: Actor) -> int:
    """How many, counted up to a hundred; none for a visitor."""
    if by.user_id is None:
        return 0
    return Notice.objects.filter(user=by.user_id, read_at__isnull=True)[: MOST_COUNTED + 1].count()


@transaction.atomic
def mark_read(*, at: datetime, by: Actor, key: UUID | None = None) -> int:
    """Mark one of the asking account's notices as read, or all. Another's notice is left alone. Return how many were new."""
    unread = Notice.objects.filter(user=own_account(by), read_at__isnull=True)
    if key is not None:
        unread = unread.filter(pk=key)
    return unread.update(read_at=at)
