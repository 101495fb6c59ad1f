"""
Private keys guarded by a key service over HTTP: its AES key never leaves it. The protocol is the transit engine of HashiCorp Vault and OpenBao
(``POST /v1/transit/encrypt/KEY``), which a gateway before another cloud's service can speak too; no maker's library is needed.

The key there is of the type ``aes256-gcm96``, so that what is sealed is bound to its row (``associated_data``).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from corridor.kernel.wording import N_

from .refusals import NoEncryptionKey

SERVICE_MARK = b"kms:"
_LONGEST_ANSWER = 20_000
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class _NoRedirects(HTTPRedirectHandler):
    """The token is for the service that was named, and for nobody to whom it points."""

    def redirect_request(self, *_given: Any) -> None:
        return None


_OPENER = build_opener(_NoRedirects())


@dataclass(frozen=True)
class ServiceGuard:
    """AES-256-GCM inside the service: a mark, then the ciphertext as the service writes it ("vault:v1:…")."""

    url: str
    token: str
    key: str
    seconds: float = 10

    def wrap(self, secret: bytes, *, context: bytes) -> bytes:
        sealed = self._asked("encrypt", {"plaintext": _base64(secret)}, context).get("ciphertext")
        if not isinstance(sealed, str) or not sealed.isascii() or not sealed:
            raise _no_answer("ciphertext")
        return SERVICE_MARK + sealed.encode()

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        if not wrapped.startswith(SERVICE_MARK):
            raise NoEncryptionKey.by_another_guard()
        sealed = wrapped.removeprefix(SERVICE_MARK).decode("ascii", "replace")
        opened = self._asked("decrypt", {"ciphertext": sealed}, context).get("plaintext")
        try:
            return base64.b64decode(str(opened), validate=True)
        except (binascii.Error, ValueError):
            raise _no_answer("plaintext") from None

    def _asked(self, verb: str, said: dict[str, str], context: bytes) -> dict[str, Any]:
        place = urlsplit(self.url)
        if not (place.hostname and self.token and self.key):
            raise NoEncryptionKey(
                N_("Set KEY_SERVICE_URL, KEY_SERVICE_TOKEN and KEY_SERVICE_KEY before keys are used.")
            )
        if place.scheme != "https" and not (place.scheme == "http" and place.hostname in _LOOPBACK):
            raise NoEncryptionKey(
                N_("KEY_SERVICE_URL must begin with https://: a private key would cross the network in the open.")
            )
        request = Request(  # noqa: S310 (the scheme is looked at above)
            f"{self.url.rstrip('/')}/v1/transit/{verb}/{quote(self.key, safe='')}",
            json.dumps(said | {"associated_data": _base64(context)}).encode(),
            {"Content-Type": "application/json", "X-Vault-Token": self.token},
        )
        try:
            with _OPENER.open(request, timeout=self.seconds) as answer:
                told = json.loads(answer.read(_LONGEST_ANSWER))["data"]
        except HTTPError as refused:
            refused.close()
            raise _no_answer(str(refused.code)) from None
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as wrong:
            raise _no_answer(type(wrong).__name__) from None
        return told if isinstance(told, dict) else {}


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _no_answer(why: str) -> NoEncryptionKey:
    return NoEncryptionKey(
        N_("The service that guards private keys does not answer, or did not seal this one (%(why)s)."), why=why
    )
