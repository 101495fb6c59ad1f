"""
Who is asking.

Every door (page, API, command, task) builds one Actor and passes it down as ``by``. Nothing below the doors ever sees a request, a session
or a token.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol
from uuid import UUID, uuid5

from .permissions import Permission
from .roles import PERMISSIONS_OF, Role
from .words import refusal_for

# What a grant reaches: ("country" | "member" | "site" | "programme" | "cohort" | "person" | "application" | "import", its key).
Scope = tuple[str, UUID]
# What lies inside a wide scope, by kind: ("country", key) -> {"member": keys, "site": keys}; of a record that was merged, its other records.
Reach = Mapping[Scope, Mapping[str, frozenset[UUID]]]

_COUNTRIES = UUID("6f1f7f5e-2d55-4a5e-9a39-0d1a4b3cf0a1")


def country_scope(code: str) -> Scope:
    """The scope of a country or region: it has no row, so its key is made of its code (ISO 3166-1)."""
    return ("country", uuid5(_COUNTRIES, code.upper()))


class Source(StrEnum):
    """Where a grant comes from: what somebody ends, to take it away."""

    SEAT = "seat"
    POST = "post"
    COHORT = "cohort"
    SELF = "self"
    GRANT = "grant"
    DELEGATION = "delegation"
    OVERRIDE = "override"
    # By no role: what one sent in or asked for, and what one was asked to judge.
    SENT = "sent"
    ASKED = "asked"


class Scoped(Protocol):
    def scopes(self) -> frozenset[Scope]: ...


@dataclass(frozen=True)
class Grant:
    """A role held for the whole alliance (no scope) or for one country, member, site, programme, cohort or person."""

    role: Role
    scope: Scope | None = None
    source: Source = field(default=Source.SEAT, compare=False)


_EVERYONE = frozenset({Grant(Role.VISITOR)})


@dataclass(frozen=True)
class Actor:
    label: str
    user_id: UUID | None = None
    person_id: UUID | None = None
    grants: frozenset[Grant] = field(default=_EVERYONE)
    # What the wide scopes among the grants hold, as it stood when the actor was recognised.
    reach: Reach = field(default=MappingProxyType({}), compare=False, repr=False)
    # Nothing but these, whatever the grants say; None: all that they say. See journeys/see_as.py.
    only: frozenset[Permission] | None = None

    def _gives(self, grant: Grant, permission: Permission) -> bool:
        return permission in PERMISSIONS_OF[grant.role] and (self.only is None or permission in self.only)

    def _within(self, grant: Grant, scope: Scope) -> bool:
        if grant.scope is None or grant.scope == scope:
            return True
        return scope[1] in self.reach.get(grant.scope, {}).get(scope[0], ())

    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def holds_everywhere(self, permission: Permission) -> bool:
        return any(grant.scope is None and self._gives(grant, permission) for grant in self.grants)

    def holds_somewhere(self, permission: Permission) -> bool:
        return any(self._gives(grant, permission) for grant in self.grants)

    def ids_with(self, permission: Permission, kind: str) -> frozenset[UUID]:
        """The keys of the things of that kind ("member", "site", "cohort", "person") for which the verb is granted, wide grants unfolded."""
        found: set[UUID] = set()
        for grant in self.grants:
            if grant.scope is not None and self._gives(grant, permission):
                found |= {grant.scope[1]} if grant.scope[0] == kind else set()
                found |= self.reach.get(grant.scope, {}).get(kind, frozenset())
        return frozenset(found)

    def keys_reached(self, kind: str) -> frozenset[UUID]:
        """The keys of the things of that kind over which any role is held, wide grants unfolded."""
        found: set[UUID] = set()
        for grant in self.grants:
            if grant.scope is not None:
                found |= {grant.scope[1]} if grant.scope[0] == kind else set()
                found |= self.reach.get(grant.scope, {}).get(kind, frozenset())
        return frozenset(found)

    def roles_over(self, scopes: Iterable[Scope]) -> frozenset[Role]:
        """The roles held for the whole alliance or for any of these, wide grants unfolded."""
        reached = list(scopes)
        return frozenset(
            grant.role
            for grant in self.grants
            if grant.scope is None or any(self._within(grant, scope) for scope in reached)
        )

    def holds_for(self, permission: Permission, scope: Scope | None) -> bool:
        """Is it granted for the whole of that scope? None is the whole alliance."""
        if scope is None:
            return self.holds_everywhere(permission)
        return any(self._within(grant, scope) for grant in self.grants if self._gives(grant, permission))

    def may(self, permission: Permission, *, on: Scoped | None = None) -> bool:
        """May it be done to ``on``? With no thing in mind, only a grant for the whole alliance is enough."""
        if self.holds_everywhere(permission):
            return True
        giving = [grant for grant in self.grants if self._gives(grant, permission)] if on is not None else []
        if on is None or not giving:
            return False
        reached = on.scopes()
        return any(self._within(grant, scope) for grant in giving for scope in reached)

    def require(self, permission: Permission, *, on: Scoped | None = None) -> None:
        """:raises AccessDenied: if the actor may not do this to ``on``."""
        if not self.may(permission, on=on):
            raise refusal_for(permission)


VISITOR = Actor(label="visitor")
NIGHTLY = Actor(label="system", grants=frozenset({Grant(Role.VISITOR), Grant(Role.SYSTEM)}))
