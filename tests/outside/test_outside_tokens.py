"""Software that nobody here wrote reads our signed tokens, offline: jose for VC-JWT, @sd-jwt/sd-jwt-vc for SD-JWT VC."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.jwt.verifying import verify_token
from corridor.rooms.credentials.proofs.jwk import base64url
from corridor.rooms.credentials.proofs.verdicts import CheckName, Word
from tests.rooms.credentials.jwt.test_credentials import changed, token_of
from tests.rooms.credentials.jwt.test_selective import CHONGQING, bound, issued, parts, shown
from tests.rooms.credentials.proofs.cast import AT, World
from tests.rooms.credentials.proofs.strangers import badge_of, with_strange_keys
from tests.rooms.credentials.proofs.strangers import token as strange_token

SCRIPT = Path(__file__).with_name("tokens.mjs")
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node here to run the outside verifier")


def outside(tmp_path, **given):
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps({"dids": [CHONGQING.document], "at": AT.isoformat(), **given}))
    answer = subprocess.run([NODE, SCRIPT, file], capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def ours(text):
    return verify_token(text, resolver=World([CHONGQING]), at=AT).word


def test_jose_reads_our_tokens_and_refuses_changed_ones(tmp_path):
    token = token_of(CHONGQING)
    tokens = {
        "genuine": token, "expired": token_of(CHONGQING, valid_until=datetime(2023, 12, 1, tzinfo=UTC)),
        "renamed": changed(token, name="Doctor"), "unsigned": changed(token, header={"alg": "none"}),
        "key": changed(token, header={"kid": f"{CHONGQING.did}#key-2023"}),
    }  # fmt: skip
    theirs = outside(tmp_path, jwt=tokens)
    assert theirs["genuine"] == "valid" and ours(tokens["genuine"]) == Word.VALID
    assert theirs["expired"] == "refused: ERR_JWT_EXPIRED" and ours(tokens["expired"]) == Word.EXPIRED
    for name in ("renamed", "unsigned", "key"):
        assert theirs[name].startswith("refused") and ours(tokens[name]) != Word.VALID


@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES384", "ES256", "EdDSA"])
def test_what_jose_signs_as_strangers_do_is_genuine_here(tmp_path, alg):
    issuer = "https://guild.example/issuers/5"
    made = outside(tmp_path, make={"badge": {"alg": alg, "claims": badge_of(issuer), "header": {"jwk": True}}})["badge"]
    verdict = verify_token(made["token"], resolver=World([CHONGQING]), at=AT)
    assert verdict.word == Word.UNKNOWN_ISSUER
    assert verdict.named(CheckName.SIGNATURE).reason.startswith("The signature fits the key that came with the token.")
    assert ours(changed(made["token"], name="Doctor")) == Word.TAMPERED


def test_jose_reads_the_algorithms_of_strangers_as_we_do(tmp_path):
    dids = [with_strange_keys(CHONGQING.document)]
    keys = {"RS256": "rsa", "PS256": "rsa", "ES384": "p384-jwk"}
    tokens = {
        alg: strange_token(badge_of(CHONGQING), alg=alg, kid=f"{CHONGQING.did}#{name}") for alg, name in keys.items()
    }
    broken = {f"{alg} changed": changed(text, name="Doctor") for alg, text in tokens.items()}
    broken |= {
        f"{alg} as {other}": changed(tokens[alg], header={"alg": other})
        for alg, other in zip(keys, ["PS256", "RS256", "ES256"], strict=True)
    }
    theirs = outside(tmp_path, dids=dids, jwt=tokens | broken)

    class Publishing(World):
        def did_document(self, did):
            return dids[0] if did == CHONGQING.did else None

    for name, text in (tokens | broken).items():
        word = verify_token(text, resolver=Publishing([CHONGQING]), at=AT).word
        assert (theirs[name] == "valid") == (word == Word.VALID) == (name in keys), name


def test_sd_jwt_vc_reads_what_is_shown_and_only_that(tmp_path):
    token, found = parts(issued())
    stray = base64url(json.dumps(["salt", "honours", "with distinction"]).encode())
    tokens = {
        "whole": bound(issued()), "part": bound(shown("name")), "nothing": f"{token}~",
        "renamed": changed(token, iss="did:web:evil.example") + "~", "other paper": bound(shown("name"), sd_hash="x"),
        "stray": f"{token}~{found['name']}~{stray}~",
    }  # fmt: skip
    theirs = outside(tmp_path, sdjwt=tokens)
    for name in ("whole", "part", "nothing"):
        assert theirs[name] == open_selective(tokens[name]).claims and ours(tokens[name]) == Word.VALID
    assert theirs["part"]["name"] == "Khamla Vongsa" and "birthdate" not in theirs["part"]
    for name in ("renamed", "other paper"):
        assert str(theirs[name]).startswith("refused") and ours(tokens[name]) != Word.VALID
    # Theirs passes over a part that belongs to nothing; ours refuses it.
    assert theirs["stray"] == theirs["part"] and ours(tokens["stray"]) == Word.MALFORMED
