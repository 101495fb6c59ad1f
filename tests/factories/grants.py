"""Roles beside the offices: given by somebody of the secretariat, or passed on by a holder."""

from datetime import UTC, date, datetime

from corridor.foundations.access import Role
from corridor.foundations.accounts.models import User
from corridor.foundations.grants import giving
from corridor.foundations.grants.drafts import ALLIANCE, GrantDraft, Place
from corridor.foundations.grants.models import AccessGrant
from corridor.journeys.recognise import recognise

from .actors import make_actor, make_user

TODAY = date(2024, 2, 2)
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
REASON = "Away for the spring term."


def draft_of(
    user: User,
    role: str,
    place: Place = ALLIANCE,
    *,
    held_from: date = TODAY,
    held_before: date | None = None,
    reason: str = REASON,
) -> GrantDraft:
    return GrantDraft(user, Role(role), place, held_from, held_before, reason)


def make_grant(user: User, role: str, place: Place = ALLIANCE, **more: object) -> AccessGrant:
    """Given by the secretariat."""
    by = make_actor("secretariat", user=make_user("li-na"))
    return giving.give_grant(draft=draft_of(user, role, place, **more), at=AT, by=by)  # type: ignore[arg-type]


def make_delegation(
    giver: User, user: User, role: str, place: Place = ALLIANCE, *, held_before: date = date(2024, 3, 1)
) -> AccessGrant:
    """Passed on by the giver, who is recognised that day."""
    by = recognise(giver, on=TODAY)
    return giving.delegate(draft=draft_of(user, role, place, held_before=held_before), on=TODAY, at=AT, by=by)
