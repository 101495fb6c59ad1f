"""Telling accounts of an event. It stands in the product at once; the mail follows as each wishes (sending.py)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor

from .events import SENTENCES, Event
from .models import MailState, Mute, Notice, NoticePlace

AT_ONCE = 500


@transaction.atomic
def tell(
    event: Event,
    *,
    to: Iterable[UUID],
    about: str,
    link: str,
    at: datetime,
    by: Actor,
    places: Mapping[str, str] | None = None,
    once: str = "",
    one_open: bool = False,
) -> int:
    """
    Tell the accounts ``to`` (their ids) of an event about a record (its reference), each once. Return how many were told.

    Called by an action in its own transaction: what is undone was never told. Who acted is not told of the own act. ``link`` is a path in the
    product. ``places`` fill the event's sentence and are never values of a person. With ``once`` (a key) an account that was told of this event under
    that key is not told again, so that a reminder may be asked for every night. With ``one_open`` who has not read the last notice of this event
    gets no second one.
    """
    if event not in SENTENCES:
        raise KeyError(event)
    wanted = [key for key in dict.fromkeys(to) if key != by.user_id]
    if once:
        told = Notice.objects.filter(event=event, once=once).values_list("user_id", flat=True)
        wanted = [key for key in wanted if key not in set(told)]
    if one_open:
        unread = Notice.objects.filter(event=event, user__in=wanted, read_at__isnull=True)
        open_for = set(unread.values_list("user_id", flat=True))
        wanted = [key for key in wanted if key not in open_for]
    muted = set(Mute.objects.filter(event=event, user__in=wanted).values_list("user_id", flat=True))
    made = [
        Notice(
            user_id=key, event=event, about=about, link=link, told_at=at, once=once,
            mail=MailState.NOT_WANTED if key in muted else MailState.WAITING,
        )
        for key in wanted
    ]  # fmt: skip
    # Two that remind at once: the constraint keeps the first, and the second tells nobody twice.
    Notice.objects.bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=bool(once))
    kept = set(Notice.objects.filter(pk__in=[each.pk for each in made]).values_list("pk", flat=True)) if once else None
    NoticePlace.objects.bulk_create(
        [
            NoticePlace(notice=each, name=name, value=str(value))
            for each in made
            if kept is None or each.pk in kept
            for name, value in (places or {}).items()
        ],
        batch_size=AT_ONCE,
    )
    return len(made) if kept is None else len(kept)
