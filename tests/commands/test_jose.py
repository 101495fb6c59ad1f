"""Tokens by a key from a file, as the W3C's suite for JOSE asks: what is in them, and what is refused."""

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.jwt.tokens import read_token
from corridor.rooms.credentials.proofs.jwk import base64url

from .run import run

pytestmark = pytest.mark.django_db
V2, EXAMPLES = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"
GUILD = "https://guild.example/weavers"
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
ALGS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512", "Ed25519": "EdDSA"}
SUBJECT = {
    "id": "did:example:khamla",
    "name": "Khamla",
    "address": {"city": "Pakse", "country": "Laos"},
    "phones": ["1", "2"],
}
CREDENTIAL = {
    "@context": [V2, EXAMPLES], "type": ["VerifiableCredential", "LoomCredential"], "issuer": GUILD, "validFrom": "2023-06-30T09:00:00Z",
    "credentialSubject": SUBJECT,
}  # fmt: skip
ENVELOPE = {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,ey.ey.ey"}
PRESENTATION = {
    "@context": [V2, EXAMPLES],
    "type": ["VerifiablePresentation"],
    "holder": GUILD,
    "verifiableCredential": [ENVELOPE],
}


def key_of(curve):
    """A verification method of that curve, with both halves of a new key."""
    if curve == "Ed25519":
        private = Ed25519PrivateKey.generate()
        public = {"kty": "OKP", "crv": curve, "x": base64url(private.public_key().public_bytes_raw())}
        secret = {**public, "d": base64url(private.private_bytes_raw())}
    else:
        half = (CURVES[curve].key_size + 7) // 8
        numbers = ec.generate_private_key(CURVES[curve]).private_numbers()
        point = numbers.public_numbers
        public = {
            "kty": "EC",
            "crv": curve,
            "x": base64url(point.x.to_bytes(half)),
            "y": base64url(point.y.to_bytes(half)),
        }
        secret = {**public, "d": base64url(numbers.private_value.to_bytes(half))}
    return {
        "id": f"{GUILD}#1",
        "type": "JsonWebKey",
        "controller": GUILD,
        "publicKeyJwk": public,
        "secretKeyJwk": secret,
    }


@pytest.fixture
def ask(capsys, tmp_path):
    """What the command wrote, whatever it is given: the file, and its exit code."""

    def asked(what, given, method, feature, *more):
        files = {name: tmp_path / name for name in ("input", "key", "output")}
        files["input"].write_text(given if isinstance(given, str) else json.dumps(given))
        files["key"].write_text(json.dumps(method))
        words = [word for name, file in files.items() for word in (f"--{name}", file)]
        ended = run(capsys, "jose", what, *words, "--feature", feature, *more)
        said = json.loads(files["output"].read_text())
        assert ended.code == (0 if said["result"] == "success" else 1), ended
        return said

    return asked


def written(claims, method, *, typ="vc+jwt", cty="vc", **header):
    """Such a token by other people's software; ``kid`` and the rest in ``header``."""
    secret, curve = method["secretKeyJwk"], method["secretKeyJwk"]["crv"]
    key = jwt.PyJWK({**secret, "alg": ALGS[curve]}).key
    named = {name: value for name, value in {"typ": typ, "cty": cty, **header}.items() if value is not None}
    return jwt.encode(claims, key, algorithm=ALGS[curve], headers=named)


@pytest.mark.parametrize("curve", ALGS)
def test_what_is_signed_holds_here_and_by_other_software(ask, curve):
    method = key_of(curve)
    token = ask("issue", CREDENTIAL, method, "credential_jose")["data"]
    head = read_token(token).header
    assert head == {"alg": ALGS[curve], "typ": "vc+jwt", "cty": "vc", "kid": method["id"]}
    public = jwt.PyJWK({**method["publicKeyJwk"], "alg": ALGS[curve]}).key
    assert jwt.decode(token, public, algorithms=[ALGS[curve]], options={"verify_aud": False}) == CREDENTIAL
    assert ask("verify", token, method, "credential_jose") == {"result": "success"}
    assert ask("verify", token, key_of(curve), "credential_jose")["result"] == "failure"
    assert ask("verify", written(CREDENTIAL, method), method, "credential_jose") == {"result": "success"}


def test_a_presentation_shows_what_is_wrapped(ask):
    method = key_of("P-384")
    token = ask("issue", PRESENTATION, method, "presentation_jose")["data"]
    assert (
        read_token(token).header["typ"] == "vp+jwt"
        and ask("verify", token, method, "presentation_jose")["result"] == "success"
    )
    for inside in (
        {**ENVELOPE, "id": "not-a-credential"},
        CREDENTIAL,
        {**ENVELOPE, "id": "data:text/plain,ey"},
        {**ENVELOPE, "type": "VerifiableCredential"},
    ):
        unwrapped = {**PRESENTATION, "verifiableCredential": [inside]}
        assert ask("issue", unwrapped, method, "presentation_jose")["result"] == "failure"
        token = written(unwrapped, method, typ="vp+jwt", cty="vp")
        assert ask("verify", token, method, "presentation_jose")["result"] == "failure"


@pytest.mark.parametrize(
    "paths", ['["credentialSubject.name", "credentialSubject.address.city", "credentialSubject.address", "credentialSubject.phones[0]"]',
              "credentialSubject.name, credentialSubject.address.city, credentialSubject.address, credentialSubject.phones[0]"],
    ids=["json", "commas"],
)  # fmt: skip
def test_parts_are_hidden_and_shown(ask, paths):
    method = key_of("P-521")
    token = ask("issue", CREDENTIAL, method, "credential_sdjwt", "--disclosures", paths)["data"]
    opened = open_selective(token)
    assert opened.claims == CREDENTIAL and len(opened.shown) == 3 and token.count("~") == 5
    subject = opened.token.claims["credentialSubject"]
    assert set(subject) == {"id", "phones", "_sd"} and len(subject["_sd"]) == 2 and subject["phones"][1] == "2"
    assert ask("verify", token, method, "credential_sdjwt") == {"result": "success"}
    none_shown = token.split("~")[0] + "~"
    assert ask("verify", none_shown, method, "credential_sdjwt") == {"result": "success"}


@pytest.mark.parametrize(
    ("feature", "more"),
    [("credential_sdjwt", "credentialSubject.age"), ("credential_sdjwt", "credentialSubject.phones[7]"), ("credential_sdjwt", "a..b["),
     ("credential_sdjwt", "credentialSubject.name.first"), ("credential_jose", "credentialSubject.name")],
    ids=["missing", "beyond", "none", "within", "not-selective"],
)  # fmt: skip
def test_a_path_to_nothing_is_refused_by_name(ask, feature, more):
    said = ask("issue", CREDENTIAL, key_of("P-256"), feature, "--disclosures", more)
    assert said["result"] == "failure" and said["data"]


WRONG = {
    "typ": ({}, {"typ": "bad+typ"}), "no-typ": ({}, {"typ": "JWT"}), "cty": ({}, {"cty": "bad+cty"}), "presentation": ({}, {"typ": "vp+jwt"}),
    "vc": ({"vc": "oops"}, {}), "vp": ({"vp": {}}, {}), "iss": ({"iss": "https://other.example"}, {}), "word": ({"badge": {"huh": "what"}}, {}),
    "issuer": ({"issuer": "nobody"}, {}), "vocabulary": ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, {}),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "header"), WRONG.values(), ids=WRONG)
def test_a_token_with_another_part_does_not_hold(ask, claims, header):
    method = key_of("P-256")
    token = written({**CREDENTIAL, **claims}, method, **header)
    assert ask("verify", token, method, "credential_jose")["result"] == "failure"


def test_a_word_of_a_table_may_stand_at_the_top(ask):
    method, table = key_of("Ed25519"), {"badge": "https://guild.example/#badge"}
    document = {**CREDENTIAL, "@context": [V2, EXAMPLES, table], "badge": "blue"}
    assert ask("issue", document, method, "credential_jose")["result"] == "success"
    assert "badge" in ask("issue", {**document, "@context": [V2, EXAMPLES]}, method, "credential_jose")["data"]


def test_dates_are_not_looked_at_and_what_is_no_token_is_none(ask):
    method = key_of("P-256")
    ended = written({**CREDENTIAL, "validUntil": "2023-07-01T00:00:00Z", "exp": 1_700_000_000, "iss": GUILD}, method)
    assert ask("verify", ended, method, "credential_jose") == {"result": "success"}
    for given in (CREDENTIAL, "", "ey.ey", "ey.ey.ey", ended + "~"):
        assert ask("verify", given, method, "credential_jose")["result"] == "failure"
        assert ask("verify", given, method, "credential_sdjwt")["result"] == "failure"
    changed = ended[:-6] + ("AAAAAA" if not ended.endswith("AAAAAA") else "BBBBBB")
    assert ask("verify", changed, method, "credential_jose")["result"] == "failure"


NO_KEYS = {
    "empty": {}, "list": [], "no-key": {"id": "x"}, "other-curve": {"id": "x", "secretKeyJwk": {"kty": "EC", "crv": "secp256k1", "d": "AA"}},
    "no-number": {"id": "x", "secretKeyJwk": {"kty": "EC", "crv": "P-384", "d": "AA"}},
    "short": {"id": "x", "secretKeyJwk": {"kty": "OKP", "crv": "Ed25519", "d": "AA"}},
}  # fmt: skip


@pytest.mark.parametrize("method", NO_KEYS.values(), ids=NO_KEYS)
def test_a_key_that_is_none_is_refused(ask, method):
    assert ask("issue", CREDENTIAL, method, "credential_jose")["result"] == "failure"


def test_what_is_not_known_here_is_indeterminate_and_a_missing_file_is_told(ask, capsys, tmp_path):
    assert ask("issue", CREDENTIAL, key_of("P-256"), "credential_bbs") == {"result": "indeterminate"}
    ended = run(
        capsys,
        "jose",
        "verify",
        "--input",
        tmp_path / "none",
        "--key",
        tmp_path / "none",
        "--feature",
        "credential_jose",
    )
    assert ended.code == 1 and "There is no file" in ended.err
