"""
Cryptosuites as data: which form of a document is hashed, and which keys sign it. Source: W3C Data Integrity EdDSA Cryptosuites 1.0 and
ECDSA Cryptosuites 1.0.

A new suite is a row here and, where its keys are new, their prefix in ``multikey``. P-384 and RSA are keys of strangers: they are read, and
no member has one (decision 0042). What is signed is hashed by SHA-256, and for a key of P-384 by SHA-384.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey
CurveKey = Ed25519PublicKey | EllipticCurvePublicKey
PublicKey = CurveKey | RSAPublicKey


class Form(StrEnum):
    """What is hashed: what a document says (its RDF), or its JSON as it stands."""

    RDFC = "rdfc"
    JCS = "jcs"


class KeyKind(StrEnum):
    """Which keys sign."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    RSA = "RSA"


# how what is signed is hashed before, as the suites of a kind of key say
HASHES = {KeyKind.ED25519: "sha256", KeyKind.P256: "sha256", KeyKind.P384: "sha384", KeyKind.RSA: "sha256"}
# bytes of one of the two numbers of an ECDSA signature, and the hash that is in it
_ECDSA = {KeyKind.P256: (32, SHA256()), KeyKind.P384: (48, SHA384())}


@dataclass(frozen=True)
class Suite:
    """One cryptosuite of Data Integrity: the keys that sign by it here, and those by which others do."""

    name: str
    form: Form
    kind: KeyKind
    of_others: frozenset[KeyKind] = frozenset()

    def takes(self, key: PublicKey) -> bool:
        """Whether that key may have signed by it."""
        return kind_of(key) in self.of_others | {self.kind}


RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"
ECDSA_RDFC = "ecdsa-rdfc-2019"
ECDSA_JCS = "ecdsa-jcs-2019"
SUITES = {
    suite.name: suite
    for suite in (
        Suite(RDFC, Form.RDFC, KeyKind.ED25519),
        Suite(JCS, Form.JCS, KeyKind.ED25519),
        Suite(ECDSA_RDFC, Form.RDFC, KeyKind.P256, frozenset({KeyKind.P384})),
        Suite(ECDSA_JCS, Form.JCS, KeyKind.P256, frozenset({KeyKind.P384})),
    )
}
OF_FORM = {form: frozenset(suite.name for suite in SUITES.values() if suite.form == form) for form in Form}


def suite_for(key: PrivateKey, *, form: Form) -> Suite:
    """The suite by which that key signs that form."""
    return next(suite for suite in SUITES.values() if suite.form == form and suite.kind == kind_of(key))


def kind_of(key: PrivateKey | PublicKey) -> KeyKind:
    """Which kind of key it is."""
    if isinstance(key, Ed25519PrivateKey | Ed25519PublicKey):
        return KeyKind.ED25519
    return KeyKind.RSA if isinstance(key, RSAPublicKey) else KeyKind(f"P-{key.curve.key_size}")


def sign_bytes(key: PrivateKey, message: bytes) -> bytes:
    """An Ed25519 signature, or the two numbers of an ECDSA signature one after the other: 64 bytes for the kinds of keys that members have."""
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(message)
    half, hashed = _ECDSA[kind_of(key)]
    return numbers_of(key.sign(message, ECDSA(hashed)), half=half)


def numbers_of(signature: bytes, *, half: int) -> bytes:
    """The two numbers of an ECDSA signature in DER, each of so many bytes, one after the other (RFC 7518, section 3.4)."""
    first, second = decode_dss_signature(signature)
    return first.to_bytes(half) + second.to_bytes(half)


def as_der(numbers: bytes) -> bytes:
    """The other way round: the halves of an even number of bytes, as libraries verify them."""
    half = len(numbers) // 2
    return encode_dss_signature(int.from_bytes(numbers[:half]), int.from_bytes(numbers[half:]))


def holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the signature is the key's, over the message. Never of an RSA key: how it signs is said by a token alone (``jwt/algorithms``)."""
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, message)
            return True
        if isinstance(key, RSAPublicKey):
            return False
        half, hashed = _ECDSA[kind_of(key)]
        if len(signature) != 2 * half:
            return False
        key.verify(as_der(signature), message, ECDSA(hashed))
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
