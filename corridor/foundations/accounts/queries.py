"""Accounts by the names with which people sign in, for those who give them something to do."""

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import User

_GIVES_WORK = (Permission.SEAT_GIVE, Permission.SITE_STAFF)


def get_account(*, username: str, by: Actor) -> User:
    """
    :raises AccessDenied: for who neither gives seats, nor hands one over, nor passes a role on, nor appoints a site's staff.
    :raises NotFound: if nobody is called so.
    """
    if not (any(by.may(each) for each in _GIVES_WORK) or _passes_something_on(by)):
        by.require(_GIVES_WORK[0])
    found = User.objects.filter(username=username).first()
    if found is None:
        raise NotFound(N_("There is no account %(username)s."), username=username)
    return found


def _passes_something_on(by: Actor) -> bool:
    return by.holds_somewhere(Permission.SEAT_HAND_OVER) or by.holds_somewhere(Permission.GRANT_DELEGATE)
