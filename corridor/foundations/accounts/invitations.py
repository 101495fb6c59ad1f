"""
Letting somebody in by a link: the account is made at once, so that it can be given a seat, and is opened by whoever holds the link.

The secret is 256 random bits, sent once and kept as a hash. An invitation is open until it is accepted, withdrawn or 14 days old.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.secret_links import digest_of, new_secret
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem, Refusal, WrongMoment
from corridor.kernel.wording import N_

from .inviting_mail import send_on_commit
from .models import Invitation, User
from .user_names import free_name

LASTS = timedelta(days=14)


class MadeInvitation(NamedTuple):
    user: User
    # Shown and sent once; nobody can read it again.
    secret: str
    invitation: Invitation

    @property
    def link(self) -> str:
        return link_of(self.secret)


class HasAccount(Refusal):
    """Somebody with this e-mail address has an account or an open invitation; give the seat to that account."""


class InvitationOver(Refusal):
    """The link was used, withdrawn, or is too old."""


def link_of(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/invited/{secret}/"


@transaction.atomic
def invite(*, email: str, language: str = "en", at: datetime, by: Actor) -> MadeInvitation:
    """
    Make an account for that address, which nobody can enter yet, and send its holder a link once the transaction is over.

    The calling action gives ``user`` its seat in the same transaction.

    :raises AccessDenied: for who gives no work to anyone. :raises BadInput: if that is no address or no language of the product.
    :raises HasAccount: if the address has an account or an open invitation; ask ``account_of_email`` first where that is likely.
    """
    _may_invite(by)
    address = email.strip().lower()
    _check(address, language)
    _refuse_known(address)
    with contested(lambda: _refuse_known(address)):
        user = User.objects.create(username=free_name(address), password=UNUSABLE)
        EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
        made = _open(user, address, language, at=at)
    log.record("accounts.invited", by=by, subject=made.invitation)
    return made


@transaction.atomic
def send_again(*, invitation_id: UUID, at: datetime, by: Actor) -> MadeInvitation:
    """
    Send a new link, good for 14 days; the old one opens nothing any more.

    :raises NotFound: if there is no such invitation. :raises WrongMoment: if it was accepted or withdrawn.
    """
    old = _locked(invitation_id, by)
    if old.accepted_at is not None or old.revoked_at is not None:
        raise WrongMoment(N_("This invitation was accepted or withdrawn; invite anew."))
    address = old.email
    _end(old, at=at)
    made = _open(old.user, address, old.language, at=at)
    log.record("accounts.invited_again", by=by, subject=made.invitation)
    return made


@transaction.atomic
def withdraw(*, invitation_id: UUID, at: datetime, by: Actor) -> Invitation:
    """
    The link opens nothing any more, and the account that was made for it is closed.

    :raises NotFound: if there is no such invitation. :raises WrongMoment: if it was accepted before.
    """
    invitation = _locked(invitation_id, by)
    if invitation.accepted_at is not None:
        raise WrongMoment(N_("This invitation was accepted already. Close the account instead."))
    if invitation.revoked_at is None:
        _end(invitation, at=at)
        User.objects.filter(pk=invitation.user_id).update(is_active=False)
        EmailAddress.objects.filter(user=invitation.user_id, verified=False).delete()
        log.record("accounts.invitation_withdrawn", by=by, subject=invitation)
    return invitation


def open_invitation(*, secret: str, at: datetime) -> Invitation:
    """
    The invitation behind a link, for whoever holds it.

    :raises InvitationOver: if the link was never given, was used or withdrawn, or is too old: we do not say which.
    """
    found = Invitation.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if found is None or not found.is_open(at=at) or not found.user.is_active:
        raise _over()
    return found


@transaction.atomic
def accept(*, secret: str, at: datetime, by: Actor, password: str | None = None) -> User:
    """
    Use up the link: its address counts as confirmed, and the account takes that password, or none where a passkey follows.

    ``by`` is the visitor who holds the link. :raises InvitationOver: as ``open_invitation``. :raises BadInput: for a password that is too easy.
    """
    invitation = open_invitation(secret=secret, at=at)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open(at=at):
        raise _over()
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    if password is not None:
        _check_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user, email=invitation.email).update(verified=True)
    invitation.accepted_at, invitation.email = at, ""
    invitation.save(update_fields=["accepted_at", "email"])
    log.record("accounts.invitation_accepted", by=by, subject=invitation)
    return user


def account_of_email(*, email: str, by: Actor) -> User | None:
    """The account with that address, confirmed or invited. :raises AccessDenied: for who gives no work to anyone."""
    _may_invite(by)
    return _holder_of(email.strip().lower())


def list_invitations(*, by: Actor) -> QuerySet[Invitation]:
    """Those neither accepted nor withdrawn, the latest first. :raises AccessDenied: for who may not see accounts."""
    by.require(Permission.ACCOUNT_VIEW)
    return Invitation.objects.select_related("user").filter(OPEN).order_by("-sent_at", "pk")


# What Django writes for a password that fits nothing.
UNUSABLE = "!"
OPEN = Q(accepted_at__isnull=True, revoked_at__isnull=True)


def _may_invite(by: Actor) -> None:
    if not by.holds_somewhere(Permission.ACCOUNT_INVITE):
        raise AccessDenied(N_("Your account may invite nobody. Ask the secretariat."))


def _check(address: str, language: str) -> None:
    problems = []
    try:
        validate_email(address)
    except ValidationError:
        problems.append(Problem(N_("“%(email)s” is no e-mail address."), {"email": address}, column="email"))
    if language not in dict(settings.LANGUAGES):
        problems.append(
            Problem(N_("The product does not speak %(language)s."), {"language": language}, column="language")
        )
    if problems:
        raise BadInput(problems)


def _refuse_known(address: str) -> None:
    known = _holder_of(address)
    if known is not None:
        raise HasAccount(
            N_("%(email)s belongs to the account %(name)s. Give that account the seat."),
            email=address,
            name=known.username,
        )


def _holder_of(address: str) -> User | None:
    """Who confirmed the address or is being invited at it. What somebody merely wrote down as theirs takes it from nobody."""
    invited = Invitation.objects.select_related("user").filter(OPEN, email=address).first()
    if invited is not None:
        return invited.user
    known = EmailAddress.objects.select_related("user").filter(email=address, verified=True).first()
    return known.user if known else None


def _open(user: User, address: str, language: str, *, at: datetime) -> MadeInvitation:
    secret, digest = new_secret()
    invitation = Invitation.objects.create(
        user=user, email=address, language=language, digest=digest, sent_at=at, expires_at=at + LASTS
    )
    send_on_commit(address=address, link=link_of(secret), until=invitation.expires_at, language=language)
    return MadeInvitation(user, secret, invitation)


def _end(invitation: Invitation, *, at: datetime) -> None:
    # The address is kept in one place only, and that is the account's.
    invitation.revoked_at, invitation.email = at, ""
    invitation.save(update_fields=["revoked_at", "email"])


def _locked(invitation_id: UUID, by: Actor) -> Invitation:
    by.require(Permission.SEAT_GIVE)
    found = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if found is None:
        raise NotFound(N_("There is no such invitation."))
    return found


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as unfit:
        raise BadInput([Problem(message, column="password") for message in unfit.messages]) from unfit


def _over() -> InvitationOver:
    return InvitationOver(N_("It was used, withdrawn or is too old."))
