from .actor import NIGHTLY, VISITOR, Actor, Grant, Scope
from .permissions import Permission
from .roles import Role

__all__ = ["NIGHTLY", "VISITOR", "Actor", "Grant", "Permission", "Role", "Scope"]
