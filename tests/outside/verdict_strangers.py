"""Cases for two verifiers, of strangers: whose key is its own name, and who signs in the name of others."""

from random import Random
from typing import Any

from corridor.rooms.credentials.proofs import composing, did_documents
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, sign
from corridor.rooms.credentials.proofs.multikey import public_multikey
from tests.rooms.credentials.proofs.cast import ISSUED, Issuer, facts


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


def _new_key() -> SigningKey:
    private = did_documents.new_key()
    name = public_multikey(private)
    return SigningKey(f"did:key:{name}#{name}", private)
