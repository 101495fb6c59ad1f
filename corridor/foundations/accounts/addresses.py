"""E-mail addresses of accounts. One counts once its holder has shown that letters to it arrive."""

from collections.abc import Collection
from uuid import UUID

from allauth.account.models import EmailAddress


def is_confirmed(*, email: str, user_id: UUID | None = None) -> bool:
    """Whether that account, or without one any account, has confirmed the address."""
    found = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return (found if user_id is None else found.filter(user_id=user_id)).exists()


def address_for_letters(*, user_id: UUID) -> str:
    """Where letters to the account go: the address that its holder chose; empty where there is none."""
    found = EmailAddress.objects.filter(user_id=user_id, primary=True).values_list("email", flat=True).first()
    return found or ""


def confirmed_addresses(users: Collection[UUID]) -> tuple[str, ...]:
    """All addresses that the holders of these accounts have confirmed, in small letters."""
    found = EmailAddress.objects.filter(user__in=users, verified=True).order_by("email").values_list("email", flat=True)
    return tuple(dict.fromkeys(each.lower() for each in found))
