"""Who asks, in tests: an actor with one role, and an account to sign in with."""

from corridor.foundations.access import NIGHTLY, VISITOR, Actor, Grant, Role, Scope
from corridor.foundations.accounts.models import User

__all__ = ["NIGHTLY", "VISITOR", "make_actor", "make_user"]


def make_user(username: str = "mei", *, password: str | None = None) -> User:
    """The account of that name; made where there is none yet. Without a password nobody can sign in with it."""
    user, is_new = User.objects.get_or_create(username=username)
    if is_new:
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save()
    return user


def make_actor(
    role: Role | str, scope: Scope | None = None, *, label: str = "", user: User | None = None, person: object = None
) -> Actor:
    """An actor with one role, for the whole alliance or for one ("member" | "site" | "cohort" | "person", key)."""
    role = Role(role)
    return Actor(
        label=label or (user.username if user else role.value),
        user_id=user.pk if user else None,
        person_id=getattr(person, "pk", None),
        grants=frozenset({Grant(Role.VISITOR), Grant(role, scope)}),
    )
