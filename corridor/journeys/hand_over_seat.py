"""
Handing a seat over, and everything that waits for whoever holds it.

Owners of promises are members, never accounts: what waits for a member waits on the desk of whoever speaks for it. So nothing has to be moved
from account to account when a seat passes on; the one who takes it over is shown what they take over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Grant, Permission, Role
from corridor.foundations.accounts.invitations import account_of_email, invite
from corridor.foundations.accounts.models import User
from corridor.foundations.accounts.queries import get_account
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.members import queries as members
from corridor.rooms.members.actions import hand_over_seat as pass_on
from corridor.rooms.members.models import Seat


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the member: its kind (agreement, obligation, announcement, data_call), its reference, and by when."""

    kind: str
    reference: str
    due: date | None = None


@dataclass(frozen=True)
class HandedOver:
    """The seat that ended, the one that begins, and what the new holder finds on the desk."""

    ended: Seat
    begun: Seat
    waiting: list[Waiting]


def what_waits(*, seat: Seat, on: date, by: Actor) -> list[Waiting]:
    """What whoever holds this seat has to do for its member, as it is known now; empty for a seat of the whole alliance."""
    by.require(Permission.SEAT_HAND_OVER, on=seat)
    if seat.organisation_id is None:
        return []
    # As the seat sees it, whoever asks: a secretariat sees everybody's promises at once.
    role = Role(seat.role)
    seen = Actor(label=by.label, user_id=by.user_id, grants=frozenset({Grant(role, ("member", seat.organisation_id))}))
    waiting = [Waiting("agreement", party.agreement.reference) for party in agreements.agreements_to_sign(by=seen)]
    obligations: Iterable[Any] = agreements.obligations_owed_by(by=seen, on=on)
    waiting += [Waiting("obligation", each.reference, each.due_on) for each in obligations]
    owed: Iterable[Any] = conferences.announcements_owed_by(by=seen, on=on)
    waiting += [Waiting("announcement", each.reference, each.due_then) for each in owed]
    unanswered = members.calls_to_answer(on=on, by=seen)
    waiting += [Waiting("data_call", each.call.reference, each.call.due_on) for each in unanswered]
    return waiting


@transaction.atomic
def hand_over_seat(*, seat: Seat, to: User, on: date, today: date, at: datetime, by: Actor) -> HandedOver:
    """
    Pass a seat on from that day; from ``today`` it passes this minute. Both accounts are told.

    :raises WrongMoment, BadInput, AccessDenied: as the action of the members' room.
    """
    ended, begun = pass_on(seat=seat, to=to, on=on, today=today, at=at, by=by)
    return HandedOver(ended, begun, what_waits(seat=begun, on=on, by=by))


def account_for(*, named: str, at: datetime, by: Actor) -> User:
    """
    The account of that user name or e-mail address; an address that nobody has is invited, so that the seat can be given in the same step.

    :raises NotFound: for a user name that nobody has. :raises AccessDenied: for who neither gives seats nor hands one over.
    """
    if "@" not in named:
        return get_account(username=named, by=by)
    found = account_of_email(email=named, by=by)
    return found if found is not None else invite(email=named, at=at, by=by).user
