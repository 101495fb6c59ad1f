"""
Cryptosuites as data: which form of a document is hashed, and which keys sign it. Source: W3C Data Integrity EdDSA Cryptosuites 1.0 and
ECDSA Cryptosuites 1.0.

A new suite is a row here and, where its keys are new, their prefix in ``multikey``. All here hash by SHA-256.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey
PublicKey = Ed25519PublicKey | EllipticCurvePublicKey

_HALF = 32  # bytes of one of the two numbers of a P-256 signature


class Form(StrEnum):
    """What is hashed: what a document says (its RDF), or its JSON as it stands."""

    RDFC = "rdfc"
    JCS = "jcs"


class Curve(StrEnum):
    """Which keys sign."""

    ED25519 = "Ed25519"
    P256 = "P-256"


@dataclass(frozen=True)
class Suite:
    """One cryptosuite of Data Integrity."""

    name: str
    form: Form
    curve: Curve


RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"
ECDSA_RDFC = "ecdsa-rdfc-2019"
ECDSA_JCS = "ecdsa-jcs-2019"
SUITES = {
    suite.name: suite
    for suite in (
        Suite(RDFC, Form.RDFC, Curve.ED25519),
        Suite(JCS, Form.JCS, Curve.ED25519),
        Suite(ECDSA_RDFC, Form.RDFC, Curve.P256),
        Suite(ECDSA_JCS, Form.JCS, Curve.P256),
    )
}
OF_FORM = {form: frozenset(suite.name for suite in SUITES.values() if suite.form == form) for form in Form}


def suite_for(key: PrivateKey, *, form: Form) -> Suite:
    """The suite by which that key signs that form."""
    return next(suite for suite in SUITES.values() if suite.form == form and suite.curve == curve_of(key))


def curve_of(key: PrivateKey | PublicKey) -> Curve:
    """Which kind of key it is."""
    return Curve.ED25519 if isinstance(key, Ed25519PrivateKey | Ed25519PublicKey) else Curve.P256


def sign_bytes(key: PrivateKey, message: bytes) -> bytes:
    """64 bytes: an Ed25519 signature, or the two numbers of a P-256 signature one after the other."""
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(message)
    return numbers_of(key.sign(message, ECDSA(SHA256())), half=_HALF)


def numbers_of(signature: bytes, *, half: int) -> bytes:
    """The two numbers of an ECDSA signature in DER, each of so many bytes, one after the other (RFC 7518, section 3.4)."""
    first, second = decode_dss_signature(signature)
    return first.to_bytes(half) + second.to_bytes(half)


def as_der(numbers: bytes) -> bytes:
    """The other way round: the halves of an even number of bytes, as libraries verify them."""
    half = len(numbers) // 2
    return encode_dss_signature(int.from_bytes(numbers[:half]), int.from_bytes(numbers[half:]))


def holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the signature is the key's, over the message."""
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
        elif len(signature) == 2 * _HALF:
            key.verify(as_der(signature), message, ECDSA(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def held_before(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """As ``holds``, remembered: for what is asked of one document again and again, as of a list for every credential on it."""
    if isinstance(key, Ed25519PublicKey):
        return _held_before(key.public_bytes_raw(), signature, message)
    return holds(key, signature, message)


@lru_cache(maxsize=256)
def _held_before(key: bytes, signature: bytes, message: bytes) -> bool:
    return holds(Ed25519PublicKey.from_public_bytes(key), signature, message)
