"""What the ledger promises: numbers that stay, two persons behind each line, and one writer of a line at a time."""

from collections.abc import Sequence
from typing import Any

from corridor.foundations.access import Actor, Role
from corridor.kernel.errors import AccessDenied, NotFound, Refusal, WrongMoment
from corridor.kernel.wording import N_

from .models import Announcement


class AlreadyConfirmed(Refusal):
    """It stands on the public ledger."""


class SameHand(Refusal):
    """The one who made an announcement may not be its second person."""


class NumberTaken(Refusal):
    """A permanent number is never given twice."""


class AlreadyMerged(WrongMoment):
    """It was merged with another before; only the one that stands is merged further."""


class MergedInACircle(Refusal):
    """It would lead to itself."""


class BothAnswered(WrongMoment):
    """Both announcements have agreements in force; which promise they answer must be settled first."""


class NotHeldYet(Refusal):
    """A conference was to be closed before its first day."""


def hold(keys: Sequence[Any]) -> list[Announcement]:
    # In one order, so that two at once cannot wait for each other.
    found = list(Announcement.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk"))
    if len(found) < len(set(keys)):
        raise NotFound(N_("There is no such announcement."))
    return found


def refuse_taken(model: Any, references: Sequence[str]) -> None:
    taken = model.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    doubled = next((each for place, each in enumerate(references) if each in references[:place]), None)
    if taken or doubled:
        raise NumberTaken(N_("%(reference)s is given already; it is never given twice."), reference=taken or doubled)


def require_loader(by: Actor) -> None:
    if Role.SYSTEM not in by.roles():
        raise AccessDenied(N_("What you write here is written in your own name."))
