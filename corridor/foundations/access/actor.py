"""
Who is asking.

Every door (page, API, command, task) builds one Actor and passes it down as ``by``. Nothing below the doors ever sees a request, a session
or a token.
"""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .permissions import Permission
from .roles import PERMISSIONS_OF, Role

# What a grant reaches: ("member" | "site" | "cohort" | "person", its key).
Scope = tuple[str, UUID]


class Scoped(Protocol):
    def scopes(self) -> frozenset[Scope]: ...


@dataclass(frozen=True)
class Grant:
    """A role held for the whole alliance (no scope) or for one member, site, cohort or person."""

    role: Role
    scope: Scope | None = None


_EVERYONE = frozenset({Grant(Role.VISITOR)})


@dataclass(frozen=True)
class Actor:
    label: str
    user_id: UUID | None = None
    person_id: UUID | None = None
    grants: frozenset[Grant] = field(default=_EVERYONE)

    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def holds_everywhere(self, permission: Permission) -> bool:
        return any(grant.scope is None and permission in PERMISSIONS_OF[grant.role] for grant in self.grants)

    def holds_somewhere(self, permission: Permission) -> bool:
        return any(permission in PERMISSIONS_OF[grant.role] for grant in self.grants)

    def ids_with(self, permission: Permission, kind: str) -> frozenset[UUID]:
        """The keys of the things of that kind ("member", "site", "cohort", "person") for which the verb is granted."""
        return frozenset(
            grant.scope[1]
            for grant in self.grants
            if grant.scope is not None and grant.scope[0] == kind and permission in PERMISSIONS_OF[grant.role]
        )

    def may(self, permission: Permission, *, on: Scoped | None = None) -> bool:
        """May it be done to ``on``? With no thing in mind, only a grant for the whole alliance is enough."""
        if self.holds_everywhere(permission):
            return True
        if on is None:
            return False
        reached = on.scopes()
        return any(grant.scope in reached for grant in self.grants if permission in PERMISSIONS_OF[grant.role])

    def require(self, permission: Permission, *, on: Scoped | None = None) -> None:
        """:raises AccessDenied: if the actor may not do this to ``on``."""
        if not self.may(permission, on=on):
            raise AccessDenied(
                N_("Your account may not do this here (%(permission)s). Ask the secretariat who may."),
                permission=permission,
            )


VISITOR = Actor(label="visitor")
NIGHTLY = Actor(label="system", grants=frozenset({Grant(Role.VISITOR), Grant(Role.SYSTEM)}))
