"""
Private keys guarded by a token over PKCS#11: an AES key that never leaves it seals and opens them. Source: PKCS#11 3.0, CKM_AES_GCM.

Needs the package ``python-pkcs11`` (the extra ``hsm``) and the module of the token's maker; tried with SoftHSM 2.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from corridor.kernel.wording import N_

from .refusals import NoEncryptionKey

try:
    import pkcs11
    from pkcs11.exceptions import PKCS11Error
except ImportError:  # the extra is not installed
    pkcs11 = None  # type: ignore[assignment]
    PKCS11Error = RuntimeError  # type: ignore[assignment,misc]

TOKEN_MARK = b"p11:"
_NONCE, _TAG_BITS = 12, 128


@dataclass(frozen=True)
class TokenGuard:
    """AES-256-GCM inside the token: a mark, 12 bytes of nonce, then what was sealed."""

    module: str
    token: str
    pin: str
    label: str

    def wrap(self, secret: bytes, *, context: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        with self._key(make=True) as key:
            sealed: bytes = key.encrypt(secret, mechanism=_gcm(), mechanism_param=_parameters(nonce, context))
        return TOKEN_MARK + nonce + sealed

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        if not wrapped.startswith(TOKEN_MARK):
            raise NoEncryptionKey.by_another_guard()
        nonce, sealed = wrapped[len(TOKEN_MARK) :][:_NONCE], wrapped[len(TOKEN_MARK) + _NONCE :]
        with self._key() as key:
            opened: bytes = key.decrypt(sealed, mechanism=_gcm(), mechanism_param=_parameters(nonce, context))
        return opened

    @contextmanager
    def _key(self, *, make: bool = False) -> Iterator[Any]:
        """The token's AES key of that label, made at the first use."""
        if pkcs11 is None or not (self.module and self.token):
            raise NoEncryptionKey(
                N_("Set PKCS11_MODULE, PKCS11_TOKEN and PKCS11_PIN, and install the extra hsm, before keys are used.")
            )
        try:
            token = pkcs11.lib(self.module).get_token(token_label=self.token)
            with token.open(user_pin=self.pin, rw=make) as session:
                found = list(
                    session.get_objects(
                        {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY, pkcs11.Attribute.LABEL: self.label}
                    )
                )
                if not found and make:
                    found = [_made(session, self.label)]
                if not found:
                    raise NoEncryptionKey(N_("The token holds no key of the name %(key)s."), key=self.label)
                yield found[0]
        except (PKCS11Error, RuntimeError) as wrong:
            raise NoEncryptionKey(
                N_("The token that guards private keys does not answer, or did not seal this one (%(why)s)."),
                why=type(wrong).__name__,
            ) from None


def _made(session: Any, label: str) -> Any:
    kept = {pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False}
    return session.generate_key(pkcs11.KeyType.AES, 256, label=label, store=True, template=kept)


def _gcm() -> Any:
    return pkcs11.Mechanism.AES_GCM


def _parameters(nonce: bytes, context: bytes) -> Any:
    return pkcs11.GCMParams(nonce, aad=context, tag_bits=_TAG_BITS)
