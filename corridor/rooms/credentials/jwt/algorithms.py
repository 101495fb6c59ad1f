"""
By which algorithms tokens are signed, as data. Source: RFC 7518, sections 3.3 to 3.5; RFC 8037.

``EdDSA`` and ``ES256`` are written and read. The others are read only: strangers' Open Badges come in ``RS256``, which version 3.0 asks of
every verifier (decision 0042). The algorithm says which kind of key it takes, and the key must be of that kind: what is not in the table
(``none``, and everything with a shared secret) is not read.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from ..proofs.suites import KeyKind, PublicKey, holds, kind_of


@dataclass(frozen=True)
class Algorithm:
    """One algorithm of tokens. ``padding`` is how an RSA key signs."""

    kind: KeyKind
    padding: PKCS1v15 | PSS | None = None

    def holds(self, key: PublicKey, signature: bytes, message: bytes) -> bool:
        """Whether the signature is that of this key by this algorithm, over the message."""
        if self.kind != kind_of(key):
            return False
        if self.padding is None or not isinstance(key, RSAPublicKey):
            return holds(key, signature, message)
        try:
            key.verify(signature, message, self.padding, SHA256())
        except InvalidSignature:
            return False
        return True


ALGORITHMS = {
    "EdDSA": Algorithm(KeyKind.ED25519),
    "Ed25519": Algorithm(KeyKind.ED25519),
    "ES256": Algorithm(KeyKind.P256),
    "ES384": Algorithm(KeyKind.P384),
    "RS256": Algorithm(KeyKind.RSA, PKCS1v15()),
    "PS256": Algorithm(KeyKind.RSA, PSS(MGF1(SHA256()), SHA256.digest_size)),
}
WRITTEN = {KeyKind.ED25519: "EdDSA", KeyKind.P256: "ES256"}
