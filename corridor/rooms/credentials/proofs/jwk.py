"""The same public keys as JSON Web Keys (RFC 7517, RFC 8037), for whoever reads signed tokens."""

import base64
import binascii
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from corridor.kernel.wording import N_

from .refusals import BadKey
from .suites import PublicKey

_HALF = 32
_LONGEST = 1_000_000


def base64url(raw: bytes) -> str:
    """Without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64url(text: object) -> bytes:
    """The bytes of base64url without padding, in its one spelling. Raises ValueError for anything else."""
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isascii():
        raise ValueError("not base64url")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None
    if base64url(raw) != text:
        raise ValueError("not base64url")
    return raw


def jwk_of(key: PublicKey) -> dict[str, str]:
    """The public half as a JSON Web Key, with nothing but what names it."""
    if isinstance(key, Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(key.public_bytes_raw())}
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    return {"kty": "EC", "crv": "P-256", "x": base64url(point[:_HALF]), "y": base64url(point[_HALF:])}


def read_jwk(jwk: Any) -> PublicKey:
    """The key of a JSON Web Key for Ed25519 or P-256. Raises BadKey for another, and for one that holds a private half."""
    if not isinstance(jwk, dict) or "d" in jwk:
        raise BadKey(N_("This is not the public half of a key."))
    try:
        if (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519"):
            return Ed25519PublicKey.from_public_bytes(from_base64url(jwk.get("x")))
        if (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256"):
            point = b"\x04" + from_base64url(jwk.get("x")) + from_base64url(jwk.get("y"))
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        pass
    raise BadKey(N_("This is not an Ed25519 or P-256 key."))
