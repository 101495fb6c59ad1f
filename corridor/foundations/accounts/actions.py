"""Making accounts. Who may give seats may make the accounts that sit in them."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import User


@transaction.atomic
def create_accounts(*, usernames: Sequence[str], by: Actor, passwords: Mapping[str, str] | None = None) -> list[User]:
    """
    Make accounts in the order given. Without a password nobody can sign in with one until it is given a password.

    ``passwords`` by user name is for the few accounts of an example: each costs a slow hash, so imports leave it out.

    :raises BadInput: if a name is taken or stands there twice, with every such name.
    """
    by.require(Permission.SEAT_GIVE)
    taken = set(User.objects.filter(username__in=usernames).values_list("username", flat=True))
    doubled = {name for place, name in enumerate(usernames) if name in usernames[:place]}
    if taken | doubled:
        raise BadInput(
            [Problem(N_("There is already an account %(name)s."), {"name": name}) for name in sorted(taken | doubled)]
        )
    given = passwords or {}
    made = [User(username=name, password=make_password(given.get(name))) for name in usernames]
    User.objects.bulk_create(made, batch_size=500)
    log.record_each("accounts.made", by=by, subjects=made)
    return made


@transaction.atomic
def set_passwords(*, passwords: Mapping[str, str], by: Actor) -> int:
    """
    Give accounts a password each, by user name; for the few accounts of an example. Return how many.

    :raises BadInput: for every name that no account has.
    """
    by.require(Permission.SEAT_GIVE)
    users = {user.username: user for user in User.objects.filter(username__in=passwords)}
    unknown = sorted(set(passwords) - set(users))
    if unknown:
        raise BadInput([Problem(N_("There is no account %(name)s."), {"name": name}) for name in unknown])
    # Accounts that are given the same password share its slow hash: nobody learns from it what the giver has not said.
    hashes = {password: make_password(password) for password in set(passwords.values())}
    for name, user in users.items():
        user.password = hashes[passwords[name]]
    User.objects.bulk_update(users.values(), ["password"], batch_size=500)
    log.record_each("accounts.password_set", by=by, subjects=list(users.values()))
    return len(users)
