"""
Keys of Ed25519, P-256 and P-384 as Multikey writes them: multibase base58btc of a two-byte prefix and the key. Source: W3C Controlled
Identifiers 1.0, section 2.2.2.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from corridor.kernel.wording import N_

from .refusals import BadKey
from .suites import CurveKey, KeyKind, PrivateKey, kind_of

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_ED25519_PUBLIC, _ED25519_SECRET = b"\xed\x01", b"\x80\x26"
_P256_PUBLIC, _P256_SECRET = b"\x80\x24", b"\x86\x26"
_P384_PUBLIC = b"\x81\x24"
# by prefix: the curve of a public key, and how many bytes its point takes
_CURVES = {_P256_PUBLIC: (ec.SECP256R1(), 33), _P384_PUBLIC: (ec.SECP384R1(), 49)}
_PREFIXES = {KeyKind.P256: _P256_PUBLIC, KeyKind.P384: _P384_PUBLIC}
_LONGEST = 200


def base58(raw: bytes) -> str:
    """Base58btc, without a multibase prefix."""
    number = int.from_bytes(raw)
    text = ""
    while number:
        number, value = divmod(number, 58)
        text = _ALPHABET[value] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


@lru_cache(maxsize=256)  # the signature of a list is read for every credential on it
def from_base58(text: str) -> bytes:
    """The bytes of base58btc text. Raises BadKey for other letters or more than 200 of them."""
    number = 0
    try:
        for letter in text[: _LONGEST + 1]:
            number = number * 58 + _VALUES[letter]
    except KeyError:
        raise _not_base58(text) from None
    if len(text) > _LONGEST:
        raise _not_base58(text)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def _not_base58(text: str) -> BadKey:
    return BadKey(N_("“%(text)s” is not base58."), text=text[:60])


def public_multikey(key: PrivateKey | CurveKey) -> str:
    """``z6Mk...``, ``zDna...`` or ``z82L...`` of a key pair or its public half."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey | ec.EllipticCurvePrivateKey) else key
    if isinstance(public, Ed25519PublicKey):
        return "z" + base58(_ED25519_PUBLIC + public.public_bytes_raw())
    return "z" + base58(_PREFIXES[kind_of(public)] + public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def read_public(text: object) -> CurveKey:
    """The key of ``z6Mk...``, ``zDna...`` or ``z82L...``. Raises BadKey for anything else."""
    if not isinstance(text, str):
        raise BadKey(N_("A key must be written as a Multikey, starting with z."))
    return _read_public(text)


@lru_cache(maxsize=256)
def _read_public(text: str) -> CurveKey:
    prefix, raw = _parts(text)
    if prefix == _ED25519_PUBLIC and len(raw) == 32:
        return Ed25519PublicKey.from_public_bytes(raw)
    curve, length = _CURVES.get(prefix, (None, 0))
    if curve is not None and len(raw) == length:
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(curve, raw)
        except ValueError:
            pass
    raise BadKey(N_("This is not a key of %(kinds)s."), kinds="Ed25519, P-256, P-384")


def read_secret(text: object) -> PrivateKey:
    """The key of ``z3u2...`` or ``z42t...``. Raises BadKey for anything else."""
    prefix, raw = _parts(text)
    if prefix == _ED25519_SECRET and len(raw) == 32:
        return Ed25519PrivateKey.from_private_bytes(raw)
    if prefix == _P256_SECRET and len(raw) == 32:
        try:
            return ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())
        except ValueError:
            raise BadKey(N_("This is not a P-256 key.")) from None
    raise BadKey(N_("This is not an Ed25519 or P-256 key."))


def _parts(text: object) -> tuple[bytes, bytes]:
    if not isinstance(text, str) or not text.startswith("z"):
        raise BadKey(N_("A key must be written as a Multikey, starting with z."))
    raw = from_base58(text[1:])
    return raw[:2], raw[2:]
