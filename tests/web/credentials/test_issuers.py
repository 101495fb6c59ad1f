"""The register of issuers as a page and as files, for everybody; as of a day for who can ask."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.models import RegisterEdition, SigningKey
from tests.factories.credentials import make_alliance_key, make_credential
from tests.web.readers import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> RegisterEdition:
    make_credential()
    make_alliance_key()
    return actions.sign_issuers(on=date(2024, 2, 2), at=clock.real_now(), by=NIGHTLY)


def test_before_the_first_edition_the_page_says_what_is_missing(client: Client):
    assert "No edition is signed yet" in text_of(client.get("/issuers/"))
    assert client.get("/issuers.json").status_code == 404
    assert client.get("/.well-known/did.json").status_code == 404


def test_everybody_reads_it_and_the_signed_file_is_the_same_bytes(client: Client, edition: RegisterEdition):
    page = text_of(client.get("/issuers/"))
    assert "Edition 1" in page and "did:web:alliance.example:members:chongqing" in page
    assert ">Vehicle inspection and maintenance</a>" in page
    answer = client.get("/issuers/1.json")
    assert answer.content == edition.document.encode() == client.get("/issuers.json?on=2024-02-03").content
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get("/issuers.json?on=2024-02-01").status_code == 404
    assert client.get("/issuers.json?on=yesterday").status_code == 422
    assert client.get("/.well-known/did.json").json()["id"] == "did:web:alliance.example"


def test_who_has_it_already_is_told_so_and_nobody_keeps_it_past_its_end(client: Client, edition: RegisterEdition):
    answer = client.get("/issuers.json")
    assert answer["Cache-Control"] == "public, max-age=300" and "Expires" in answer
    assert client.get("/issuers.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    RegisterEdition.objects.update(valid_until=clock.real_now() + timedelta(seconds=20))
    assert 0 <= int(client.get("/issuers.json")["Cache-Control"].rpartition("=")[2]) <= 20
    assert edition.number == 1


def test_the_secretariat_signs_the_next_one_and_nothing_is_signed_twice(edition: RegisterEdition):
    mei = browser_of("secretariat")
    answer = mei.post("/issuers/sign/", follow=True)
    assert "Edition 1 says the same" in text_of(answer) and RegisterEdition.objects.count() == 1
    assert browser_of("auditor").post("/issuers/sign/").status_code == 403
    assert edition.day == date(2024, 2, 2)


def test_keys_are_served_as_of_an_instant(client: Client):
    make_credential()
    actions.rotate_key(key=SigningKey.objects.get(), at=datetime(2024, 1, 10, tzinfo=UTC), by=NIGHTLY)
    path = "/members/chongqing/did.json"
    assert len(client.get(path).json()["verificationMethod"]) == 4
    assert len(client.get(f"{path}?versionTime=2023-06-01T00:00:00Z").json()["verificationMethod"]) == 2
    assert client.get(f"{path}?versionTime=2020-06-01T00:00:00Z").status_code == 404
    assert client.get(f"{path}?versionTime=lately").status_code == 422
