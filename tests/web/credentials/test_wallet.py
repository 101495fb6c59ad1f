"""The doors for wallets, in the words of OpenID4VCI 1.0, and the holder's page."""

import json
import re

import pytest
from django.test import Client

from corridor.foundations import clock
from corridor.kernel.errors import AccessDenied
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.wallet.metadata import GRANT
from tests.factories.actors import VISITOR, make_user
from tests.factories.credentials import make_credential
from tests.rooms.credentials.wallet.holding import Wallet, code_in, holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wallet_client():
    """A wallet has no cookie, and no token against forged forms."""
    return Client(enforce_csrf_checks=True)


def offered(credential):
    return actions.offer_to_wallet(credential=credential, at=clock.real_now(), by=holder_of(credential))


def token_for(client, offer):
    sent = {"grant_type": GRANT, "pre-authorized_code": code_in(offer.address), "tx_code": offer.transaction_code}
    answer = client.post("/wallet/token", sent)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert answer.json()["token_type"] == "Bearer" and answer.json()["expires_in"] == 600
    return answer.json()["access_token"]


def ask(client, access, body):
    return client.post(
        "/wallet/credential", json.dumps(body), content_type="application/json", headers={"Authorization": f"Bearer {access}"}
    )  # fmt: skip


def test_what_wallets_read_first(client):
    issuer = client.get("/.well-known/openid-credential-issuer").json()
    assert issuer["credential_issuer"] == "https://alliance.example"
    (one,) = issuer["credential_configurations_supported"].values()
    assert one["format"] == "dc+sd-jwt" and {each["locale"] for each in one["credential_metadata"]["display"]} >= {
        "en",
        "lo",
    }
    described = client.get("/" + one["vct"].partition("example/")[2]).json()
    assert described["vct"] == one["vct"]
    assert {each["path"][0] for each in described["claims"] if each["sd"] == "allowed"} == {
        "name", "other_names", "birthdate", "results", "levels", "evidence"
    }  # fmt: skip
    assert {"path": ["results", None, "alignments"]}.items() <= described["claims"][4].items()
    server = client.get("/.well-known/oauth-authorization-server").json()
    assert server["issuer"] == issuer["credential_issuer"] and server["grant_types_supported"] == [GRANT]


def test_from_offer_to_credential_without_a_cookie(wallet_client):
    access = token_for(wallet_client, offered(make_credential()))
    nonce = wallet_client.post("/wallet/nonce").json()["c_nonce"]
    body = {"credential_configuration_id": "certificate", "proofs": {"jwt": [Wallet().proof(nonce)]}}
    answer = ask(wallet_client, access, body)
    assert answer.status_code == 200, answer.text
    (given,) = answer.json()["credentials"]
    assert queries.verify(raw=given["credential"], at=clock.now(), by=VISITOR).word == Word.VALID
    again = ask(wallet_client, access, body)
    assert again.status_code == 401 and 'error="invalid_token"' in again["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({}, "unsupported_grant_type"), ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"grant_type": GRANT}, "invalid_request"), ({"grant_type": GRANT, "pre-authorized_code": "x"}, "invalid_request"),
        ({"grant_type": GRANT, "pre-authorized_code": "x", "tx_code": "1"}, "invalid_grant"),
    ],
    ids=["nothing", "other", "no code", "no transaction code", "unknown"],
)  # fmt: skip
def test_the_token_door_names_what_is_wrong(wallet_client, sent, error):
    answer = wallet_client.post("/wallet/token", sent)
    assert answer.status_code == 400 and answer.json()["error"] == error and answer.json()["error_description"]


PROOF = {"proofs": {"jwt": ["x.y.z"]}}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], "invalid_credential_request"), ({}, "invalid_credential_request"),
        ({"credential_configuration_id": "diploma"}, "unknown_credential_configuration"),
        ({"credential_identifier": "x", **PROOF}, "unknown_credential_identifier"),
        ({"credential_configuration_id": "certificate", "credential_response_encryption": {}}, "invalid_encryption_parameters"),
        ({"credential_configuration_id": "certificate"}, "invalid_proof"),
        ({"credential_configuration_id": "certificate", "proofs": {"jwt": ["a", "b"]}}, "invalid_proof"),
        ({"credential_configuration_id": "certificate", "proofs": {"ldp_vp": ["a"]}}, "invalid_proof"),
        ({"credential_configuration_id": "certificate", **PROOF}, "invalid_proof"),
    ],
    ids=["list", "empty", "other", "identifier", "encrypted", "no proof", "two", "other proof", "bad proof"],
)  # fmt: skip
def test_the_credential_door_names_what_is_wrong(wallet_client, body, error):
    access = token_for(wallet_client, offered(make_credential()))
    answer = ask(wallet_client, access, body)
    assert answer.status_code == 400 and answer.json()["error"] == error


def test_a_nonce_of_others_is_named(wallet_client):
    access = token_for(wallet_client, offered(make_credential()))
    body = {"credential_configuration_id": "certificate", "proofs": {"jwt": [Wallet().proof("1.2.3")]}}
    assert ask(wallet_client, access, body).json()["error"] == "invalid_nonce"


def test_without_access_there_is_nothing(wallet_client):
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer nothing"}):
        answer = wallet_client.post("/wallet/credential", PROOF, content_type="application/json", headers=headers)
        assert answer.status_code in (400, 401) and answer.json()["error"] in (
            "invalid_token",
            "invalid_credential_request",
        )


def test_the_holder_makes_an_offer_on_a_page_and_sees_it_once(client):
    credential = make_credential()
    person = credential.enrolment.person
    person.user = make_user("khamla")
    person.save()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/credentials/{credential.reference}/wallet/"
    assert address in client.get(f"/my-certificates/{credential.reference}/").text
    before = client.get(address)
    assert before["Referrer-Policy"] == "same-origin"
    assert "Make an offer" in before.text and "wallet-digits" not in before.text
    made = client.post(address).text
    assert re.search(r"wallet-digits\" dir=\"ltr\">\d{6}<", made) and "openid-credential-offer://" in made
    assert "wallet-digits" not in client.get(address).text


def test_the_holder_reads_when_a_wallet_took_it_and_nobody_else_does(client, wallet_client):
    credential = make_credential()
    person = credential.enrolment.person
    person.user = make_user("khamla")
    person.save()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    pages = [f"/my-certificates/{credential.reference}/", f"/credentials/{credential.reference}/wallet/"]
    access = token_for(wallet_client, offered(credential))
    # Who has the codes has not taken it yet.
    assert all("Certificate taken into a wallet" not in client.get(page).text for page in pages)
    nonce = wallet_client.post("/wallet/nonce").json()["c_nonce"]
    ask(
        wallet_client,
        access,
        {"credential_configuration_id": "certificate", "proofs": {"jwt": [Wallet().proof(nonce)]}},
    )
    assert all("Certificate taken into a wallet" in client.get(page).text for page in pages)
    with pytest.raises(AccessDenied):
        queries.taken_into_wallets(credential=credential, by=VISITOR)
