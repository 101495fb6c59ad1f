"""
Claims signed as COSE_Sign1 (RFC 9052), deflated (RFC 1951), with a sum at the end. What the signature does not cover has one spelling or is
caught by the sum, so that a misread code is not called a forgery.
"""

import zlib
from dataclasses import dataclass
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.data_integrity import SigningKey
from ..proofs.refusals import CannotRead, ForeignProof
from ..proofs.suites import KeyKind, PublicKey, holds, kind_of, sign_bytes
from . import cbor

MOST_UNPACKED = 65_536
SUM_BYTES = 4
_ALGORITHM, _KEY_ID = 1, 4
_WRITTEN = {KeyKind.ED25519: -8, KeyKind.P256: -7}
_READ = {number: kind for kind, number in _WRITTEN.items()}
_SIGNATURE_BYTES = 64
_CONTEXT = "Signature1"


@dataclass(frozen=True)
class Message:
    """What a form says and who is said to have signed it. Nothing in it is anybody's word before ``is_signed_by``."""

    algorithm: int
    method: str
    claims: dict[Any, Any]
    signed: bytes
    signature: bytes

    def is_signed_by(self, public: PublicKey) -> bool:
        """Whether that key signed it. :raises ForeignProof: for a way of signing that is not read here."""
        kind = _READ.get(self.algorithm)
        if kind is None:
            raise ForeignProof(N_("The code is signed in a way that this reader does not know."))
        return kind == kind_of(public) and holds(public, self.signature, self.signed)


def sign_claims(claims: dict[Any, Any], *, key: SigningKey) -> bytes:
    """The claims as a form: signed, deflated, and summed."""
    header = {_ALGORITHM: _WRITTEN[kind_of(key.private)], _KEY_ID: key.verification_method.encode()}
    protected, payload = cbor.encode(header), cbor.encode(claims)
    signature = sign_bytes(key.private, _to_sign(protected, payload))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(cbor.encode([protected, {}, payload, signature])) + packer.flush()
    return packed + sum_of(packed)


def sum_of(packed: bytes) -> bytes:
    """The four bytes at the end of a form."""
    return zlib.crc32(packed).to_bytes(SUM_BYTES)


def read_message(form: bytes) -> Message:
    """:raises CannotRead: for a form that was misread, is cut off or larger than any certificate, or is no signed message."""
    packed = form[:-SUM_BYTES]
    if len(form) <= SUM_BYTES or sum_of(packed) != form[-SUM_BYTES:]:
        raise CannotRead(N_("The code was misread or is not complete. Scan it again, or open the address below it."))
    parts = cbor.decode(_unpacked(packed))
    if not (isinstance(parts, list) and len(parts) == 4 and parts[1] == {} and isinstance(parts[1], dict)):
        raise _refused()
    protected, _, payload, signature = parts
    if not all(isinstance(each, bytes) for each in (protected, payload, signature)):
        raise _refused()
    header, claims = cbor.decode(protected), cbor.decode(payload)
    if not isinstance(header, dict) or set(header) != {_ALGORITHM, _KEY_ID} or not isinstance(claims, dict):
        raise _refused()
    algorithm, named = header[_ALGORITHM], header[_KEY_ID]
    if not isinstance(algorithm, int) or isinstance(algorithm, bool) or not isinstance(named, bytes):
        raise _refused()
    if len(signature) != _SIGNATURE_BYTES:
        raise _refused()
    try:
        method = named.decode()
    except UnicodeDecodeError:
        raise _refused() from None
    return Message(algorithm, method, claims, _to_sign(protected, payload), signature)


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return cbor.encode([_CONTEXT, protected, b"", payload])


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        found = unpacker.decompress(packed, MOST_UNPACKED + 1)
    except zlib.error:
        raise _refused() from None
    if not unpacker.eof or unpacker.unused_data or len(found) > MOST_UNPACKED:
        raise _refused()
    return found


def _refused() -> CannotRead:
    return CannotRead(N_("The code was read, but what it holds is not written as a certificate is."))
