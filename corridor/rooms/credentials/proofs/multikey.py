"""
Ed25519 keys as Multikey writes them: multibase base58btc of a two-byte prefix and the key. Source: W3C Controlled
Identifiers 1.0, section 2.2.2.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from corridor.kernel.wording import N_

from .refusals import BadKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_PUBLIC = b"\xed\x01"
_SECRET = b"\x80\x26"
_LONGEST = 200


def base58(raw: bytes) -> str:
    """Base58btc, without a multibase prefix."""
    number = int.from_bytes(raw)
    text = ""
    while number:
        number, value = divmod(number, 58)
        text = _ALPHABET[value] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def from_base58(text: str) -> bytes:
    """The bytes of base58btc text. Raises BadKey for other letters or more than 200 of them."""
    if len(text) > _LONGEST or any(letter not in _VALUES for letter in text):
        raise BadKey(N_("“%(text)s” is not base58."), text=text[:60])
    number = 0
    for letter in text:
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def public_multikey(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """``z6Mk...`` of a key pair or its public half."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return "z" + base58(_PUBLIC + public.public_bytes_raw())


def read_public(text: object) -> Ed25519PublicKey:
    """The key of ``z6Mk...``. Raises BadKey for anything else."""
    return Ed25519PublicKey.from_public_bytes(_unprefixed(text, _PUBLIC))


def read_secret(text: object) -> Ed25519PrivateKey:
    """The key of ``z3u2...``. Raises BadKey for anything else."""
    return Ed25519PrivateKey.from_private_bytes(_unprefixed(text, _SECRET))


def _unprefixed(text: object, prefix: bytes) -> bytes:
    if not isinstance(text, str) or not text.startswith("z"):
        raise BadKey(N_("A key must be written as a Multikey, starting with z."))
    raw = from_base58(text[1:])
    if raw[:2] != prefix or len(raw) != 34:
        raise BadKey(N_("This is not an Ed25519 key."))
    return raw[2:]
