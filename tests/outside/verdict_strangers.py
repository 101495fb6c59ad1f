"""Cases for two verifiers, of strangers: whose key is its own name, who signs in the name of others, and who signs as no member does."""

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from corridor.rooms.credentials.proofs import composing, did_documents
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, sign
from corridor.rooms.credentials.proofs.jwk import base64url, jwk_of
from corridor.rooms.credentials.proofs.multikey import public_multikey
from tests.rooms.credentials.proofs.cast import ISSUED, Issuer, facts
from tests.rooms.credentials.proofs.strangers import (
    KEYS,
    P256,
    P384,
    RSA,
    badge_of,
    did_jwk,
    did_key,
    message,
    signed_by_p384,
    token,
)


def own_name() -> dict[str, Any]:
    """Of somebody whose key is the name, as strangers have it."""
    somebody = Issuer("somebody", "Somebody")
    somebody.key = _new_key()
    somebody.did = somebody.key.verification_method.partition("#")[0]
    return composing.issue(facts(somebody), key=somebody.key, created=ISSUED)


def by_another_key(chance: Random, *names: str) -> dict[str, Any]:
    """In the name of one of those, by a key that has its own name; some in words that are not kept here."""
    unsecured = {word: value for word, value in own_name().items() if word != "proof"}
    unsecured["issuer"]["id"] = chance.choice(names)
    signed = sign(unsecured, key=_new_key(), created=ISSUED)
    if chance.randrange(2):
        signed["@context"] = [*signed["@context"], "https://guild.example/words/1"]
    return signed


def with_another_proof(chance: Random, document: dict[str, Any]) -> dict[str, Any]:
    """The same with its first proof changed."""
    changed = copy.deepcopy(document)
    proof = changed["proof"][0]
    proof |= chance.choice(
        [
            {"created": "2023-06-30T09:00:01Z"}, {"created": "yesterday"}, {"cryptosuite": "bbs-2023"}, {"proofPurpose": "authentication"},
            {"proofValue": 7}, {"proofValue": "z" + "1" * 300}, {"previousProof": "urn:x"},
            {"verificationMethod": f"{proof['verificationMethod']}x"},
            {"cryptosuite": "ecdsa-rdfc-2019"}, {"cryptosuite": "eddsa-jcs-2022"}, {"@context": changed["@context"]}, {"more": 1},
        ]
    )  # fmt: skip
    return changed


def _new_key() -> SigningKey:
    private = did_documents.new_key()
    name = public_multikey(private)
    return SigningKey(f"did:key:{name}#{name}", private)


def token_of_a_stranger(chance: Random, *members: Issuer) -> str:
    """By an algorithm that no member writes, with a key that it names, brings along or is called by; now and then in a member's name."""
    alg = chance.choice(sorted(KEYS))
    private = KEYS[alg]
    own = chance.choice([did_jwk(private), did_jwk(private), did_jwk(RSA), did_key(P384)])
    issuer: str | Issuer = chance.choice([own, own, "https://guild.example/issuers/5", *members])
    did = issuer if isinstance(issuer, str) else issuer.did
    names = [
        f"{did}#0",
        "#0",
        did,
        f"{did}#rsa",
        f"{did}#rsa",
        f"{did}#p384",
        "#p384-jwk",
        f"{own}#0",
        "https://guild.example/keys.json",
    ]
    header: dict[str, Any] = {"kid": chance.choice(names)} if chance.randrange(4) else {}
    if not chance.randrange(3):
        header["jwk"] = jwk_of(chance.choice([private, private, RSA]).public_key())
        if not chance.randrange(4):
            header["jwk"] |= chance.choice(
                [{"e": "Aw"}, {"n": "AQAB"}, {"d": "AQ"}, {"use": "enc"}, {"kty": "EC"}, {"x": "AQ"}]
            )
    if not chance.randrange(8):
        header |= chance.choice([{"crit": ["b64"]}, {"kid": 5}, {"jwk": None}, {"typ": "vc+jwt"}])
    claims = badge_of(issuer)
    for name in chance.choice([(), (), (), ("iat",), ("iss",), ("iss", "jti", "sub", "nbf", "iat")]):
        del claims[name]
    if chance.randrange(4):
        return token(claims, alg=alg, private=private, **header)
    kid = header.get("kid")
    binary = {"_4": kid.encode() if isinstance(kid, str) else kid, "_2": chance.choice([None, None, None, [16]])}
    return base64url(message(claims, alg=alg, private=private, **binary))


def signed_with_p384(chance: Random, *members: Issuer) -> dict[str, Any]:
    """Of somebody whose key is the name; or of a member, beside its own proof or instead of it."""
    member = chance.choice([None, *members])
    if member is None:
        somebody = Issuer("somebody", "Somebody")
        somebody.did = did_key(P384)
        method = f"{somebody.did}#{somebody.did.removeprefix('did:key:')}"
        return signed_by_p384(composing.compose_credential(facts(somebody)), method=method)
    document = composing.issue(facts(member), key=member.key, created=ISSUED)
    if chance.randrange(2):
        del document["proof"]
    fragment = chance.choice(["p384", "p384", "p384-jwk", "rsa"])
    private = chance.choice([P384, P384, P384, P256])
    return signed_by_p384(document, method=f"{member.did}#{fragment}", private=private)


LOST: list[Any] = ["", "@foo", [""], ["@foo"], {"id": ""}, {"@id": "@foo"}, {"id": "@type"}, "@id"]


def with_lost_addresses(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same with an address, or what stands for one, that software may leave out without a word: in every place, by words of three kinds."""
    local = {
        "by": {"@id": "urn:by", "@type": "@id"},
        "word": {"@id": "urn:word", "@type": "@vocab"},
        "listed": {"@id": "urn:l", "@type": "@vocab", "@container": "@list"},
    }
    for value in LOST:
        for key in ("issuer", "image", "endorsement"):
            yield {**copy.deepcopy(document), key: value}
        subject = {**document["credentialSubject"], "image": value}
        yield {**copy.deepcopy(document), "credentialSubject": subject}
        for word in local:
            yield {**copy.deepcopy(document), "@context": [*document["@context"], local], word: value}
        for word in ("id", "domain", "verificationMethod", "image"):
            yield {**copy.deepcopy(document), "proof": [{**document["proof"][0], word: value}]}
