"""A certificate as one signed token: at its address, by the API, by a command, and back to the page that verifies."""

import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.jwt.tokens import read_token
from tests.commands.run import run
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, make_credential

pytestmark = pytest.mark.django_db


def revoke(credential):
    actions.revoke_credential(
        credential=credential, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, why=Why.AWARDED_IN_ERROR, dry_run=False
    )


def test_its_address_opens_the_token_and_the_page_that_verifies_takes_it(client):
    credential = make_credential()
    page = f"/c/{credential.token}/"
    assert f"{page}credential.jwt" in client.get(page).text
    answer = client.get(f"{page}credential.jwt")
    assert answer["Content-Type"] == "application/jwt" and answer["Cache-Control"] == "private, no-store"
    assert read_token(answer.text).claims["jti"] == f"urn:uuid:{credential.pk}"
    assert "Genuine and in force" in client.post("/verify/", {"text": answer.text}).text
    broken = answer.text[:-8] + "AAAAAAAA"
    assert "Changed after it was signed" in client.post("/verify/", {"text": broken}).text


def test_one_that_is_not_in_force_is_not_signed_anew(client):
    credential = make_credential()
    token = client.get(f"/c/{credential.token}/credential.jwt").text
    revoke(credential)
    answer = client.get(f"/c/{credential.token}/credential.jwt")
    assert answer.status_code == 409 and "Only a certificate in force" in answer.text
    assert "credential.jwt" not in client.get(f"/c/{credential.token}/").text
    assert "revoked" in client.post("/verify/", {"text": token}).text


def test_a_command_says_it_writes_it_and_verifies_it(capsys, tmp_path):
    credential = make_credential()
    said = run(capsys, "credentials", "token", credential.reference, "--json")
    assert read_token(json.loads(said.out)["token"]).header["typ"] == "JWT"
    file = tmp_path / "one.jwt"
    assert run(capsys, "credentials", "token", credential.reference, "--out", file).code == 0
    again = run(capsys, "credentials", "token", credential.reference, "--out", file)
    assert again.code == 1 and "nothing is written over" in again.err
    assert run(capsys, "verify", file).code == 0
    dry = tmp_path / "dry.jwt"
    assert run(capsys, "credentials", "token", credential.reference, "--out", dry, "--dry-run").code == 0
    assert not dry.exists()
