"""Whether an account is proved twice: by a code of an app, or by a passkey. Spare codes alone are none."""

from uuid import UUID

from allauth.mfa.models import Authenticator

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_app(*, user_id: UUID) -> bool:
    """Whether the account has an app for codes; else its second factor is a passkey."""
    return Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists()


def has_second_factor(*, user_id: UUID) -> bool:
    return Authenticator.objects.filter(user_id=user_id, type__in=SECOND_FACTORS).exists()
