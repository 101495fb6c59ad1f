"""The secret address from which an account's calendar program reads what is due: made, replaced, taken away."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.secret_links import new_secret
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from ..models import CalendarAddress


class MadeAddress(NamedTuple):
    address: CalendarAddress
    # Shown once; nobody can read it again.
    secret: str


@transaction.atomic
def make_calendar_address(*, language: str, at: datetime, by: Actor) -> MadeAddress:
    """A new address for the asking account; the one before opens nothing any more. :raises AccessDenied: for who sees no obligations."""
    user = _own(by)
    _end(user, at)
    secret, digest = new_secret()
    made = CalendarAddress.objects.create(user_id=user, digest=digest, hint=secret[-4:], language=language, made_at=at)
    log.record("agreements.calendar_address_made", by=by, subject=made)
    return MadeAddress(made, secret)


@transaction.atomic
def end_calendar_address(*, at: datetime, by: Actor) -> int:
    """Take the address away; returns how many were there to take."""
    ended = _end(_own(by), at)
    for each in ended:
        log.record("agreements.calendar_address_ended", by=by, subject=each)
    return len(ended)


def _end(user: UUID, at: datetime) -> list[CalendarAddress]:
    # The account's row is held: of two that make an address at once the second ends the first's.
    User.objects.select_for_update(no_key=True).get(pk=user)
    ended = list(CalendarAddress.objects.filter(user=user, ended_at__isnull=True))
    CalendarAddress.objects.filter(pk__in=[each.pk for each in ended]).update(ended_at=at)
    return ended


def _own(by: Actor) -> UUID:
    # Who may fulfil or oversee has something to see there; asking is no reading verb alone.
    may = by.holds_somewhere(Permission.OBLIGATION_FULFIL) or by.holds_somewhere(Permission.AGREEMENT_VIEW_TEXT)
    if by.user_id is None or not may:
        raise AccessDenied(N_("Obligations are for the parties of agreements and those who oversee the alliance."))
    return by.user_id
