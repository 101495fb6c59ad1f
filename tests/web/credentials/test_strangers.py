"""Open Badges and credentials of others, at the page and for machines: a genuine signature, and an issuer that is not in this register."""

import json

import pytest
from django.test import Client

from corridor.rooms.credentials.proofs.contexts import OPEN_BADGES

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
