"""What is held of an account itself: its names and tokens, its ways in, where it is signed in, and what was tried. All of it goes when it closes."""

from collections.abc import Collection
from itertools import chain
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from corridor.foundations.access import Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .addresses import confirmed_addresses
from .models import ApiToken, User
from .sessions import device_words, shortened

_GOES = N_("Nobody signs in with a closed account.")


def personal_data(accounts: Collection[UUID]) -> list[PersonalPart]:
    """Nine statements."""
    users = list(User.objects.filter(pk__in=accounts))
    addresses = confirmed_addresses([user.pk for user in users])
    return [_account(users, addresses), _ways(users), _sessions(users), _attempts(users, addresses)]


def forget_attempts_of(*, user: User) -> None:
    """What was tried under the account's name and addresses; for actions that close it, before its name goes."""
    names = [user.username, *confirmed_addresses([user.pk])]
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.filter(username__in=names).delete()


def _account(users: list[User], addresses: Collection[str]) -> PersonalPart:
    tokens = ApiToken.objects.filter(user__in=users)
    rows: list[dict[str, str | int | None]] = [
        {"account": each.username, "last_login": each.last_login.isoformat() if each.last_login else None}
        for each in users
    ]
    rows += [{"account": each} for each in addresses]
    rows += [{"account": f"{each.name} …{each.hint}", "last_login": each.expires_at.isoformat()} for each in tokens]
    return PersonalPart(
        "account", N_("Account and tokens"), ("accounts.User", "accounts.ApiToken", "account.EmailAddress"), Permission.SEAT_GIVE,
        N_("To let you sign in."), N_("Until it is closed."), OnErasure.EMPTIED,
        N_("It is closed and loses its name. What it signed keeps the label that it had then."),
        {"account": N_("Account, address or token"), "last_login": N_("Last sign-in, or end of the token")}, rows,
    )  # fmt: skip


def _ways(users: list[User]) -> PersonalPart:
    kept = Authenticator.objects.filter(user__in=users).order_by("created_at", "pk")
    rows: list[dict[str, str | int | None]] = [
        {
            "way": str(each.type), "since": each.created_at.isoformat(timespec="minutes"),
            "used_at": each.last_used_at.isoformat(timespec="minutes") if each.last_used_at else None,
        }
        for each in kept
    ]  # fmt: skip
    rows += [
        {
            "way": each.provider, "since": each.date_joined.isoformat(timespec="minutes"),
            "used_at": each.last_login.isoformat(timespec="minutes"),
        }
        for each in SocialAccount.objects.filter(user__in=users).order_by("date_joined", "pk")
    ]  # fmt: skip
    return PersonalPart(
        "ways", N_("Second factors and directories"), ("mfa.Authenticator", "socialaccount.SocialAccount"), Permission.RIGHTS_USE,
        N_("To be sure that it is you who signs in."), N_("Until you remove them, or the account is closed."), OnErasure.GOES, _GOES,
        {"way": N_("Way"), "since": N_("Since"), "used_at": N_("Last used at")}, rows,
        {"way": {"recovery_codes": N_("Recovery codes"), "totp": N_("An app that shows codes"), "webauthn": N_("Passkey")}},
    )  # fmt: skip


def _sessions(users: list[User]) -> PersonalPart:
    kept = UserSession.objects.filter(user__in=users).order_by("-last_seen_at", "pk")
    return PersonalPart(
        "sessions", N_("Where you are signed in"), ("usersessions.UserSession",), Permission.RIGHTS_USE,
        N_("To let you see where you are signed in, and end it."), N_("Until you sign out, or the session runs out."), OnErasure.GOES,
        _GOES, _PLACE | {"began_at": N_("Since"), "seen_at": N_("Last seen at")},
        [
            _placed(each.user_agent, each.ip)
            | {
                "began_at": each.created_at.isoformat(timespec="minutes"),
                "seen_at": each.last_seen_at.isoformat(timespec="minutes"),
            }
            for each in kept
        ],
    )  # fmt: skip


def _attempts(users: list[User], addresses: Collection[str]) -> PersonalPart:
    names = [*(user.username for user in users), *addresses]
    failed = AccessFailureLog.objects.filter(username__in=names)
    waiting = AccessAttempt.objects.filter(username__in=names)
    signed_in = AccessLog.objects.filter(username__in=names)
    tried = [
        *((each, "failed") for each in chain(failed, waiting)),
        *((each, "signed_in") for each in signed_in),
    ]
    return PersonalPart(
        "attempts", N_("Who tried to sign in with your name"),
        ("axes.AccessAttempt", "axes.AccessFailureLog", "axes.AccessLog"), Permission.RIGHTS_USE,
        N_("To stop whoever guesses your password."), N_("Thirty days."), OnErasure.GOES, _GOES,
        {"at": N_("At"), "became": N_("What became of it")} | _PLACE,
        [
            {"at": each.attempt_time.isoformat(timespec="minutes"), "became": became} | _placed(each.user_agent, each.ip_address)
            for each, became in sorted(tried, key=lambda one: one[0].attempt_time, reverse=True)
        ],
        {"became": {"failed": N_("Refused"), "signed_in": N_("Signed in")}},
    )  # fmt: skip


_PLACE = {"browser": N_("Browser"), "system": N_("System"), "network": N_("Network")}


def _placed(user_agent: str, address: Any) -> dict[str, str | int | None]:
    browser, system = device_words(user_agent)
    return {
        "browser": browser or None,
        "system": system or None,
        "network": shortened(str(address)) if address else None,
    }
