"""
What guards private keys at rest. One is a key that only the environment holds; another never leaves a token (PKCS#11), a third a key service.

A guard of another kind is a class with ``wrap`` and ``unwrap`` and a line in ``guard_of_today`` and
``guards_for``. What it returns must begin with a mark of its own, so that it is known again.
"""

import base64
import binascii
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from corridor.kernel.wording import N_

from .refusals import NoEncryptionKey
from .services import SERVICE_MARK, ServiceGuard
from .tokens import TOKEN_MARK, TokenGuard

_NONCE = 12


class Guard(Protocol):
    """Seals 32 bytes. ``context`` is bound to them: what was sealed for one row opens in no other."""

    def wrap(self, secret: bytes, *, context: bytes) -> bytes:
        """:raises NoEncryptionKey: if the guard is not set up."""

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """:raises NoEncryptionKey: if another guard sealed it, or it was sealed for another row."""


@dataclass(frozen=True)
class EnvironmentGuard:
    """AES-256-GCM under a key that only the environment holds: 12 bytes of nonce, then what was sealed."""

    key: str

    def wrap(self, secret: bytes, *, context: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher().encrypt(nonce, secret, context)

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        try:
            return self._cipher().decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context)
        except (InvalidTag, ValueError):
            raise NoEncryptionKey.by_another_guard() from None

    def _cipher(self) -> AESGCM:
        try:
            key = base64.urlsafe_b64decode(self.key)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise NoEncryptionKey(
                N_("Set KEY_ENCRYPTION_KEY (32 bytes, URL-safe base64) before keys are made or used.")
            )
        return AESGCM(key)


def guard_of_today() -> Guard:
    """The guard that seals from now on."""
    if settings.KEY_GUARD == "pkcs11":
        return _token()
    if settings.KEY_GUARD == "service":
        return _service()
    return EnvironmentGuard(settings.KEY_ENCRYPTION_KEY)


def guards_for(sealed: bytes) -> Iterator[Guard]:
    """Those that may have sealed it, the one of today first."""
    # What the environment sealed is of one length, and begins with anything.
    if sealed.startswith(TOKEN_MARK) and len(sealed) != 60:
        yield _token()
        return
    if sealed.startswith(SERVICE_MARK) and len(sealed) != 60:
        yield _service()
        return
    yield EnvironmentGuard(settings.KEY_ENCRYPTION_KEY)
    for earlier in settings.KEY_ENCRYPTION_KEYS_BEFORE:
        yield EnvironmentGuard(earlier)


def _token() -> Guard:
    return TokenGuard(
        settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN, settings.PKCS11_KEY or "corridor"
    )


def _service() -> Guard:
    return ServiceGuard(settings.KEY_SERVICE_URL, settings.KEY_SERVICE_TOKEN, settings.KEY_SERVICE_KEY or "corridor")
