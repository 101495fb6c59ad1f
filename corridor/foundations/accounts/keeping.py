"""The accounts as those keep them who give seats: who may enter, who entered last when, and closing one at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import NotFound, Refusal, WrongMoment
from corridor.kernel.wording import N_

from .invitations import OPEN
from .models import ApiToken, Invitation, User
from .second_factor import SECOND_FACTORS
from .sessions import end_all_sessions

PAGE = 50


class AccountStatus(StrEnum):
    """What follows from the account's rows: nobody sets it."""

    ACTIVE = "active"
    INVITED = "invited"
    CLOSED = "closed"


class OwnAccount(Refusal):
    """Nobody closes the account with which they are signed in."""


@dataclass(frozen=True)
class AccountPage:
    rows: list[User]
    after: str


def list_accounts(*, by: Actor, words: str = "", status: str = "", after: str = "", limit: int = PAGE) -> AccountPage:
    """
    Accounts by user name, from ``after`` on; each with ``state``, ``has_second_factor``, ``address`` and, while invited, ``invitation_id``.

    ``words`` are looked for in user names and addresses. One statement. :raises AccessDenied: for who may not see accounts.
    """
    by.require(Permission.ACCOUNT_VIEW)
    found = _described().order_by("username")
    if words.strip():
        addressed = EmailAddress.objects.filter(email__icontains=words.strip()).values("user_id")
        found = found.filter(Q(username__icontains=words.strip()) | Q(pk__in=addressed))
    if status in set(AccountStatus):
        found = found.filter(state=status)
    if after:
        found = found.filter(username__gt=after)
    rows = list(found[: limit + 1])
    return AccountPage(rows[:limit], rows[limit - 1].username if len(rows) > limit else "")


def get_kept_account(*, user_id: UUID, by: Actor) -> User:
    """One account, described as in the list. :raises NotFound: if there is none."""
    by.require(Permission.ACCOUNT_VIEW)
    found = _described().filter(pk=user_id).first()
    if found is None:
        raise NotFound(N_("There is no such account."))
    return found


@transaction.atomic
def shut_account(*, user_id: UUID, at: datetime, by: Actor) -> User:
    """
    Let nobody in with it from this moment: every session and every token of it ends. Its seats stand; end them where they are kept.

    :raises NotFound: if there is none. :raises OwnAccount: if it is the asking one. :raises WrongMoment: if it is closed already.
    """
    user = _locked(user_id, by)
    if user.pk == by.user_id:
        raise OwnAccount(N_("You cannot close the account with which you are signed in. Ask a colleague."))
    if not user.is_active:
        raise WrongMoment(N_("The account %(name)s is closed already."), name=user.username)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user=user)
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
    Invitation.objects.filter(OPEN, user=user).update(revoked_at=at, email="")
    log.record("accounts.shut", by=by, subject=user)
    return user


@transaction.atomic
def reopen_account(*, user_id: UUID, by: Actor) -> User:
    """Let its holder in again; they sign in anew, and make new tokens. :raises NotFound, WrongMoment: as ``shut_account``."""
    user = _locked(user_id, by)
    if user.is_active:
        raise WrongMoment(N_("The account %(name)s is open."), name=user.username)
    user.is_active = True
    user.save(update_fields=["is_active"])
    log.record("accounts.reopened", by=by, subject=user)
    return user


def _described() -> QuerySet[User]:
    invited = Invitation.objects.filter(OPEN, user=OuterRef("pk"))
    address = EmailAddress.objects.filter(user=OuterRef("pk")).order_by("-primary", "pk")
    return User.objects.annotate(
        invitation_id=Subquery(invited.values("pk")[:1]),
        invited_until=Subquery(invited.values("expires_at")[:1]),
        address=Subquery(address.values("email")[:1]),
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)),
        state=Case(
            When(is_active=False, then=Value("closed")),
            When(Exists(invited), then=Value("invited")),
            default=Value("active"),
            output_field=CharField(),
        ),
    )


def _locked(user_id: UUID, by: Actor) -> User:
    by.require(Permission.ACCOUNT_CLOSE)
    found = User.objects.select_for_update().filter(pk=user_id).first()
    if found is None:
        raise NotFound(N_("There is no such account."))
    return found
