"""Reading the log: for oversight. It holds references, never personal values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission

from .models import ChainEnd, Entry


@dataclass(frozen=True)
class ChainState:
    """How many entries are sealed and how many wait in the tail, and the seal given last (SHA-256, hexadecimal)."""

    sealed: int
    unsealed: int
    last_seal: str


def list_entries(
    *,
    by: Actor,
    words: str = "",
    who: str = "",
    event: str = "",
    kind: str = "",
    reference: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
    before: int | None = None,
) -> QuerySet[Entry]:
    """
    What happened, the latest first. ``words`` are looked for in events and subjects, ``who`` is a whole label.

    ``event`` is a whole event or the room it begins with, ``kind`` the label of a kind of record ("members.Seat"), ``reference`` its key.
    ``before`` is the number of the last entry read, where the next page goes on.

    :raises AccessDenied: for anyone but oversight.
    """
    by.require(Permission.AUDIT_VIEW)
    found = Entry.objects.order_by("-pk").prefetch_related("details")
    if event:
        found = found.filter(event=event) | found.filter(event__startswith=f"{event}.")
    if kind:
        found = found.filter(subject__startswith=f"{kind}:")
    if reference:
        found = found.filter(subject__endswith=f":{reference}")
    if words:
        found = found.filter(event__icontains=words) | found.filter(subject__icontains=words)
    if who:
        found = found.filter(by=who)
    if first_day:
        found = found.filter(happened_at__date__gte=first_day)
    if last_day:
        found = found.filter(happened_at__date__lte=last_day)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found


def entries_about(*, subjects: Sequence[str], by: Actor) -> QuerySet[Entry]:  # noqa: ARG001 (the journey that knows the record asked)
    """What happened to these subjects ("members.Organisation:key"), the latest first; journeys/tell_history.py asks who may know."""
    return Entry.objects.filter(subject__in=subjects).order_by("-pk").prefetch_related("details")


def chain_state(*, by: Actor) -> ChainState:
    """Two statements; the chain itself is walked by ``sealing.check_chain``."""
    by.require(Permission.AUDIT_VIEW)
    end = ChainEnd.objects.filter(pk=1).first() or ChainEnd()
    return ChainState(end.place, Entry.objects.filter(place__isnull=True).count(), end.seal)
