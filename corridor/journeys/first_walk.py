"""What somebody who has just started the example may want to try: who they can be, and where to look first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.accounts.tokens import make_token

from .recognise import recognise

LASTS = timedelta(days=1)


@dataclass(frozen=True)
class FirstWalk:
    """Accounts with the roles they hold on that day, and one token that acts as the first of them for a day."""

    accounts: tuple[tuple[str, tuple[str, ...]], ...]
    token: str


@transaction.atomic
def first_walk(*, on: date, at: datetime, by: Actor) -> FirstWalk:
    """The accounts to sign in with, those of the whole alliance first. ``at`` is the world's own instant: the token ends by it."""
    by.require(Permission.SEAT_GIVE)
    found = []
    for user in User.objects.filter(is_active=True).order_by("username"):
        actor = recognise(user, on=on)
        held = _worth_telling({role.value for role in actor.roles()})
        if held:
            found.append((not actor.holds_everywhere(Permission.MEMBER_EDIT), user, tuple(held), actor))
    found.sort(key=lambda each: (each[0], each[1].username))
    token = make_token(name="First walk", at=at, by=found[0][3], lasts=LASTS).secret if found else ""
    return FirstWalk(tuple((user.username, held) for _, user, held, _ in found), token)


def _worth_telling(roles: set[str]) -> list[str]:
    """Everybody is a visitor, and whoever is a person here may see their own records as a learner does: told where nothing else is."""
    return sorted(roles - {"visitor", "learner"}) or sorted(roles - {"visitor"})
