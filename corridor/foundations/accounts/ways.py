"""How an account can be entered, for the page of its holder."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from corridor.foundations.access import Actor
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .models import User


@dataclass(frozen=True)
class Ways:
    has_password: bool
    addresses: list[EmailAddress]
    passkeys: list[Authenticator]
    app: Authenticator | None
    spare_codes: int
    directories: int

    @property
    def has_second_factor(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def ways_in(*, by: Actor) -> Ways:
    """Of the asking account. Four statements. :raises AccessDenied: if nobody is signed in."""
    if by.user_id is None:
        raise AccessDenied(N_("Ways to sign in belong to an account; sign in first."))
    kept = list(Authenticator.objects.filter(user_id=by.user_id).order_by("pk"))
    codes = next((each for each in kept if each.type == Authenticator.Type.RECOVERY_CODES), None)
    return Ways(
        has_password=User.objects.get(pk=by.user_id).has_usable_password(),
        addresses=list(EmailAddress.objects.filter(user_id=by.user_id).order_by("-primary", "email")),
        passkeys=[each for each in kept if each.type == Authenticator.Type.WEBAUTHN],
        app=next((each for each in kept if each.type == Authenticator.Type.TOTP), None),
        spare_codes=len(codes.wrap().get_unused_codes()) if codes else 0,
        directories=SocialAccount.objects.filter(user_id=by.user_id).count(),
    )
