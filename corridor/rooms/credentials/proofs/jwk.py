"""
The same public keys as JSON Web Keys (RFC 7517, RFC 8037), for whoever reads signed tokens; and the RSA keys of strangers.

An RSA key has 2,048 to 8,192 bits and the exponent 65,537, as nearly every one has: what is shorter can be broken, what is longer costs
whoever verifies, and with other exponents a careless signature may be made up.
"""

import base64
import binascii
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from corridor.kernel.wording import N_

from .refusals import BadKey
from .suites import KeyKind, PublicKey, kind_of

_LONGEST = 1_000_000
_CURVES: dict[object, ec.EllipticCurve] = {KeyKind.P256: ec.SECP256R1(), KeyKind.P384: ec.SECP384R1()}
_EXPONENT = 65_537
_SHORTEST, _LARGEST = 2_048, 8_192  # bits
_SECRETS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


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
    if isinstance(key, RSAPublicKey):
        numbers = key.public_numbers()
        return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    half = len(point) // 2
    return {"kty": "EC", "crv": kind_of(key).value, "x": base64url(point[:half]), "y": base64url(point[half:])}


def read_jwk(jwk: Any) -> PublicKey:
    """The key of a JSON Web Key for Ed25519, P-256, P-384 or RSA. Raises BadKey for another, and for one that holds a private half."""
    if not isinstance(jwk, dict) or not _SECRETS.isdisjoint(jwk):
        raise BadKey(N_("This is not the public half of a key."))
    try:
        if (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519"):
            return Ed25519PublicKey.from_public_bytes(from_base64url(jwk.get("x")))
        curve = _CURVES.get(jwk.get("crv")) if isinstance(jwk.get("crv"), str) else None
        if jwk.get("kty") == "EC" and curve is not None:
            x, y = from_base64url(jwk.get("x")), from_base64url(jwk.get("y"))
            if len(x) == len(y):
                return ec.EllipticCurvePublicKey.from_encoded_point(curve, b"\x04" + x + y)
        if jwk.get("kty") == "RSA":
            return _rsa(from_base64url(jwk.get("n")), from_base64url(jwk.get("e")))
    except ValueError:
        pass
    raise BadKey(N_("This is not a key of %(kinds)s."), kinds="Ed25519, P-256, P-384, RSA")


def _rsa(modulus: bytes, exponent: bytes) -> RSAPublicKey:
    number = int.from_bytes(modulus)
    is_sound = _SHORTEST <= number.bit_length() <= _LARGEST and number % 2 == 1 and modulus[0] != 0
    if not is_sound or exponent != _EXPONENT.to_bytes(3):
        raise BadKey(
            N_("This RSA key is not safe: it must have %(least)s to %(most)s bits and the exponent %(exponent)s."),
            least=_SHORTEST, most=_LARGEST, exponent=_EXPONENT,
        )  # fmt: skip
    return RSAPublicNumbers(_EXPONENT, number).public_key()


def _number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8))
