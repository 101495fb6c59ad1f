"""Tokens of strangers: by RSA and P-384, with keys that they name, bring along, or are called by."""

import json
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.rooms.credentials.jwt.verifying import verify_token
from corridor.rooms.credentials.proofs.jwk import base64url, from_base64url, jwk_of, read_jwk
from corridor.rooms.credentials.proofs.refusals import BadKey
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from tests.rooms.credentials.proofs.cast import AT, Issuer, World
from tests.rooms.credentials.proofs.strangers import (
    KEYS,
    P256,
    P384,
    RSA,
    badge_of,
    did_jwk,
    did_key,
    token,
    with_strange_keys,
)

CHONGQING = Issuer("chongqing", "Chongqing Motor College")
GUILD = "https://guild.example/issuers/5"
ALGS = ["RS256", "PS256", "ES384", "ES256"]


@dataclass
class Publishing(World):
    """A world in which the member publishes RSA and P-384 keys too, and somebody brought the document of the guild."""

    def did_document(self, did):
        if did == GUILD:
            method = {
                "id": f"{GUILD}#1",
                "type": "JsonWebKey",
                "controller": GUILD,
                "publicKeyJwk": jwk_of(RSA.public_key()),
            }
            return {"id": GUILD, "verificationMethod": [method], "assertionMethod": [f"{GUILD}#1"]}
        found = super().did_document(did)
        return with_strange_keys(found) if found else None


HERE = Publishing([CHONGQING])


def verdict(text, world=HERE):
    return verify_token(text, resolver=world, at=AT)


def signature(text, world=HERE):
    return verdict(text, world).named(CheckName.SIGNATURE)


def changed(text, *, header=None, **claims):
    first, second, value = text.split(".")
    parts = [json.loads(from_base64url(each)) for each in (first, second)]
    parts = [parts[0] | (header or {}), parts[1] | claims]
    return ".".join([*(base64url(json.dumps(each).encode()) for each in parts), value])


@pytest.mark.parametrize("alg", ALGS)
def test_what_a_stranger_signed_is_genuine_and_its_issuer_unknown(alg):
    did = did_jwk(KEYS[alg])
    for header in ({"kid": f"{did}#0"}, {"kid": did}, {"kid": "#0"}, {}, {"jwk": jwk_of(KEYS[alg].public_key())}):
        text = token(badge_of(did), alg=alg, **header)
        assert signature(text).result == Result.PASS and verdict(text).word == Word.UNKNOWN_ISSUER
        assert verdict(changed(text, name="Doctor")).word == Word.TAMPERED


@pytest.mark.parametrize("private", [P384, P256])
def test_a_key_that_is_a_name_of_the_older_spelling_signs_tokens_too(private):
    did, alg = did_key(private), "ES384" if private is P384 else "ES256"
    text = token(badge_of(did), alg=alg, kid=f"{did}#{did.removeprefix('did:key:')}")
    assert signature(text).result == Result.PASS
    assert verdict(token(badge_of(did), alg=alg, kid=f"{did}#other")).word == Word.TAMPERED


def test_a_badge_need_not_say_when_it_was_signed_where_its_key_has_no_dates():
    did = did_jwk(RSA)
    claims = badge_of(did)
    del claims["iat"]
    assert signature(token(claims)).result == Result.PASS
    member = badge_of(CHONGQING)
    del member["iat"]
    assert verdict(token(member, kid=f"{CHONGQING.did}#rsa")).word == Word.TAMPERED


@pytest.mark.parametrize(
    ("alg", "header"),
    [
        ("RS256", {"kid": f"{CHONGQING.did}#rsa"}), ("PS256", {"kid": f"{CHONGQING.did}#rsa"}),
        ("ES384", {"kid": f"{CHONGQING.did}#p384-jwk"}), ("ES384", {"kid": f"{CHONGQING.did}#p384"}),
        ("RS256", {"jwk": jwk_of(RSA.public_key())}), ("ES384", {"jwk": jwk_of(P384.public_key())}),
        ("RS256", {"kid": "#rsa", "jwk": jwk_of(RSA.public_key())}),
    ],
)  # fmt: skip
def test_a_known_issuer_that_publishes_such_a_key_is_believed(alg, header):
    text = token(badge_of(CHONGQING), alg=alg, **header)
    assert verdict(text).word == Word.VALID
    assert verdict(changed(text, name="Doctor")).word == Word.TAMPERED


def test_a_known_issuer_does_not_sign_with_a_key_that_it_does_not_publish():
    other = rsa.generate_private_key(65_537, 2_048)
    claims, jwk = badge_of(CHONGQING), jwk_of(other.public_key())
    for header in ({"jwk": jwk}, {"kid": f"{CHONGQING.did}#rsa", "jwk": jwk}, {"kid": f"{did_jwk(other)}#0"}, {}):
        assert verdict(token(claims, private=other, **header)).word == Word.TAMPERED
    two = token(claims, kid=f"{CHONGQING.did}#rsa", jwk=jwk)
    assert signature(two).reason == "The token brings another key than the one that it names."


def test_the_key_of_an_issuer_whose_document_was_brought_is_found_by_its_address():
    text = token(badge_of(GUILD), kid=f"{GUILD}#1")
    assert signature(text).result == Result.PASS and verdict(text).word == Word.UNKNOWN_ISSUER
    assert signature(text, World([CHONGQING])).result == Result.UNKNOWN


@pytest.mark.parametrize("header", [{"jwk": jwk_of(RSA.public_key())}, {"kid": f"{did_jwk(RSA)}#0"}])
def test_a_key_that_comes_along_is_nobodys_that_is_known(header):
    issuer = "https://unknown.example/issuers/1"
    text = token(badge_of(issuer), **header)
    assert signature(text).result == Result.UNKNOWN
    assert signature(text).reason.startswith("The signature fits the key that came with the token.")
    assert verdict(text).word == Word.UNKNOWN_ISSUER
    assert verdict(changed(text, name="Doctor")).word == Word.TAMPERED


def test_an_address_of_keys_is_not_fetched():
    issuer = "https://unknown.example/issuers/1"
    found = signature(token(badge_of(issuer), kid="https://unknown.example/jwks.json#1"))
    assert (found.result, found.reason) == (Result.UNKNOWN, "The key of %(signer)s is not known here.")


def test_a_token_of_the_w3c_names_its_issuer_inside_alone():
    did = did_jwk(RSA)
    claims = {name: value for name, value in badge_of(did).items() if name not in ("iss", "jti", "sub", "nbf", "iat")}
    text = token(claims, typ="vc+jwt", kid=f"{did}#0")
    assert signature(text).result == Result.PASS and verdict(text).word == Word.UNKNOWN_ISSUER


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "RS1", "RS512", "ES512", "", None, 5, ["RS256"]])
def test_no_other_algorithm_is_read_whatever_it_is_called(alg):
    text = changed(token(badge_of(CHONGQING), kid=f"{CHONGQING.did}#rsa"), header={"alg": alg})
    assert signature(text).result == Result.UNKNOWN and verdict(text).word == Word.UNKNOWN_ISSUER
    unsigned = ".".join([*text.split(".")[:2], ""])
    assert verdict(unsigned).word == Word.UNKNOWN_ISSUER


@pytest.mark.parametrize("alg", ["PS256", "ES256", "ES384", "EdDSA"])
@pytest.mark.parametrize("fragment", ["rsa", "p384-jwk", "key-2023-jwk"])
def test_an_algorithm_takes_no_key_of_another_kind(alg, fragment):
    text = changed(token(badge_of(CHONGQING), kid=f"{CHONGQING.did}#{fragment}"), header={"alg": alg})
    assert verdict(text).word == Word.TAMPERED


def jwk_with(**parts):
    return jwk_of(RSA.public_key()) | parts


N = RSA.public_key().public_numbers().n


def number(value):
    return base64url(value.to_bytes((value.bit_length() + 7) // 8))


@pytest.mark.parametrize(
    "jwk",
    [
        jwk_with(n=number(N >> 8 | 1)), jwk_with(n=number(N << 6_200 | 1)), jwk_with(n=number(N - 1)), jwk_with(n="AA" + number(N)),
        jwk_with(n=base64url(b"\0" + N.to_bytes(256))), jwk_with(n=""), jwk_with(n=None),
        jwk_with(e="AQ"), jwk_with(e="Aw"), jwk_with(e="AAEAAQ"), jwk_with(e=""), jwk_with(e="AQAA"), jwk_with(e=None), jwk_with(e="____"),
        jwk_with(d="AQ"), jwk_with(p="AQ"), jwk_with(kty="EC"), jwk_with(kty="rsa"), {"kty": "RSA"}, {"kty": "oct", "k": "AQ"},
    ],
    ids=range(20),
)  # fmt: skip
def test_an_rsa_key_that_is_not_safe_is_no_key_and_says_nothing_of_the_issuer(jwk):
    with pytest.raises(BadKey):
        read_jwk(jwk)
    named = f"did:jwk:{base64url(json.dumps(jwk).encode())}"
    for issuer, header in ((named, {}), (GUILD + "0", {"jwk": jwk}), (GUILD + "0", {"kid": f"{named}#0"})):
        assert verdict(token(badge_of(issuer), **header)).word == Word.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "name",
    ["did:jwk:", "did:jwk:AQ", "did:jwk:e30", "did:jwk:W10", "did:jwk:" + "A" * 5_000, "did:key:", "did:key:z6Mk"],
)
def test_a_name_that_is_no_key_is_answered(name):
    assert verdict(token(badge_of(name))).word == Word.UNKNOWN_ISSUER


def test_a_key_for_hiding_does_not_sign():
    did = did_jwk(RSA, use="enc")
    assert signature(token(badge_of(did))).reason == "This key is not for signing."
    assert signature(token(badge_of(did_jwk(RSA, use="sig")))).result == Result.PASS


def test_every_kind_of_key_goes_there_and_back():
    for key in (RSA, P384, P256):
        assert read_jwk(jwk_of(key.public_key())) == key.public_key()


SIGNED = [
    token(badge_of(CHONGQING), alg=alg, kid=f"{CHONGQING.did}#{fragment}")
    for alg, fragment in (("RS256", "rsa"), ("PS256", "rsa"), ("ES384", "p384"))
]


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SIGNED), st.data())
def test_a_token_with_a_letter_changed_is_answered_and_never_valid(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from('AaZz09-_.~"{}=é'))
    other = f"{text[:place]}{letter}{text[place + 1 :]}"
    if other != text:
        assert verdict(other).word != Word.VALID


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(SIGNED),
    st.dictionaries(
        st.sampled_from(["alg", "kid", "jwk", "crit", "typ", "jku", "x5c"]),
        st.one_of(
            st.none(), st.integers(), st.text(max_size=8), st.sampled_from(["RS256", "none", "ES384", f"{CHONGQING.did}#p384"]),
            st.just(jwk_of(P384.public_key())), st.just({"kty": "RSA", "n": "AQ", "e": "AQAB"}), st.just([{}]),
        ),
        min_size=1,
    ),
)  # fmt: skip
def test_whatever_a_header_says_it_is_answered_and_never_valid(text, header):
    other = changed(text, header=header)
    if other != text:
        assert verdict(other).word != Word.VALID
