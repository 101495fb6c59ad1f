"""
Private keys at rest: sealed by the guard that the settings name, and bound to the row they stand in.

``seal`` always uses the guard of today; ``unseal`` opens what an earlier one sealed too, so that guards can be changed without a pause:
set the new one, keep the old one beside it, and ``./run keys reseal``.
"""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .guards import Guard, guard_of_today, guards_for
from .refusals import NoEncryptionKey

__all__ = ["Guard", "NoEncryptionKey", "is_sealed_by_guard_of_today", "seal", "unseal"]


def seal(private: Ed25519PrivateKey, *, row: UUID) -> bytes:
    """The private half as it is stored. :raises NoEncryptionKey: without the setting."""
    return guard_of_today().wrap(private.private_bytes_raw(), context=row.bytes)


def unseal(sealed: bytes, *, row: UUID) -> Ed25519PrivateKey:
    """:raises NoEncryptionKey: without the setting, or where no guard that is set is the one it was sealed by."""
    refused = None
    for guard in guards_for(sealed):
        try:
            return Ed25519PrivateKey.from_private_bytes(guard.unwrap(sealed, context=row.bytes))
        except NoEncryptionKey as refusal:
            refused = refused or refusal
    raise refused or NoEncryptionKey.by_another_guard()


def is_sealed_by_guard_of_today(sealed: bytes, *, row: UUID) -> bool:
    """Whether the earlier guards are not needed for it any more. :raises NoEncryptionKey: without the setting."""
    try:
        guard_of_today().unwrap(sealed, context=row.bytes)
    except NoEncryptionKey:
        return False
    return True
