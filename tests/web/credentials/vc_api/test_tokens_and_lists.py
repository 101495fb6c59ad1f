"""Credentials and presentations in signed tokens, and the lists in which their status stands."""

import base64
import gzip
import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.jwt.selective import Hidden
from corridor.rooms.credentials.proofs.status_lists import decode_bits, encode_bits
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, make_credential

from .outsiders import V2, Outsider, changed, credential, enveloped

LATER = 4_102_444_800  # in the year 2100: the same in every process that collects these tests
LIST = "https://guild.example/lists/1"


@pytest.fixture
def told(guild):
    """The claims of a credential in a token."""
    return credential(issuer=guild.did)


def test_a_credential_in_a_token_holds(doors, guild, told):
    doors.holds(enveloped(guild.token(told)))
    doors.holds(enveloped(guild.token(told, typ=None, cty=None)))
    doors.holds(enveloped(guild.token({**told, "iss": guild.did, "iat": LATER - 7200, "exp": LATER})))
    doors.holds(enveloped(guild.token(told), **{"@context": [V2], "type": ["EnvelopedVerifiableCredential"]}))
    doors.holds(guild.token(told))
    doors.holds(enveloped(guild.token(told, kid=None)))
    elder = {
        "iss": guild.did,
        "jti": told["id"],
        "vc": {name: value for name, value in told.items() if name != "issuer"},
    }
    doors.holds(enveloped(guild.token(elder, typ="JWT", cty=None), media="jwt"))


def test_what_these_doors_wrap_holds(doors):
    issued = doors.issued(credential(), mediaType="application/vc+jwt")
    assert issued["type"] == "EnvelopedVerifiableCredential" and issued["id"].startswith("data:application/vc+jwt,ey")
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "==")) for part in issued["id"].partition(",")[2].split(".")[:2]
    )
    assert (header["typ"], header["cty"], header["alg"]) == ("vc+jwt", "vc", "EdDSA") and header["kid"].startswith(
        "did:key:"
    )
    assert claims["iss"] == claims["issuer"] and "vc" not in claims and "proof" not in claims
    doors.holds(issued)
    assert doors.issue(credential(badge="x"), mediaType="application/vc+jwt")[0] == 400
    assert doors.issue(credential(), mediaType="application/cose")[0] == 400


@pytest.mark.parametrize(
    ("claims", "header"),
    [
        ({"vc": {}}, {}), ({"vp": "no"}, {}), ({"iss": "did:example:other"}, {}), ({"exp": 1_600_000_000}, {}),
        ({"nbf": LATER}, {}), ({"exp": "soon"}, {}), ({"issuer": "did:example:other"}, {}), ({"type": ["Kind"]}, {}),
        ({"badge": "x"}, {}), ({"credentialSubject": {}}, {}), ({}, {"typ": "application/vc+cose"}), ({}, {"typ": "vp+jwt"}),
        ({}, {"typ": 4}), ({}, {"cty": "vp"}), ({}, {"alg": "none"}), ({}, {"alg": "ES256"}), ({}, {"alg": "HS256"}),
        ({}, {"crit": ["b64"]}), ({}, {"kid": "did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r"}), ({}, {"kid": "key-1"}),
        ({"@context": [V2, "https://guild.example/words"]}, {}), ({"validUntil": "2023-07-01T00:00:00Z"}, {}),
    ],
    ids=lambda value: json.dumps(value)[:40].translate(str.maketrans('[]{}" ', "      ")).strip() or "-",
)  # fmt: skip
def test_a_token_that_says_such_a_thing_does_not_hold(doors, guild, told, claims, header):
    doors.refuses(enveloped(guild.token({**told, **claims}, **header)))


def test_an_envelope_is_what_it_says(doors, guild, told):
    good = enveloped(guild.token(told))
    for path, value in (
        ("@context", ...), ("@context", []), ("@context", "https://www.w3.org/ns/credentials/examples/v2"), ("type", ...),
        ("type", "VerifiableCredential"), ("id", ...), ("id", good["id"].partition(",")[2]), ("id", "data:text/html,ey.ey.ey"),
        ("id", good["id"][:-4] + "AAAA"), ("id", good["id"].replace("vc+jwt", "vp+jwt")),
    ):  # fmt: skip
        doors.refuses(changed(good, path, value))


def test_a_token_of_which_parts_are_shown_holds(doors, guild, told):
    hidden = Hidden()
    subject = {"id": told["credentialSubject"]["id"], "_sd": [hidden.property("name", "Khamla")]}
    token = guild.token({**told, "credentialSubject": subject, "_sd_alg": "sha-256"}, typ="vc+sd-jwt")
    doors.holds(enveloped(f"{token}~{hidden.disclosures[0]}~", media="vc+sd-jwt"))
    doors.holds(enveloped(f"{token}~", media="vc+sd-jwt"))
    stray = Hidden()
    stray.property("name", "Noy")
    doors.refuses(enveloped(f"{token}~{stray.disclosures[0]}~", media="vc+sd-jwt"))
    doors.refuses(enveloped(f"{token}~", media="vc+jwt"))


def test_a_presentation_in_a_token_holds_with_its_credentials(doors, guild, told):
    holder = Outsider()
    said = {
        "@context": [V2], "type": ["VerifiablePresentation"], "holder": holder.did,
        "verifiableCredential": [enveloped(guild.token(told)), guild.signed(credential(issuer=guild.did))],
    }  # fmt: skip
    token = holder.token({**said, "aud": "guild.example", "nonce": "c-17"}, typ="vp+jwt", cty="vp")
    whole = enveloped(token, kind="Presentation", media="vp+jwt")
    doors.takes(whole)
    doors.takes(whole, challenge="c-17", domain="guild.example")
    doors.turns_away(whole, challenge="c-18")
    doors.turns_away(whole, domain="other.example")
    doors.turns_away(changed(whole, "type", ["VerifiablePresentation"]))
    doors.turns_away(changed(whole, "@context", []))
    doors.turns_away(changed(whole, "id", token))
    unsecured = holder.token({**said, "verifiableCredential": [told]}, typ="vp+jwt", cty="vp")
    doors.turns_away(enveloped(unsecured, kind="Presentation", media="vp+jwt"))
    wrong = enveloped(guild.token(told), type="VerifiableCredential")
    other = holder.token({**said, "verifiableCredential": [wrong]}, typ="vp+jwt", cty="vp")
    doors.turns_away(enveloped(other, kind="Presentation", media="vp+jwt"))
    elder = holder.token(
        {"iss": holder.did, "vp": {n: v for n, v in said.items() if n != "holder"}}, typ="JWT", cty=None
    )
    doors.takes(enveloped(elder, kind="Presentation", media="jwt"))


def test_what_is_issued_points_to_a_list_that_is_one(doors):
    entry = doors.issued(credential())["credentialStatus"]
    assert set(entry) == {"id", "type", "statusPurpose", "statusListIndex", "statusListCredential"}
    assert entry["type"] == "BitstringStatusListEntry" and entry["id"] != entry["statusListCredential"]
    assert str(int(entry["statusListIndex"])) == entry["statusListIndex"]
    answer = doors.client.get(entry["statusListCredential"].removeprefix("https://alliance.example"))
    listed = answer.json()
    assert answer["Content-Type"] == "application/json" and listed["id"] == entry["statusListCredential"]
    assert listed["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    subject = listed["credentialSubject"]
    assert set(subject) == {"id", "type", "encodedList", "statusPurpose"} and subject["type"] == "BitstringStatusList"
    assert subject["encodedList"][0] == "u" and len(decode_bits(subject["encodedList"])) * 8 >= 131_072
    doors.holds(listed)


def test_a_certificate_of_a_member_holds_until_its_bit_is_set(doors):
    made = make_credential()
    document = json.loads(made.document)
    doors.holds(document)
    actions.suspend_credential(credential=made, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, why=Why.UNDER_REVIEW)
    assert "must not be relied on" in doors.refuses(document)
    doors.holds(document, checks=["proof"])


def bits(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(raw, mtime=0)).decode().rstrip("=")


LISTS = {
    "another purpose": ({"statusPurpose": "suspension"}, "1", "another purpose"),
    "a set bit": ({"encodedList": encode_bits([1])}, "1", "must not be relied on"),
    "outside": ({}, "131072", "There is no entry"),
    "too short": ({"encodedList": bits(bytes(1_000))}, "1", "shorter than"),
    "a bomb": ({"encodedList": bits(bytes(50_000_000))}, "1", "longer than"),
    "no gzip": ({"encodedList": "uAAAA"}, "1", "not written as the standard says"),
    "another letter before": ({"encodedList": encode_bits([])[1:]}, "1", "not written as the standard says"),
    "no list": ({"encodedList": None}, "1", ""),
}


@pytest.mark.parametrize(("subject", "index", "why"), LISTS.values(), ids=LISTS)
def test_a_list_that_is_none_says_nothing_good(doors, guild, monkeypatch, subject, index, why):
    said = {
        "id": f"{LIST}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encode_bits([]),
    }
    subject = {name: value for name, value in {**said, **subject}.items() if value is not None}
    listed = credential(
        id=LIST,
        issuer=guild.did,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        credentialSubject=subject,
    )
    monkeypatch.setattr(
        "corridor.rooms.credentials.resolving.DatabaseResolver.status_list", lambda _self, _url: guild.signed(listed)
    )
    entry = {
        "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": LIST,
    }  # fmt: skip
    signed = guild.signed(credential(issuer=guild.did, credentialStatus=entry))
    assert why in doors.refuses(signed)
    doors.holds(signed, checks=["proof"])
    problem = doors.verify(signed)[1]["problemDetails"][0]["type"]
    named = {"There is no entry": "RANGE_ERROR", "shorter than": "STATUS_LIST_LENGTH_ERROR"}
    assert problem.endswith(f"#{named.get(why, 'STATUS_VERIFICATION_ERROR')}")


def test_a_list_that_nobody_knows_is_not_taken_as_good(doors, guild):
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "1",
        "statusListCredential": LIST,
    }
    signed = guild.signed(credential(issuer=guild.did, credentialStatus=entry))
    assert "cannot be found" in doors.refuses(signed)
    unknown = guild.signed(credential(issuer=guild.did, credentialStatus={"type": "https://guild.example/#Other"}))
    doors.holds(unknown)
