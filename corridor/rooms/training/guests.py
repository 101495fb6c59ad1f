"""Guests of a register: who was in the room without a place in the cohort. What was written by mistake is taken back, and stays to be read."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import Guest, RegisterEntry, Session

LONGEST_NAME, MOST_GUESTS = 100, 50


def read_guests(names: Iterable[str]) -> list[str]:
    """As they were written, without empty lines. :raises BadInput: for a name that is too long, or more than a room holds."""
    found = [name.strip() for name in names if name.strip()]
    if len(found) > MOST_GUESTS or any(len(name) > LONGEST_NAME for name in found):
        places: dict[str, object] = {"most": MOST_GUESTS, "longest": LONGEST_NAME}
        message = N_("Write at most %(most)s guests, each with at most %(longest)s characters.")
        raise BadInput([Problem(message, places, column="guests")])
    return found


def write_guests(*, session: Session, entry: RegisterEntry, names: Iterable[str], at: datetime, by: str) -> None:
    """Let these be the guests: who is new stands with this entry, who is left out is taken back. In an open transaction."""
    wanted, gone = Counter(names), []
    for guest in Guest.objects.filter(entry__session=session, taken_back_at__isnull=True):
        if wanted[guest.name] > 0:
            wanted[guest.name] -= 1
        else:
            gone.append(guest.pk)
    Guest.objects.filter(pk__in=gone).update(taken_back_at=at, taken_back_by=by)
    Guest.objects.bulk_create([Guest(entry=entry, name=name) for name in wanted.elements()])
