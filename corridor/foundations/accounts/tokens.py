"""Keys for machines: 256 random bits, shown once, kept as a hash, good until a day."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.secret_links import digest_of
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from .models import ApiToken, User

PREFIX = "crd_"
LONGEST = timedelta(days=366)
DEFAULT = timedelta(days=90)
_NOTED_EVERY = timedelta(hours=1)


class MadeToken(NamedTuple):
    token: ApiToken
    # Shown once; nobody can read it again.
    secret: str


@transaction.atomic
def make_token(*, name: str, at: datetime, by: Actor, lasts: timedelta = DEFAULT) -> MadeToken:
    """
    Make a token that acts as the asking account. ``at`` is the world's own clock, whatever day an example holds.

    :raises AccessDenied: if nobody is signed in.
    :raises BadInput: if it has no name, or lasts longer than a year.
    """
    user_id = _own(by)
    problems = []
    if not name.strip() or len(name) > 80:
        problems.append(Problem(N_("Give the token a name of at most 80 characters."), column="name"))
    if not timedelta(0) < lasts <= LONGEST:
        problems.append(Problem(N_("A token lasts from one day to a year."), column="lasts"))
    if problems:
        raise BadInput(problems)
    secret = PREFIX + token_urlsafe(32)
    token = ApiToken.objects.create(
        user_id=user_id,
        name=name.strip(),
        digest=digest_of(secret),
        hint=secret[-4:],
        created_at=at,
        expires_at=at + lasts,
    )
    log.record("accounts.token_made", by=by, subject=token)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(*, token_id: UUID, at: datetime, by: Actor) -> ApiToken:
    """
    End one of the asking account's own tokens, now. Done twice, it stays ended since the first time.

    :raises NotFound: if the account has no such token.
    """
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user_id=_own(by)).first()
    if token is None:
        raise NotFound(N_("You have no such token."))
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        log.record("accounts.token_revoked", by=by, subject=token)
    return token


def list_tokens(*, by: Actor) -> QuerySet[ApiToken]:
    """The asking account's own tokens, the latest first."""
    return ApiToken.objects.filter(user_id=_own(by)).order_by("-created_at", "-pk")


def user_of_token(secret: str, *, at: datetime) -> User | None:
    """The account a token acts as; None if it is unknown, expired or revoked, or its account is closed: we do not say which."""
    if not secret.startswith(PREFIX):
        return None
    token = ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if token is None or not token.is_usable(at=at) or not token.user.is_active:
        return None
    # Noted once an hour: a write at each read would make every reader of the API a writer.
    if token.last_used_at is None or at - token.last_used_at >= _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token.user


def get_token(*, secret: str, by: Actor) -> ApiToken:
    """The asking account's own token of that secret. :raises NotFound: if it has no such token."""
    token = ApiToken.objects.filter(digest=digest_of(secret), user_id=by.user_id).first()
    if token is None:
        raise NotFound(N_("You have no such token."))
    return token


def _own(by: Actor) -> UUID:
    if by.user_id is None or not by.holds_somewhere(Permission.TOKEN_MAKE):
        raise AccessDenied(N_("Tokens belong to an account; sign in first."))
    return by.user_id
