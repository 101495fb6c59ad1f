"""Who is asking. Each room knows the grants it gives; this is the only file that puts them together."""

from datetime import date

from corridor.foundations.access import VISITOR, Actor, Grant, Role
from corridor.foundations.accounts.models import User
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.members import queries as members
from corridor.rooms.people.standing import standing_of
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training


def recognise(user: User, *, on: date) -> Actor:
    """
    Return the actor this account is on that day. Doors call it once per request; nobody stores the result.

    A closed account is a visitor. Everyone may do what a visitor may.
    """
    if not user.is_active:
        return VISITOR
    person = standing_of(user=user)
    grants = (
        person.grants
        | members.grants_of(user=user, on=on)
        | sites.grants_of(user=user, on=on)
        | training.grants_of(user=user, on=on)
        | assessment.grants_of(user=user, on=on)
    )
    return Actor(
        label=user.username, user_id=user.pk, person_id=person.person_id, grants=grants | {Grant(Role.VISITOR)}
    )


def visitor() -> Actor:
    """Return the actor of a reader who is not signed in."""
    return VISITOR


def at_the_machine() -> Actor:
    """
    Return the actor of a command: whoever starts one reaches the database as well, so they read as an auditor does.

    It signs and changes nothing.
    """
    return AT_THE_MACHINE


AT_THE_MACHINE = Actor(label="command line", grants=frozenset({Grant(Role.VISITOR), Grant(Role.AUDITOR)}))
