"""Who must prove themselves twice: those who can change what others rely on, and those whose keys sign it."""

from django.conf import settings

from corridor.foundations.access import Actor, Role
from corridor.foundations.accounts.second_factor import has_second_factor

REQUIRED_OF = frozenset({Role.SECRETARIAT, Role.KEY_HOLDER})


def lacks_second_factor(*, by: Actor) -> bool:
    """Whether the office asks for a second factor that the account does not have yet. One statement, and only for these offices."""
    if not settings.REQUIRE_SECOND_FACTOR or by.user_id is None or not by.roles() & REQUIRED_OF:
        return False
    return not has_second_factor(user_id=by.user_id)
