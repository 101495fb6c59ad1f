"""The same credential as one signed token: by the rules of Open Badges 3.0, and with the same verdicts."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corridor.rooms.credentials.jwt.credentials import write_credential
from corridor.rooms.credentials.jwt.tokens import read_token, sign_token
from corridor.rooms.credentials.jwt.verifying import as_token, verify_token
from corridor.rooms.credentials.proofs import composing, did_documents
from corridor.rooms.credentials.proofs.companions import Reason, State
from corridor.rooms.credentials.proofs.data_integrity import SigningKey
from corridor.rooms.credentials.proofs.jwk import base64url, from_base64url, jwk_of, read_jwk
from corridor.rooms.credentials.proofs.refusals import BadKey, CannotRead
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from tests.rooms.credentials.proofs.cast import AT, ISSUED, Issuer, World, facts


@pytest.fixture
def chongqing():
    return Issuer("chongqing", "Chongqing Motor College")


def token_of(issuer, **changes):
    document = composing.issue(facts(issuer, **changes), key=issuer.key, created=ISSUED)
    return write_credential(document, key=issuer.key, at=ISSUED)


def word(text, *issuers):
    return verify_token(text, resolver=World(list(issuers)), at=AT).word


def changed(text, *, header=None, **claims):
    """The same token with other claims under the old signature."""
    token = read_token(text)
    parts = [{**token.header, **(header or {})}, {**token.claims, **claims}]
    return ".".join([*(base64url(json.dumps(part).encode()) for part in parts), text.rpartition(".")[2]])


def test_the_claims_are_the_credential_and_what_they_repeat(chongqing):
    token = read_token(token_of(chongqing, valid_until=datetime(2030, 1, 1, tzinfo=UTC)))
    assert token.header == {"alg": "EdDSA", "typ": "JWT", "kid": f"{chongqing.did}#key-2023-jwk"}
    claims = token.claims
    assert (claims["iss"], claims["jti"]) == (chongqing.did, claims["id"]) and "proof" not in claims
    assert claims["nbf"] == int(ISSUED.timestamp()) and claims["exp"] == 1_893_456_000
    assert claims["sub"] == claims["credentialSubject"]["id"] and claims["sub"].startswith("urn:uuid:")


def test_a_genuine_one_passes_every_check_and_says_the_same(chongqing):
    verdict = verify_token(token_of(chongqing), resolver=World([chongqing]), at=AT)
    assert verdict.word == Word.VALID and {each.result for each in verdict.checks} == {Result.PASS}
    assert verdict.said.learner_names == ("Khamla Vongsa", "ຄຳຫຼ້າ")


def test_a_p256_key_signs_as_well(chongqing):
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    chongqing.keys = [did_documents.PublishedKey("key-p", private.public_key(), datetime(2023, 1, 1, tzinfo=UTC))]
    document = composing.issue(facts(chongqing), key=chongqing.key, created=ISSUED)
    signer = SigningKey(f"{chongqing.did}#key-p", private)
    token = write_credential(document, key=signer, at=ISSUED)
    assert read_token(token).header["alg"] == "ES256" and read_jwk(jwk_of(private.public_key())) == private.public_key()
    chongqing.key = signer
    assert word(token, chongqing) == Word.VALID


def test_revoked_expired_retired_stranger_and_key_of_another_are_told_apart(chongqing):
    token = token_of(chongqing)
    vientiane = Issuer("vientiane", "Vientiane Technical School")
    assert word(token, vientiane) == Word.UNKNOWN_ISSUER
    chongqing.reasons = [Reason(7, State.REVOKED, AT.date(), "awarded-in-error")]
    assert word(token, chongqing) == Word.REVOKED
    assert word(token_of(chongqing, index=8, valid_until=datetime(2023, 12, 1, tzinfo=UTC)), chongqing) == Word.EXPIRED
    chongqing.keys = [replace(chongqing.keys[0], until=datetime(2023, 6, 1, tzinfo=UTC))]
    assert word(token, chongqing) == Word.KEY_ENDED
    chongqing.keys = [replace(chongqing.keys[0], revoked=datetime(2023, 6, 1, tzinfo=UTC))]
    assert word(token, chongqing) == Word.KEY_COMPROMISED


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "Doctor"}, Word.TAMPERED), ({"nbf": 5}, Word.TAMPERED), ({"iat": None}, Word.TAMPERED),
        ({"header": {"alg": "none"}}, Word.UNKNOWN_ISSUER), ({"header": {"alg": "HS256"}}, Word.UNKNOWN_ISSUER),
        ({"header": {"alg": "ES256"}}, Word.TAMPERED), ({"header": {"crit": ["b64"]}}, Word.UNKNOWN_ISSUER),
        ({"header": {"kid": "did:web:evil.example#k"}}, Word.TAMPERED), ({"header": {"kid": 5}}, Word.TAMPERED),
        ({"type": "Cake"}, Word.MALFORMED),
    ],
    ids=["name", "nbf", "iat", "none", "hs256", "es256", "crit", "kid", "kid-number", "type"],
)  # fmt: skip
def test_a_token_that_was_changed_is_never_valid(chongqing, change, expected):
    assert word(changed(token_of(chongqing), **change), chongqing) == expected


@pytest.mark.parametrize(
    "claim", [{"iss": "did:web:other"}, {"jti": "x"}, {"nbf": 5}, {"exp": 5}, {"sub": "x"}], ids=str
)
def test_a_token_that_says_one_thing_twice_and_differently_is_refused_though_signed(chongqing, claim):
    claims = read_token(token_of(chongqing)).claims | claim
    assert word(sign_token(claims, key=chongqing.key, typ="JWT"), chongqing) in (Word.MALFORMED, Word.UNKNOWN_ISSUER)


@pytest.mark.parametrize("text", ["ey", "ey.x", "e.e.e", "eyJ.eyJ.aa", "ey~", "ey.ey.ey~", "..", "eyJ9.eyJ9.=", "~~~"])
def test_whatever_is_handed_in_is_answered(text):
    assert verify_token(text, resolver=World([]), at=AT).word == Word.MALFORMED


def test_base64url_has_one_spelling():
    assert from_base64url("AQ") == b"\1" and from_base64url("") == b""
    for other in ("AR", "AQ==", "A", "A+", "A Q", "Aé", None):
        with pytest.raises(ValueError, match="base64url"):
            from_base64url(other)


def test_a_private_half_and_other_curves_are_no_keys():
    for bad in (
        None, {}, {"kty": "OKP", "crv": "Ed25519", "x": "AQ"}, {"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"},
        {"kty": "RSA", "n": "x"}, {**jwk_of(did_documents.new_key().public_key()), "d": "AQ"},
    ):  # fmt: skip
        with pytest.raises(BadKey):
            read_jwk(bad)


def test_a_token_is_known_by_its_looks_and_duplicate_claims_are_refused():
    assert as_token(b" ey.ey.x \n") == "ey.ey.x" and as_token("ey.ey.x~y~") == "ey.ey.x~y~"
    assert as_token("  ey.\r\n  ey.x\n~y~\n\n") == "ey.ey.x~y~" and as_token("ey.ey.x\ney.ey.y") is None
    assert as_token("{}") is None and as_token(b"ey.ey.\xff") is None and as_token("ey" * 300_000) is None
    twice = ".".join([base64url(b'{"alg":"EdDSA"}'), base64url(b'{"a":1,"a":2}'), "AA"])
    with pytest.raises(CannotRead):
        read_token(twice)
    assert verify_token(twice, resolver=World([]), at=AT).named(CheckName.SHAPE).result == Result.FAIL
