"""What django-allauth asks the product: who may enter, when to prove oneself again, the words of a no, and how secrets lie in the database."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.foundations.accounts.addresses import address_for_letters, is_confirmed
from corridor.foundations.accounts.models import User
from corridor.web.context import alliance_names

from .letters import CHANGES
from .signs_of_life import begin

NO_FIT = _("This name and password do not fit together. Both tell capital letters from small ones.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account is made by an invitation. One sentence for every failure does not tell which accounts exist."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. The secretariat can open it again."),
        "cannot_remove_primary_email": _("This is the address that letters go to. Choose another one for them first."),
        "duplicate_email": _("This address is yours already."),
        "email_password_mismatch": NO_FIT,
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code does not fit. Take the one that is shown now; each works once."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": NO_FIT,
        "invalid_or_expired_key": _("This link was used before or is too old."),
        "invalid_password_reset": _("This link was used before or is too old."),
        "max_email_addresses": _("You cannot have more than %d addresses."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "same_as_current": _("The new one must differ from the present one."),
        "too_many_login_attempts": _("Too many attempts. Wait a quarter of an hour, then try again."),
        "unknown_email": _("This address cannot be used."),
        "unverified_primary_email": _("Confirm this address first: open the link in the letter that was sent to it."),
        "username_password_mismatch": NO_FIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (as allauth names it)
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:  # noqa: ARG002 (as allauth names it)
        """Whoever signed in or proved themselves less than a quarter of an hour ago is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        return (
            not records or clock.real_now().timestamp() - records[-1]["at"] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        )

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        begin(request)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Only to an address that was confirmed: an invitation that ran out must not be renewed by its own holder."""
        if is_confirmed(email=email, user_id=user.pk):
            super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """One short letter for every change of the ways to sign in; it says what, and nothing about who."""
        address = email or address_for_letters(user_id=user.pk)
        if address and template_prefix in CHANGES:
            super().send_mail("mail/account_changed", address, {**(context or {}), "change": CHANGES[template_prefix]})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (as allauth names it)
        return reverse("profile")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code of your app, or a spare code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of codes lie encrypted; the picture of one is drawn here and comes from nobody else."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Switch the second factor off before you add an address."),
        "cannot_delete_authenticator": _("Your office needs a second factor. Add another one first."),
        "cannot_generate_recovery_codes": _("Spare codes belong to a second factor. Set one up first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your address first: open the link in the letter that was sent to it."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        names = alliance_names(VISITOR)
        return names.short_name or "Corridor"

    def build_totp_svg(self, url: str) -> str:
        drawn = segno.make(url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
        # Inside a page it would need no namespace; here it becomes a picture of its own.
        return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002, ARG002 (as allauth names them)
        return gettext("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the organisation's own directory opens an account that was invited; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (as allauth names them)
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Both must have seen that the address is theirs: the directory, and the account."""
        return is_confirmed(email=email) and super().can_authenticate_by_email(login, email)


def _fernet() -> Fernet:
    return Fernet(settings.KEY_ENCRYPTION_KEY)
