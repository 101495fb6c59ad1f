"""Credentials of strangers in binary (COSE), made by other people's CBOR: the same verdicts as of a token."""

import base64

import cbor2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.rooms.credentials.jwt.cose import read_cose
from corridor.rooms.credentials.jwt.verifying import as_token, verify_token
from corridor.rooms.credentials.proofs.jwk import base64url
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from tests.rooms.credentials.proofs.cast import AT
from tests.rooms.credentials.proofs.strangers import KEYS, RSA, badge_of, did_jwk, message

from .test_algorithms import CHONGQING, HERE


def plain(issuer):
    """The claims as this form has them: the credential, and nothing beside it."""
    return {name: value for name, value in badge_of(issuer).items() if name not in ("iss", "jti", "sub", "nbf", "iat")}


def verdict(raw):
    return verify_token(as_token(raw), resolver=HERE, at=AT)


@pytest.mark.parametrize("alg", KEYS)
def test_what_a_stranger_signed_is_genuine_and_its_issuer_unknown(alg):
    did = did_jwk(KEYS[alg])
    raw = message(plain(did), alg=alg, _4=f"{did}#0".encode())
    for form in (
        raw,
        base64.b64encode(raw),
        base64.b64encode(raw).decode(),
        base64url(raw),
        f" {base64url(raw)[:60]}\n{base64url(raw)[60:]}",
    ):
        found = verdict(form)
        assert found.word == Word.UNKNOWN_ISSUER and found.named(CheckName.SIGNATURE).result == Result.PASS
    assert verdict(raw[:-1] + bytes([raw[-1] ^ 1])).word == Word.TAMPERED


def test_one_in_the_name_of_a_member_is_never_valid():
    """Members sign nothing in this form, and its claims lack what their tokens repeat."""
    raw = message(plain(CHONGQING), _4=f"{CHONGQING.did}#rsa".encode())
    assert verdict(raw).word != Word.VALID
    assert verdict(message(plain(CHONGQING), _4=f"{did_jwk(RSA)}#0".encode())).word == Word.TAMPERED
    dated = badge_of(CHONGQING)
    assert verdict(message(dated, _4=f"{CHONGQING.did}#rsa".encode())).named(CheckName.SIGNATURE).result == Result.PASS


@pytest.mark.parametrize(
    "header", [{"_1": None}, {"_1": 5}, {"_1": -65_535}, {"_1": "RS256"}, {"_1": -36}, {"_2": [16]}], ids=str
)
def test_another_algorithm_or_a_part_that_must_be_understood_is_not_read(header):
    did = did_jwk(RSA)
    found = verdict(message(plain(did), _4=f"{did}#0".encode(), **header)).named(CheckName.SIGNATURE)
    assert found.result == Result.UNKNOWN and "a way that this reader does not know" in found.reason


def test_what_the_signature_does_not_cover_counts_for_nothing():
    did = did_jwk(RSA)
    raw = message(plain(did), _1=None, loose={1: -257, 4: f"{did}#0".encode()})
    assert verdict(raw).named(CheckName.SIGNATURE).result == Result.UNKNOWN


@pytest.mark.parametrize(
    "parts",
    [
        [], [b"", {}, b"{}"], [b"", [], b"{}", b""], ["", {}, b"{}", b""], [b"", {}, None, b""], [b"", {}, b"{}", ""], [b"\xff", {}, b"{}", b""],
        [b"\x80", {}, b"{}", b""], [b"", {}, b"[]", b""], [b"", {}, b'{"a":1,"a":2}', b""], [b"", {b"x": 1}, b"{}", b""], {}, 5,
    ],
    ids=range(13),
)  # fmt: skip
def test_whatever_is_handed_in_is_answered(parts):
    with pytest.raises(CannotRead):
        read_cose(base64url(cbor2.dumps(cbor2.CBORTag(18, parts))))
    with pytest.raises(CannotRead):
        read_cose(base64url(cbor2.dumps(parts)) + "=A")


def test_it_is_known_by_its_first_bytes_and_no_other_thing_is_taken_for_it():
    assert as_token(b"\xd2\x84\x40") == "0oRA" and as_token("0oRA==") == "0oRA"
    assert as_token(b"\xd2\x85") is None and as_token("0oR A!") is None and as_token("0oR" + "A" * 600_000) is None
    assert verify_token("0oRA", resolver=HERE, at=AT).word == Word.MALFORMED


SIGNED = message(badge_of(CHONGQING), _4=f"{CHONGQING.did}#rsa".encode())


@settings(max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_a_byte_changed_is_answered_and_never_valid(place, by):
    other = bytearray(SIGNED)
    other[place] ^= by
    token = as_token(bytes(other))
    if token is not None:
        assert verify_token(token, resolver=HERE, at=AT).word != Word.VALID
