"""The secret address from which a person's calendar program reads the own sessions: made, replaced, taken away."""

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

from ..models import TimetableAddress


class MadeTimetable(NamedTuple):
    address: TimetableAddress
    # Shown once; nobody can read it again.
    secret: str


@transaction.atomic
def make_timetable_address(*, language: str, at: datetime, by: Actor) -> MadeTimetable:
    """A new address for the asking account; the one before opens nothing any more. :raises AccessDenied: for an account of no person."""
    user = _own(by)
    _end(user, at)
    secret, digest = new_secret()
    made = TimetableAddress.objects.create(user_id=user, digest=digest, hint=secret[-4:], language=language, made_at=at)
    log.record("training.timetable_address_made", by=by, subject=made)
    return MadeTimetable(made, secret)


@transaction.atomic
def end_timetable_address(*, at: datetime, by: Actor) -> int:
    """Take the address away; returns how many were there to take."""
    ended = _end(_own(by), at)
    log.record_each("training.timetable_address_ended", by=by, subjects=ended)
    return len(ended)


def _end(user: UUID, at: datetime) -> list[TimetableAddress]:
    # The account's row is held: of two that make an address at once the second ends the first's.
    User.objects.select_for_update(no_key=True).get(pk=user)
    ended = list(TimetableAddress.objects.filter(user=user, ended_at__isnull=True))
    TimetableAddress.objects.filter(pk__in=[each.pk for each in ended]).update(ended_at=at)
    return ended


def _own(by: Actor) -> UUID:
    if by.user_id is None or by.person_id is None or not by.holds_somewhere(Permission.LEARNER_APPLY):
        raise AccessDenied(N_("A timetable of one's own is for who teaches or learns."))
    return by.user_id
