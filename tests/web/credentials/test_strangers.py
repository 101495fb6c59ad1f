"""Open Badges and credentials of others, at the page and for machines: a genuine signature, and an issuer that is not in this register."""

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.credentials.proofs.contexts import OPEN_BADGES
from tests.rooms.credentials.proofs.strangers import KEYS, RSA, badge_of, did_jwk, message, token

from .vc_api.outsiders import DATA_INTEGRITY, V1, V2, Outsider, changed, credential, older

pytestmark = pytest.mark.django_db
HEADING = "Genuine signature, but the issuer is not in this register"


def badge(guild):
    """An Open Badge 3.0 as somebody else writes it."""
    achievement = {
        "id": "https://guild.example/weaving", "type": ["Achievement"], "name": "Weaving", "description": "Weaves cloth.",
        "criteria": {"narrative": "Woven under the eyes of two masters."},
    }  # fmt: skip
    return credential(
        **{"@context": [V2, OPEN_BADGES]}, type=["VerifiableCredential", "OpenBadgeCredential"], name="Weaving",
        issuer={"id": guild.did, "type": ["Profile"], "name": "The weavers' guild"},
        credentialSubject={"type": ["AchievementSubject"], "achievement": achievement},
    )  # fmt: skip


def foreign(guild):
    elder = older(issuer=guild.did, **{"@context": [V1, DATA_INTEGRITY, {"name": "https://schema.org/name"}]})
    return {"badge": badge(guild), "credential": credential(issuer=guild.did), "older": elder}


@pytest.mark.parametrize("kind", ["badge", "credential", "older"])
def test_they_are_checked_too_and_not_called_forged(client: Client, kind):
    guild = Outsider()
    signed = guild.signed(foreign(guild)[kind])
    page = client.post("/verify/", {"text": json.dumps(signed)}).content.decode()
    assert HEADING in page and "fits" in page and "That does not make it a forgery" in page
    assert "Do not rely on it" not in page
    said = client.post("/api/v1/verifications", {"text": json.dumps(signed)}, content_type="application/json").json()
    assert said["verdict"] == "unknown_issuer"
    assert {each["name"]: each["result"] for each in said["checks"]}["signature"] == "pass"


@pytest.mark.parametrize("kind", ["badge", "credential", "older"])
def test_changed_ones_are_called_changed(client: Client, kind):
    guild = Outsider()
    signed = guild.signed(foreign(guild)[kind])
    for path, value in (("id", "urn:uuid:other"), ("proof.proofValue", "z2"), ("issuer", Outsider().did)):
        said = client.post(
            "/api/v1/verifications", {"text": json.dumps(changed(signed, path, value))}, content_type="application/json"
        ).json()
        assert said["verdict"] == "tampered", path


@pytest.mark.parametrize("alg", KEYS)
def test_tokens_of_others_are_checked_at_every_door(client: Client, alg):
    did = did_jwk(KEYS[alg])
    binary = message(badge_of(did), alg=alg, _4=f"{did}#0".encode())
    for text in (token(badge_of(did), alg=alg, kid=f"{did}#0"), base64.b64encode(binary).decode()):
        assert HEADING in client.post("/verify/", {"text": text}).content.decode()
        said = client.post("/api/v1/verifications", {"text": text}, content_type="application/json").json()
        assert said["verdict"] == "unknown_issuer" and said["checks"][0]["result"] == "pass"
    file = SimpleUploadedFile("badge.cose", binary)
    assert HEADING in client.post("/verify/", {"file": file}).content.decode()


def test_a_key_that_came_along_is_said_to_fit_and_to_be_nobodys_known(client: Client):
    text = token(badge_of("https://guild.example/issuers/5"), jwk=badge_key())
    page = client.post("/verify/", {"text": text}).content.decode()
    assert "The signature fits the key that came with the token." in page and "https://guild.example/issuers/5" in page
    assert "Do not rely on it" not in page


def badge_key():
    return json.loads(base64.urlsafe_b64decode(did_jwk(RSA).removeprefix("did:jwk:") + "=="))
