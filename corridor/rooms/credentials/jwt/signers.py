"""
Which key a token names, and whether it is known to be the issuer's. Source: Open Badges 3.0, section 8.2.4; RFC 7515, section 4.1.

A key is named by ``kid``, brought along as ``jwk``, or both, and then they must be one. Nothing is fetched: a web address in ``kid`` is the
name of a key that is known here only where somebody brought the document of its issuer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.did_documents import published_key
from ..proofs.jwk import jwk_of, read_jwk
from ..proofs.own_names import fragments_of, is_key, key_in
from ..proofs.refusals import ProofRefused
from ..proofs.resolving import Resolver
from ..proofs.suites import PublicKey


@dataclass(frozen=True)
class Signer:
    """A key and what is published with it. Not ``is_issuers``: it came with the token, and nobody here can say whose it is."""

    public: PublicKey
    published: Mapping[str, Any] = field(default_factory=dict)
    is_issuers: bool = True


def signer_of(header: Mapping[str, Any], *, issuer: str, resolver: Resolver) -> Signer | None:
    """
    Who signed a token, as its header says; None where nothing is known here of the key.

    :raises ProofRefused: for a key that is not the issuer's, or two keys. :raises BadKey: for a key of another kind, or that is not safe.
    """
    method = method_of(header, issuer)
    brought = read_jwk(header["jwk"]) if "jwk" in header else None
    found = _named(method, brought, issuer, resolver)
    if found is None:
        return None if brought is None else Signer(brought, is_issuers=False)
    if brought is not None and jwk_of(brought) != jwk_of(found.public):
        raise ProofRefused(N_("The token brings another key than the one that it names."))
    return found


def method_of(header: Mapping[str, Any], issuer: str) -> str:
    """The whole name of the key; empty where there is none."""
    kid = header.get("kid")
    if not isinstance(kid, str):
        return ""
    return f"{issuer}{kid}" if kid.startswith("#") else kid


def _named(method: str, brought: PublicKey | None, issuer: str, resolver: Resolver) -> Signer | None:
    controller, _hash, fragment = method.partition("#")
    if is_key(issuer):
        if method and (controller != issuer or fragment not in fragments_of(issuer)):
            raise ProofRefused(N_("It is signed with a key that does not belong to the issuer."))
        return Signer(key_in(issuer))
    document = resolver.did_document(issuer)
    if document is not None:
        if not method and brought is not None:
            method = _published_as(document, issuer, brought)
        return Signer(*published_key(document, did=issuer, method=method))
    return Signer(key_in(controller), is_issuers=False) if is_key(controller) else None


def _published_as(document: dict[str, Any], issuer: str, key: PublicKey) -> str:
    """Under which name the issuer publishes a key that came without one; empty where it does not."""
    listed = document.get("assertionMethod")
    for name in listed if isinstance(listed, list) else ():
        try:
            public, _published = published_key(document, did=issuer, method=str(name))
        except ProofRefused:
            continue
        if jwk_of(public) == jwk_of(key):
            return str(name)
    return ""
