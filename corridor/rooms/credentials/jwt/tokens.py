"""
Signed tokens in their compact form. Source: RFC 7515, RFC 7519, RFC 8037.

Keys of members are of Ed25519 or P-256, so ``EdDSA`` and ``ES256`` are what is written. What is read stands in ``algorithms``; a token signed
otherwise is foreign, which says nothing about whether it is genuine.
"""

import json
from dataclasses import dataclass
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.data_integrity import SigningKey
from ..proofs.did_documents import jwk_method
from ..proofs.json_reading import read_object
from ..proofs.jwk import base64url, from_base64url
from ..proofs.refusals import CannotRead, ForeignProof
from ..proofs.suites import PublicKey, kind_of, sign_bytes
from .algorithms import ALGORITHMS, WRITTEN

MAX_CHARACTERS = 500_000


@dataclass(frozen=True)
class Token:
    """What a token says, and what was signed. Nothing in it is anybody's word before ``is_signed_by``."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes

    def is_signed_by(self, public: PublicKey) -> bool:
        """Whether that key signed it. :raises ForeignProof: for a way of signing that is not read here."""
        named = self.header.get("alg")
        algorithm = ALGORITHMS.get(named) if isinstance(named, str) else None
        if algorithm is None or "crit" in self.header:
            raise ForeignProof(N_("The token is signed in a way that this reader does not know."))
        return algorithm.holds(public, self.signature, self.signed)


def sign_token(claims: dict[str, Any], *, key: SigningKey, typ: str) -> str:
    """The claims as a compact token, under the name by which the issuer publishes the key as a JSON Web Key."""
    header = {"alg": WRITTEN[kind_of(key.private)], "typ": typ, "kid": jwk_method(key.verification_method)}
    signed = f"{_part(header)}.{_part(claims)}"
    return f"{signed}.{base64url(sign_bytes(key.private, signed.encode()))}"


def read_token(compact: str) -> Token:
    """:raises CannotRead: for what is no token in compact form, or says a thing twice."""
    parts = compact.split(".")
    if len(compact) > MAX_CHARACTERS or len(parts) != 3:
        raise CannotRead(N_("This is not a signed token."))
    try:
        header, claims, signature = (from_base64url(part) for part in parts)
    except ValueError:
        raise CannotRead(N_("This is not a signed token.")) from None
    return Token(read_object(header), read_object(claims), f"{parts[0]}.{parts[1]}".encode(), signature)


def _part(said: dict[str, Any]) -> str:
    return base64url(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
