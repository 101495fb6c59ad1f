"""Whose calendar a secret address is, and whether one has an address."""

from dataclasses import dataclass

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.secret_links import digest_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import CalendarAddress


@dataclass(frozen=True)
class CalendarOwner:
    user: User
    language: str


def calendar_owner(*, secret: str, by: Actor) -> CalendarOwner:  # noqa: ARG001 (whoever holds the address)
    """
    The account that an address belongs to.

    :raises NotFound: if there is none, it was replaced or taken away, or the account is closed: we do not say which.
    """
    digest = digest_of(secret)
    found = CalendarAddress.objects.select_related("user").filter(digest=digest, ended_at__isnull=True).first()
    if found is None or not found.user.is_active:
        raise NotFound(N_("There is no such calendar."))
    return CalendarOwner(found.user, found.language)


def own_calendar_address(*, by: Actor) -> CalendarAddress | None:
    """The address of the asking account that opens something now; None without one."""
    return CalendarAddress.objects.filter(user=by.user_id, ended_at__isnull=True).first() if by.user_id else None
