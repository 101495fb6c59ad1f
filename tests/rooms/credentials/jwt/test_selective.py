"""Tokens of which a holder shows some parts: the examples of RFC 9901, ours, and what must be refused."""

import json
from datetime import date

import pytest
from sd_jwt.verifier import SDJWTVerifier

from corridor.rooms.credentials.jwt.selective import Hidden, digest_of, open_selective, present
from corridor.rooms.credentials.jwt.selective_credentials import read_selective, write_selective
from corridor.rooms.credentials.jwt.tokens import read_token, sign_token
from corridor.rooms.credentials.jwt.verifying import verify_token
from corridor.rooms.credentials.proofs import composing, did_documents
from corridor.rooms.credentials.proofs.data_integrity import SigningKey
from corridor.rooms.credentials.proofs.jwk import base64url, from_base64url, jwk_of, read_jwk
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.said import read_said
from corridor.rooms.credentials.proofs.shape import WrongShape
from corridor.rooms.credentials.proofs.suites import sign_bytes
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from tests.rooms.credentials.proofs.cast import AT, ISSUED, LEVEL, Issuer, World, facts, in_languages
from tests.rooms.credentials.proofs.vectors import vectors

VCT = "https://alliance.example/credential-types/certificate"
EXAMPLES = (
    "address_only_flat", "address_only_recursive", "address_only_structured", "address_only_structured_one_open", "arf-pid",
    "complex_eidas", "complex_eidas_proposal", "complex_ekyc", "jsonld", "simple", "simple_structured", "w3c-vc",
    "w3c-vc_for_slide_deck",
)  # fmt: skip
WALLET = did_documents.new_key()
CHONGQING = Issuer("chongqing", "Chongqing Motor College")


def issued(**more):
    document = composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED)
    holder = jwk_of(WALLET.public_key())
    return write_selective(
        document, vct=VCT, key=CHONGQING.key, at=ISSUED, holder=holder, born_on=date(2001, 2, 3), **more
    )


def parts(text):
    token, *disclosures, _ = text.split("~")
    return token, {
        said[-2] if len(said) == 3 else said[-1]["name"]: each for each in disclosures for said in [read(each)]
    }


def read(disclosure):
    return json.loads(from_base64url(disclosure))


def shown(*names):
    token, found = parts(issued())
    return "~".join([token, *(found[each] for each in names), ""])


def bound(text, key=WALLET, **claims):
    """The same with the wallet's own signature over what is shown."""
    said = {"iat": int(AT.timestamp()), "aud": "https://factory.example", "nonce": "n", "sd_hash": digest_of(text)}
    signed = f"{base64url(json.dumps({'alg': 'EdDSA', 'typ': 'kb+jwt'}).encode())}.{base64url(json.dumps(said | claims).encode())}"
    return f"{text}{signed}.{base64url(sign_bytes(key, signed.encode()))}"


def verdict(text):
    return verify_token(text, resolver=World([CHONGQING]), at=AT)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_rfc_open_as_it_says(name):
    folder = vectors("sd-jwt-rfc9901-examples") / name
    opened = open_selective((folder / "sd_jwt_presentation.txt").read_text().replace("\n", ""))
    expected = json.loads((folder / "verified_contents.json").read_text())
    assert opened.claims == expected
    whole = open_selective((folder / "sd_jwt_issuance.txt").read_text().replace("\n", ""))
    user = json.loads((folder / "user_claims.json").read_text())
    assert {key: whole.claims[key] for key in user} == user


def test_the_issuers_key_of_the_rfc_holds():
    import re

    folder = vectors("sd-jwt-rfc9901-examples")
    settings = (folder / "settings.yml").read_text()
    x, y = (re.search(rf"\b{name}: [\"']?([\w-]{{43}})", settings)[1] for name in ("x", "y"))
    token = read_token((folder / "simple" / "sd_jwt_jws_part.txt").read_text().replace("\n", ""))
    assert token.is_signed_by(read_jwk({"kty": "EC", "crv": "P-256", "x": x, "y": y}))


def test_what_it_answers_to_elsewhere_is_in_the_token_and_may_be_kept_back():
    document = composing.issue(in_languages(CHONGQING), key=CHONGQING.key, created=ISSUED)
    whole = read_said(document)
    token, found = parts(write_selective(document, vct=VCT, key=CHONGQING.key, at=ISSUED))
    first, second = whole.units
    everything = verdict("~".join([token, *found.values(), ""])).said
    assert everything.units == (first, second) and second.alignments and first.hours == "40"
    assert everything.alignments == whole.alignments and everything.texts[LEVEL] == whole.texts[LEVEL]
    without = "~".join([token, *(found[each] for each in ("results", first.name, second.name)), ""])
    said = verdict(without).said
    assert [each.alignments for each in said.units] == [(), ()] and said.alignments == ()
    assert "standards.example" not in json.dumps(read_token(token).claims) and LEVEL not in json.dumps(
        open_selective(without).claims
    )
    shown = verdict(present("~".join([token, *found.values(), ""]), properties=("results", "levels"))).said
    assert shown.units == (first, second) and shown.alignments == whole.alignments and shown.learner_names == ()
    assert verdict(present("~".join([token, *found.values(), ""]), properties=("name",))).said.units == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {}, "ESCO", [{}], ["x"], [{"name": "x"}], [{"name": "x", "url": 7}], [{"name": "x", "url": "u", "note": "n"}],
        [{"name": "x", "url": "u", "names": {}}],
    ],
)  # fmt: skip
def test_what_it_answers_to_written_otherwise_is_not_ours(wrong):
    document = composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED)
    opened = open_selective(write_selective(document, vct=VCT, key=CHONGQING.key, at=ISSUED))
    for place in (opened.claims, opened.claims["results"][0]):
        name = "levels" if place is opened.claims else "alignments"
        place[name] = wrong
        with pytest.raises(WrongShape):
            read_selective(opened)
        del place[name]
    read_selective(opened)


def test_what_the_holder_keeps_back_is_not_in_the_token():
    token, found = parts(issued())
    claims = token.split(".")[1]
    for secret in ("Khamla", "2001-02-03", "Inspect brakes", "wks-vientiane"):
        assert secret not in from_base64url(claims).decode()
    assert set(found) == {
        "name", "other_names", "birthdate", "results", "evidence", "alignments", "Inspect brakes", "Measure emissions", "Workshop Vientiane",
        "Vehicle inspection, Vientiane",
    }  # fmt: skip


def test_shown_whole_it_passes_every_check_and_shown_in_part_it_says_what_is_not_shown():
    whole = verdict(bound(issued()))
    assert whole.word == Word.VALID and {each.result for each in whole.checks} == {Result.PASS}
    assert whole.said.learner_names[0] == "Khamla Vongsa" and len(whole.said.units) == 2
    part = verdict(bound(shown("results", "Inspect brakes")))
    assert part.word == Word.VALID and part.said.learner_names == ()
    assert [each.name for each in part.said.units] == ["Inspect brakes"]
    assert part.named(CheckName.SCOPE).result == Result.UNKNOWN


def test_a_reader_of_others_sees_the_same():
    from jwcrypto.jwk import JWK

    (key,) = CHONGQING.keys
    text = shown("name", "results", "Measure emissions")
    theirs = SDJWTVerifier(text, lambda *_: JWK(**jwk_of(key.public))).get_verified_payload()
    assert theirs == open_selective(text).claims


def test_another_wallet_cannot_show_it():
    assert verdict(bound(issued(), key=did_documents.new_key())).word == Word.TAMPERED
    assert verdict(bound(shown("name"), sd_hash=digest_of(issued()))).word == Word.MALFORMED


def test_stray_and_doubled_disclosures_are_refused():
    token, found = parts(issued())
    stray = base64url(json.dumps(["salt", "honours", "with distinction"]).encode())
    element_without_its_list = f"{token}~{found['Inspect brakes']}~"
    for text in (f"{token}~{stray}~", f"{token}~{found['name']}~{found['name']}~", element_without_its_list):
        assert verdict(text).word == Word.MALFORMED
        with pytest.raises(CannotRead):
            open_selective(text)


def signed(claims, *disclosures):
    return "~".join([sign_token(claims, key=CHONGQING.key, typ="dc+sd-jwt"), *disclosures, ""])


@pytest.mark.parametrize(
    "case", ["reserved", "collision", "digest twice", "hash", "hashes", "dots", "not a list", "element as property"]
)
def test_what_the_rfc_refuses_is_refused(case):
    hidden = Hidden()
    digest = hidden.property("_sd" if case == "reserved" else "name", "x")
    claims = {
        "reserved": {"_sd": [digest]}, "collision": {"_sd": [digest], "name": "y"}, "digest twice": {"_sd": [digest, digest]},
        "hash": {"_sd": [digest], "_sd_alg": "md5"}, "dots": {"a": {"...": digest, "b": 1}}, "not a list": {"_sd": digest},
        "hashes": {"_sd": [digest], "_sd_alg": ["sha-256"]}, "element as property": {"list": [{"...": digest}]},
    }[case]  # fmt: skip
    with pytest.raises(CannotRead):
        open_selective(signed(claims, *hidden.disclosures))


def test_depth_is_bounded():
    node: object = "x"
    for _ in range(30):
        node = [node]
    with pytest.raises(CannotRead):
        open_selective(signed({"a": node}))


def test_one_signed_in_another_shape_is_not_read_as_ours():
    other = SigningKey(CHONGQING.key.verification_method, CHONGQING.key.private)
    text = sign_token({"iss": CHONGQING.did, "iat": int(ISSUED.timestamp()), "vct": VCT}, key=other, typ="dc+sd-jwt")
    assert verdict(f"{text}~").word == Word.MALFORMED
