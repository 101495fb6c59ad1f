"""The accounts and the confirmed e-mail addresses of one human being: by them the rooms before this one find what they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from corridor.foundations.accounts.addresses import confirmed_addresses

from .models import Person


@dataclass(frozen=True)
class Accounts:
    """``users`` are keys; ``addresses`` were confirmed by their holder, so that nobody is shown what belongs to another."""

    users: tuple[UUID, ...]
    addresses: tuple[str, ...]


def accounts_of(keys: Collection[UUID]) -> Accounts:
    """``keys``: all records of one human being. Two statements."""
    rows = Person.objects.filter(pk__in=keys, user__isnull=False).order_by("pk").values_list("user_id", flat=True)
    users = tuple(key for key in rows if key is not None)
    return Accounts(users, confirmed_addresses(users))
