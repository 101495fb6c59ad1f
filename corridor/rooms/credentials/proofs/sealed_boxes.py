"""
A secret sealed to somebody's public key, X25519 or P-256: only the private half opens it.

A fresh key pair of the same kind is made for each box; its secret shared with the recipient goes through HKDF-SHA256 into an AES-256-GCM key. Any
software that knows these three (NIST SP 800-56A, RFC 5869, SP 800-38D) opens it. Keys are PEM, as ``openssl genpkey -algorithm X25519`` makes them.
"""

import base64
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from corridor.kernel.wording import N_

from .refusals import BadKey

FORMAT = "corridor-sealed-box-1"


def seal_to(secret: bytes, *, recipient: bytes) -> str:
    """``secret`` as a JSON text that only the holder of the recipient's private half opens. Raises BadKey for another kind of key."""
    public = _public(recipient)
    made: Any = (
        x25519.X25519PrivateKey.generate()
        if isinstance(public, x25519.X25519PublicKey)
        else ec.generate_private_key(ec.SECP256R1())
    )
    nonce = os.urandom(12)
    sealed = AESGCM(_key(_shared(made, public), made.public_key(), public)).encrypt(nonce, secret, FORMAT.encode())
    return json.dumps(
        {
            "format": FORMAT, "kind": _kind(public), "ephemeral": _pem(made.public_key()).decode(), "recipient": _pem(public).decode(),
            "nonce": base64.urlsafe_b64encode(nonce).decode(), "sealed": base64.urlsafe_b64encode(sealed).decode(),
        }
    )  # fmt: skip


def open_box(text: bytes, *, private: bytes, password: bytes | None = None) -> bytes:
    """What was sealed. Raises BadKey where the key does not open it, or the box was altered."""
    try:
        box = json.loads(text)
        key: Any = serialization.load_pem_private_key(private, password)
        ephemeral = _public(box["ephemeral"].encode())
        nonce, sealed = base64.urlsafe_b64decode(box["nonce"]), base64.urlsafe_b64decode(box["sealed"])
        opener = AESGCM(_key(_shared(key, ephemeral), ephemeral, key.public_key()))
        return opener.decrypt(nonce, sealed, FORMAT.encode())
    except (InvalidTag, KeyError, TypeError, ValueError, AttributeError):
        raise BadKey(N_("This key does not open it, or it was altered.")) from None


def _public(pem: bytes) -> Any:
    try:
        found = serialization.load_pem_public_key(pem)
    except ValueError:
        found = None
    is_p256 = isinstance(found, ec.EllipticCurvePublicKey) and isinstance(found.curve, ec.SECP256R1)
    if not (is_p256 or isinstance(found, x25519.X25519PublicKey)):
        raise BadKey(N_("Give a public key as PEM, of the kind X25519 or P-256."))
    return found


def _shared(private: Any, public: Any) -> bytes:
    if isinstance(private, x25519.X25519PrivateKey):
        return private.exchange(public)
    exchanged: bytes = private.exchange(ec.ECDH(), public)
    return exchanged


def _key(shared: bytes, ephemeral: Any, recipient: Any) -> bytes:
    info = FORMAT.encode() + _pem(ephemeral) + _pem(recipient)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(shared)


def _pem(public: Any) -> bytes:
    found: bytes = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return found


def _kind(public: Any) -> str:
    return "X25519" if isinstance(public, x25519.X25519PublicKey) else "P-256"
