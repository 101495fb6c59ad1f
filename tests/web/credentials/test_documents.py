"""What machines read and holders keep, without an account."""

import json

import pytest

from corridor.rooms.credentials.certificates.attachments import attached_credential
from tests.factories.credentials import make_credential

pytestmark = pytest.mark.django_db


def test_keys_lists_and_reasons_stand_where_the_credential_says(client):
    credential = make_credential()
    document = json.loads(credential.document)
    host = "https://alliance.example"
    did = document["issuer"]["id"]
    path = "/" + "/".join(did.removeprefix("did:web:alliance.example:").split(":")) + "/did.json"
    answer = client.get(path)
    assert answer.status_code == 200 and answer.json()["id"] == did
    assert answer["Access-Control-Allow-Origin"] == "*" and answer["Content-Type"] == "application/did+ld+json"
    address = document["credentialStatus"]["statusListCredential"]
    listed = client.get(address.removeprefix(host))
    assert json.loads(listed.content)["id"] == address and listed["Content-Type"] == "application/vc"
    reasons = client.get(address.removeprefix(host) + "/reasons")
    assert reasons.json()["statusList"] == address and "max-age=300" in reasons["Cache-Control"]


def test_a_holders_token_opens_the_signed_file_and_the_certificate(client):
    credential = make_credential()
    signed = client.get(f"/c/{credential.token}/credential.json")
    assert signed.content == credential.document.encode()
    paper = client.get(f"/c/{credential.token}/certificate.pdf")
    assert paper.content.startswith(b"%PDF-1.7") and attached_credential(paper.content) == signed.content
    for answer in (signed, paper):
        assert answer["X-Robots-Tag"] == "noindex" and answer["Cache-Control"] == "private, no-store"
        assert credential.reference in answer["Content-Disposition"]
    assert client.head(f"/c/{credential.token}/certificate.pdf").status_code == 200
    assert client.post(f"/c/{credential.token}/certificate.pdf").status_code == 405


def test_the_certificate_keeps_its_direction_on_a_page_from_right_to_left(client):
    client.cookies["language"] = "ur"
    page = client.get(f"/c/{make_credential().token}/").content.decode()
    assert 'dir="rtl"' in page and '<article class="cert" dir="ltr"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/c/nobody/credential.json",
        "/c/nobody/certificate.pdf",
        "/members/nobody/did.json",
        "/status/nobody/1",
        "/status/nobody/1/reasons",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
