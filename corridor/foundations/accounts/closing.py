"""Closing an account for ever: nobody signs in with it again, and its name says nothing of anybody."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log

from .models import ApiToken, User


@transaction.atomic
def close_account(*, user_id: UUID, at: datetime, by: Actor) -> User:
    """
    Close it, end its tokens, and give it a name that is no name. What it signed stays signed: the log and the records keep the label that it had.

    Sessions end by themselves: a closed account is a visitor (see recognise).
    """
    by.require(Permission.PERSON_ERASE)
    user = User.objects.select_for_update().get(pk=user_id)
    user.username, user.is_active = f"closed-{user.pk}", False
    user.set_unusable_password()
    for name in ("email", "first_name", "last_name"):
        if hasattr(user, name):
            setattr(user, name, "")
    user.save()
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at, name="-")
    log.record("accounts.closed", by=by, subject=user)
    return user
