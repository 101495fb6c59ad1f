"""
Identifiers that are a key: whoever has one needs nobody to publish it. Source: the did:key and did:jwk methods.

Such an issuer has one key and no dates, and cannot change it.
"""

from corridor.kernel.wording import N_

from .json_reading import read_object
from .jwk import from_base64url, read_jwk
from .multikey import read_public
from .refusals import BadKey, CannotRead
from .suites import PublicKey

_MULTIKEY, _JWK = "did:key:", "did:jwk:"
_LONGEST = 4_000


def is_key(did: str) -> bool:
    """Whether the identifier says that it is a key, of whatever kind."""
    return did.startswith((_MULTIKEY, _JWK))


def key_in(did: str) -> PublicKey:
    """The key that the identifier is. Raises BadKey where it is none that is read here."""
    if did.startswith(_MULTIKEY):
        return _read(did)
    try:
        if len(did) > _LONGEST:
            raise ValueError
        jwk = read_object(from_base64url(did.removeprefix(_JWK)))
    except (CannotRead, ValueError):
        raise BadKey(N_("This is not a key.")) from None
    if jwk.get("use", "sig") != "sig":
        raise BadKey(N_("This key is not for signing."))
    return read_jwk(jwk)


def fragments_of(did: str) -> tuple[str, str]:
    """What may stand after ``#`` in the name of its key."""
    return "", (did.removeprefix(_MULTIKEY) if did.startswith(_MULTIKEY) else "0")


def _read(did: str) -> PublicKey:
    try:
        return read_public(did.removeprefix(_MULTIKEY))
    except ValueError:  # bytes of the right number that are no key
        raise BadKey(N_("This is not a key.")) from None
