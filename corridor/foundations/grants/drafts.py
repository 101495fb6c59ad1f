"""What is asked for: a role for an account, and where it reaches."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from corridor.foundations.access import Role, Scope, country_scope
from corridor.foundations.accounts.models import User


@dataclass(frozen=True)
class Place:
    """Where a grant reaches: the alliance, a country by its code, or a record by its kind, key and reference."""

    kind: str = "alliance"
    key: UUID | None = None
    reference: str = ""

    def scope(self) -> Scope | None:
        return None if self.key is None else (self.kind, self.key)


ALLIANCE = Place()


def country(code: str) -> Place:
    return Place("country", country_scope(code)[1], code.upper())


@dataclass(frozen=True)
class GrantDraft:
    user: User
    role: Role
    place: Place
    held_from: date
    held_before: date | None
    reason: str


class Closed(NamedTuple):
    """A record without its contents: what is needed to open it with a reason, and the accounts that are told of it."""

    key: UUID
    reference: str
    user_ids: tuple[UUID, ...] = ()
