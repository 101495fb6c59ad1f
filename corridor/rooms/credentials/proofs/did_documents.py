"""
did:web documents: which keys an issuer signs with, and when. Source: W3C DID Core 1.0; did:web method; Controlled
Identifiers 1.0.

A retired key stays published, with the moment it ended (``expires``), so that rotating keys or leaving the alliance
keeps old credentials verifiable. Other people's software ignores the two dates; ours accepts a signature only if it
was made between them. A compromised one stays too, with the moment from which nothing of it is trusted (``revoked``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corridor.kernel.wording import N_

from .contexts import DID, MULTIKEY
from .data_integrity import timestamp
from .instants import read_instant
from .jwk import jwk_of, read_jwk
from .multikey import public_multikey, read_public
from .refusals import BadKey, KeyCompromised, KeyNotInUse, ProofRefused
from .suites import CurveKey, PublicKey

_BEYOND_ASCII = re.compile("[^\x21-\x7e]+")
_INSTANT = "http://www.w3.org/2001/XMLSchema#dateTime"
# What the key vocabularies lack, told in the document itself: from when a key is good, and the other form of a key with its dates.
_FURTHER = {
    "validFrom": {"@id": "https://www.w3.org/2018/credentials#validFrom", "@type": _INSTANT},
    "expires": {"@id": "https://w3id.org/security#expiration", "@type": _INSTANT},
    "revoked": {"@id": "https://w3id.org/security#revoked", "@type": _INSTANT},
    "JsonWebKey": {"@id": "https://w3id.org/security#JsonWebKey"},
    "publicKeyJwk": {"@id": "https://w3id.org/security#publicKeyJwk", "@type": "@json"},
}


@dataclass(frozen=True)
class PublishedKey:
    """
    One key of an issuer: its fragment (``key-2023-1``), its public half, and when it was used. ``until`` None: still
    in use. ``revoked``: the moment from which nothing that it signed is trusted.
    """

    fragment: str
    public: CurveKey
    since: datetime
    until: datetime | None = None
    revoked: datetime | None = None


def did_web(public_url: str, *path: str) -> str:
    """
    The did:web of an address and path: ``https://alliance.example``, ``members``, ``x`` gives
    ``did:web:alliance.example:members:x``.
    """
    host = quote(urlsplit(public_url).netloc, safe="")
    return ":".join(["did:web", host, *(quote(part, safe="") for part in path)])


def did_web_address(did: str) -> str:
    """Where the document of a did:web is published. Raises BadKey for another kind of DID."""
    if not did.startswith("did:web:"):
        raise BadKey(N_("“%(did)s” is not a did:web."), did=did[:100])
    host, *path = (unquote(part) for part in did.removeprefix("did:web:").split(":"))
    return f"https://{host}/{'/'.join(path)}/did.json" if path else f"https://{host}/.well-known/did.json"


def as_shown(identifier: str) -> str:
    """
    An identifier for the eye, at most so long: letters beyond ASCII are spelled (``%D0%B0``), so that none is taken for one that looks alike.
    """
    return _BEYOND_ASCII.sub(lambda found: quote(found[0], errors="replace"), identifier[:200])


def verification_method(did: str, fragment: str) -> str:
    """The name under which a key is published: the DID, ``#`` and the fragment."""
    return f"{did}#{fragment}"


def jwk_method(method: str) -> str:
    """The name of the same key as a JSON Web Key, by which signed tokens name it."""
    return f"{method}-jwk"


def did_document(did: str, keys: Sequence[PublishedKey]) -> dict[str, Any]:
    """The document to publish: every key as Multikey, then every key as JSON Web Key. Those that have ended stay in it."""
    methods: list[dict[str, Any]] = []
    tokens: list[dict[str, Any]] = []
    for key in keys:
        name = verification_method(did, key.fragment)
        dates = {"validFrom": timestamp(key.since)}
        dates |= {"expires": timestamp(key.until)} if key.until else {}
        dates |= {"revoked": timestamp(key.revoked)} if key.revoked else {}
        multikey, jwk = {"publicKeyMultibase": public_multikey(key.public)}, {"publicKeyJwk": jwk_of(key.public)}
        methods.append({"id": name, "type": "Multikey", "controller": did, **multikey, **dates})
        tokens.append({"id": jwk_method(name), "type": "JsonWebKey", "controller": did, **jwk, **dates})
    methods += tokens
    return {
        "@context": [DID, MULTIKEY, _FURTHER],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_of(document: dict[str, Any], *, did: str, method: str, at: datetime) -> PublicKey:
    """
    The key with which ``did`` signed at that instant. Raises ProofRefused when the document does not publish it for
    that moment.

    ``method`` must be the DID, ``#`` and a fragment; the document must be the DID's own and name it under
    ``assertionMethod``.
    """
    public, each = published_key(document, did=did, method=method)
    require_in_use(each, at=at)
    return public


def published_key(document: dict[str, Any], *, did: str, method: str) -> tuple[PublicKey, dict[str, Any]]:
    """The key of that name and what is published with it, whenever it was in use. Raises ProofRefused."""
    if document.get("id") != did or not method.startswith(f"{did}#"):
        raise ProofRefused(N_("It is signed with a key that does not belong to the issuer."))
    listed = document.get("assertionMethod")
    methods = document.get("verificationMethod")
    if not isinstance(listed, list) or method not in listed or not isinstance(methods, list):
        raise ProofRefused(N_("The issuer does not publish the key with which it is signed."))
    for each in methods:
        if isinstance(each, dict) and each.get("id") == method and each.get("controller") == did:
            try:
                if each.get("type") == "JsonWebKey":
                    return read_jwk(each.get("publicKeyJwk")), each
                return read_public(each.get("publicKeyMultibase")), each
            except (BadKey, ValueError):
                raise ProofRefused(N_("The key that the issuer publishes cannot be read.")) from None
    raise ProofRefused(N_("The issuer does not publish the key with which it is signed."))


def require_in_use(method: dict[str, Any], *, at: datetime) -> None:
    """Raises KeyCompromised or KeyNotInUse when what is published with the key says so for that moment."""
    if "revoked" in method:
        revoked = read_instant(method["revoked"])
        if revoked is None or at >= revoked:
            raise KeyCompromised(
                N_("The key with which it is signed was compromised; nothing is trusted that it signed from %(day)s."),
                day=revoked.date() if revoked else "",
            )
    for name, too_late in (("validFrom", False), ("expires", True)):
        if name in method:
            bound = read_instant(method[name])
            if bound is None or (at > bound if too_late else at < bound):
                raise KeyNotInUse(N_("The key was not in use when the proof says it was made."))


def new_key() -> Ed25519PrivateKey:
    """A new Ed25519 key pair."""
    return Ed25519PrivateKey.generate()
