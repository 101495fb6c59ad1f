"""
What these doors sign: any credential, with a key of their own that stands in no register.

The keys, one of each kind, follow from the installation's secret and so are the same after every start. They are no member's, and no
verifier of ours takes them for one.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from corridor.kernel.wording import N_

from ..proofs.contexts import CREDENTIALS, DATA_INTEGRITY
from ..proofs.data_integrity import SigningKey, proofs_of, sign, timestamp
from ..proofs.jwk import base64url
from ..proofs.multikey import public_multikey
from ..proofs.refusals import CannotRead
from ..proofs.status_lists import SMALLEST, StatusEntry, sign_status_list
from ..proofs.suites import RDFC, SUITES, Form, KeyKind, PrivateKey, sign_bytes
from .envelopes import OF_CREDENTIAL
from .instants import read_stamp
from .proving import World
from .refusals import Malformed, Refused
from .shapes import DATES, OLDER, check_credential, without_nesting
from .verifying import STATUS, require_whole

UNSECURED, ENVELOPED = "application/vc", "application/vc+jwt"
_USES = {KeyKind.ED25519: b"corridor vc-api issuer", KeyKind.P256: b"corridor vc-api issuer P-256"}
# longer than the order of P-256, so that no number is likelier than another
_SECRET_BYTES = {KeyKind.ED25519: 32, KeyKind.P256: 48}
_ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class _Wish:
    """How who asks wants it signed."""

    media: str
    cryptosuite: str


def key_of_doors(kind: KeyKind = KeyKind.ED25519) -> SigningKey:
    """The key of that kind: of Ed25519, or of P-256."""
    secret = HKDF(SHA256(), _SECRET_BYTES[kind], salt=None, info=_USES[kind]).derive(settings.SECRET_KEY.encode())
    private: PrivateKey
    if kind == KeyKind.P256:
        private = ec.derive_private_key(int.from_bytes(secret) % (_ORDER_OF_P256 - 1) + 1, ec.SECP256R1())
    else:
        private = Ed25519PrivateKey.from_private_bytes(secret)
    multikey = public_multikey(private)
    return SigningKey(f"did:key:{multikey}#{multikey}", private)


def issuer_of_doors(kind: KeyKind = KeyKind.ED25519) -> str:
    return key_of_doors(kind).verification_method.partition("#")[0]


def list_address() -> str:
    """Where the status list of what is issued here stands."""
    return f"{settings.PUBLIC_URL}/credentials/status/1"


def issue(given: Any, options: object, *, world: World) -> dict[str, Any]:
    """
    The credential, signed: in our name whoever it named as its issuer, with a place in the status list where it brings none.

    The option ``mediaType`` ``application/vc+jwt`` wraps it in a token, ``cryptosuite`` names another suite of proofs than
    ``eddsa-rdfc-2022``. :raises Refused: for what cannot be signed as it is.
    """
    wish = _wish_of(options)
    suite = SUITES[wish.cryptosuite]
    given = _dated(given, world.at)
    check_credential(given)
    key = key_of_doors(suite.kind)
    credential = _completed(given, world.at, key)
    check_credential(credential)
    if wish.media == ENVELOPED:
        require_whole(credential, world)
        return _enveloped(credential, key)
    try:
        for proof in proofs_of(credential):
            if not isinstance(proof.get("type"), str):
                raise Malformed(N_("“%(place)s” does not say what type it is."), place="proof")
        if (
            suite.form == Form.JCS
        ):  # which signs the text as it stands: whether its words mean anything is looked at apart
            unsecured = {name: value for name, value in credential.items() if name != "proof"}
            require_whole(unsecured, world)
            signed = sign(credential, key=key, created=world.at, cryptosuite=suite.name)
        else:
            signed = sign(without_nesting(credential), key=key, created=world.at, contexts=world.contexts)
    except CannotRead as refusal:
        raise Refused(refusal.message, **refusal.places) from None
    return {**signed, "@context": credential["@context"], "proof": _one_or_all(signed["proof"])}


def status_list(*, at: datetime) -> dict[str, Any]:
    """The list to which everything issued here points. No bit is ever set in it: nothing of it is kept, so nothing can be revoked."""
    signed = sign_status_list(url=list_address(), issuer=issuer_of_doors(), indices=(), key=key_of_doors(), created=at)
    return {**signed, "proof": _one_or_all(signed["proof"])}


def _wish_of(options: object) -> _Wish:
    given = {} if options is None else options
    if not isinstance(given, dict):
        raise Malformed(N_("“%(place)s” is not an object."), place="options")
    media = _one_of(given, "mediaType", UNSECURED, (UNSECURED, ENVELOPED))
    cryptosuite = _one_of(given, "cryptosuite", RDFC, tuple(SUITES))
    if media == ENVELOPED and cryptosuite != RDFC:
        raise Malformed(
            N_("A token has no proof of another suite: leave “%(place)s” out."), place="options.cryptosuite"
        )
    return _Wish(media, cryptosuite)


def _one_of(given: Mapping[str, Any], name: str, otherwise: str, known: tuple[str, ...]) -> str:
    found = given.get(name, otherwise)
    if not isinstance(found, str) or found not in known:
        raise Malformed(N_("“%(place)s” must be %(these)s."), place=f"options.{name}", these=", ".join(known))
    return found


def _dated(given: Any, at: datetime) -> Any:
    """An older credential must say when it was issued, and that is now."""
    contexts = given.get("@context") if isinstance(given, dict) else None
    is_older = isinstance(contexts, list) and contexts[:1] == [OLDER]
    return {DATES[OLDER][0]: timestamp(at), **given} if is_older else given


def _completed(given: Mapping[str, Any], at: datetime, key: SigningKey) -> dict[str, Any]:
    found, issuer = dict(given), key.verification_method.partition("#")[0]
    party = found["issuer"]
    found["issuer"] = {**party, "id": issuer} if isinstance(party, dict) else issuer
    if found["@context"][0] == OLDER:
        if DATA_INTEGRITY not in found["@context"]:  # that vocabulary has no words for such a proof
            found["@context"] = [OLDER, DATA_INTEGRITY, *found["@context"][1:]]
        return found
    found.setdefault("id", f"urn:uuid:{uuid4()}")
    begins, ends = DATES[CREDENTIALS]
    ended = read_stamp(found.get(ends))
    if ended is None or ended > at:  # whoever says only when it ended leaves open when it began
        found.setdefault(begins, timestamp(at))
    found.setdefault(STATUS, StatusEntry(list_address(), secrets.randbelow(SMALLEST)).as_json())
    return found


def _enveloped(credential: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    header = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": key.verification_method}
    said = {name: value for name, value in credential.items() if name != "proof"} | {"iss": issuer_of_doors()}
    signed = ".".join(
        base64url(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode()) for each in (header, said)
    )

    token = f"{signed}.{base64url(sign_bytes(key.private, signed.encode()))}"
    return {"@context": CREDENTIALS, "type": OF_CREDENTIAL.envelope, "id": f"data:{ENVELOPED},{token}"}


def _one_or_all(proofs: list[dict[str, Any]]) -> Any:
    """A single proof stands alone, as most software writes it."""
    return proofs[0] if len(proofs) == 1 else proofs
