"""
Keys as a suite gives them: a verification method with JSON Web Keys. Source: W3C Controlled Identifiers 1.0, section 2.2.3; RFC 7518,
section 3.4; RFC 8037.

Beside the kinds of our members (Ed25519, P-256) P-384 and P-521 are known here, and nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from corridor.kernel.wording import N_

from ..proofs.jwk import from_base64url
from ..proofs.refusals import BadKey
from ..proofs.suites import as_der, numbers_of


@dataclass(frozen=True)
class _Kind:
    alg: str
    curve: ec.EllipticCurve
    digest: HashAlgorithm

    @property
    def half(self) -> int:
        """Bytes of one of the two numbers of a signature."""
        return (self.curve.key_size + 7) // 8


_KINDS = {
    "P-256": _Kind("ES256", ec.SECP256R1(), SHA256()),
    "P-384": _Kind("ES384", ec.SECP384R1(), SHA384()),
    "P-521": _Kind("ES512", ec.SECP521R1(), SHA512()),
}
_OTHER = "Ed25519"


@dataclass(frozen=True)
class GivenKey:
    """A key, and the name of the verification method it came with."""

    name: str
    kind: _Kind | None
    secret: Ed25519PrivateKey | ec.EllipticCurvePrivateKey | None
    public: Ed25519PublicKey | ec.EllipticCurvePublicKey

    @property
    def alg(self) -> str:
        return self.kind.alg if self.kind else "EdDSA"

    def sign(self, message: bytes) -> bytes:
        """By the secret key. :raises BadKey: where only the public one was read."""
        if isinstance(self.secret, Ed25519PrivateKey):
            return self.secret.sign(message)
        if self.secret is None or self.kind is None:
            raise BadKey(N_("This is not the secret half of a key."))
        return numbers_of(self.secret.sign(message, ec.ECDSA(self.kind.digest)), half=self.kind.half)

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is the key's, over the message."""
        try:
            if isinstance(self.public, Ed25519PublicKey):
                self.public.verify(signature, message)
                return True
            if self.kind is None or len(signature) != 2 * self.kind.half:
                return False
            self.public.verify(as_der(signature), message, ec.ECDSA(self.kind.digest))
        except InvalidSignature:
            return False
        return True


def read_given(method: Any, *, is_secret: bool) -> GivenKey:
    """The key of a verification method: its ``secretKeyJwk`` or its ``publicKeyJwk``. :raises BadKey:"""
    name = method.get("id") if isinstance(method, dict) else None
    if not isinstance(name, str) or not name:
        raise BadKey(N_("This is not a verification method with a key as JsonWebKey."))
    jwk = method.get("secretKeyJwk" if is_secret else "publicKeyJwk")
    if not isinstance(jwk, dict):
        raise BadKey(N_("This is not a verification method with a key as JsonWebKey."))
    try:
        if (jwk.get("kty"), jwk.get("crv")) == ("OKP", _OTHER):
            return _of_ed25519(name, jwk, is_secret=is_secret)
        kind = _KINDS.get(str(jwk.get("crv")))
        if jwk.get("kty") == "EC" and kind is not None:
            return _of_ec(name, jwk, kind, is_secret=is_secret)
    except ValueError:
        pass
    raise BadKey(N_("This is not a key of %(kinds)s."), kinds=", ".join([_OTHER, *_KINDS]))


def _of_ed25519(name: str, jwk: dict[str, Any], *, is_secret: bool) -> GivenKey:
    if not is_secret:
        return GivenKey(name, None, None, Ed25519PublicKey.from_public_bytes(from_base64url(jwk.get("x"))))
    secret = Ed25519PrivateKey.from_private_bytes(from_base64url(jwk.get("d")))
    return GivenKey(name, None, secret, secret.public_key())


def _of_ec(name: str, jwk: dict[str, Any], kind: _Kind, *, is_secret: bool) -> GivenKey:
    if is_secret:
        secret = ec.derive_private_key(int.from_bytes(from_base64url(jwk.get("d"))), kind.curve)
        return GivenKey(name, kind, secret, secret.public_key())
    point = b"\x04" + from_base64url(jwk.get("x")) + from_base64url(jwk.get("y"))
    return GivenKey(name, kind, None, ec.EllipticCurvePublicKey.from_encoded_point(kind.curve, point))
