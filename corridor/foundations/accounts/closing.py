"""Closing an account for ever: nobody signs in with it again, and its name says nothing of anybody."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log

from .models import ApiToken, Invitation, User
from .personal_data import forget_attempts_of
from .sessions import end_all_sessions


@transaction.atomic
def close_account(*, user_id: UUID, at: datetime, by: Actor) -> User:
    """
    Close it, end its tokens, and give it a name that is no name. What it signed stays signed: the log and the records keep the label that it had.

    Its addresses, passkeys, codes and sessions are deleted, and what was tried under its name.
    """
    by.require(Permission.PERSON_ERASE)
    user = User.objects.select_for_update().get(pk=user_id)
    forget_attempts_of(user=user)
    user.username, user.is_active = f"closed-{user.pk}", False
    user.set_unusable_password()
    for name in ("email", "first_name", "last_name"):
        if hasattr(user, name):
            setattr(user, name, "")
    user.save()
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at, name="-")
    # Addresses, keys and sessions say whose the account was; they go, and with them every way in.
    end_all_sessions(user=user)
    for ways in (EmailAddress, Authenticator, SocialAccount):
        ways.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=at, email=""
    )
    log.record("accounts.closed", by=by, subject=user)
    return user
