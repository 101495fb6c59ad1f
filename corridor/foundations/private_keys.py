"""Private keys at rest: AES-256-GCM under a key that only the environment holds, bound to the row it stands in."""

import base64
import binascii
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

_NONCE = 12


class NoEncryptionKey(Refusal):
    """The setting that guards private keys at rest is missing or not the one they were sealed with."""


def seal(private: Ed25519PrivateKey, *, row: UUID) -> bytes:
    """The private half as it is stored: 12 bytes of nonce, then the sealed 32 bytes. :raises NoEncryptionKey: without the setting."""
    nonce = os.urandom(_NONCE)
    return nonce + _guard().encrypt(nonce, private.private_bytes_raw(), row.bytes)


def unseal(sealed: bytes, *, row: UUID) -> Ed25519PrivateKey:
    """:raises NoEncryptionKey: without the setting, or with another one than the key was sealed with."""
    try:
        raw = _guard().decrypt(sealed[:_NONCE], sealed[_NONCE:], row.bytes)
    except InvalidTag:
        raise NoEncryptionKey(
            N_("This private key was sealed under another KEY_ENCRYPTION_KEY; nothing can be signed with it.")
        ) from None
    return Ed25519PrivateKey.from_private_bytes(raw)


def _guard() -> AESGCM:
    try:
        key = base64.urlsafe_b64decode(settings.KEY_ENCRYPTION_KEY)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise NoEncryptionKey(N_("Set KEY_ENCRYPTION_KEY (32 bytes, URL-safe base64) before keys are made or used."))
    return AESGCM(key)
