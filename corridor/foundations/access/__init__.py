from .actor import NIGHTLY, VISITOR, Actor, Grant, Reach, Scope, Source, country_scope
from .permissions import Permission
from .roles import NOT_GIVEN, READING, SIGNING, Role

__all__ = [
    "NIGHTLY",
    "NOT_GIVEN",
    "READING",
    "SIGNING",
    "VISITOR",
    "Actor",
    "Grant",
    "Permission",
    "Reach",
    "Role",
    "Scope",
    "Source",
    "country_scope",
]
