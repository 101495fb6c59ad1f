"""Issuers of other houses: whom the verifier knows, and how old their lists are, for everybody."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.alliance import alliance_document
from corridor.rooms.credentials.kits import make_kit
from corridor.rooms.credentials.models import Credential, KeptIssuer, StatusList
from corridor.rooms.credentials.proofs.bundles import open_bundle
from corridor.rooms.credentials.proofs.verdicts import CheckName, Word
from tests.factories.actors import VISITOR
from tests.factories.credentials import award, make_alliance_key, make_assessed_cohort
from tests.web.readers import text_of

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
DID = "did:web:alliance.example:members:chongqing"


def take_over(settings, *, days: int, with_register: bool = True) -> None:
    """Chongqing leaves, and this becomes another house that takes its kit over."""
    settings.STATUS_LIST_DAYS = days
    award(make_assessed_cohort())
    make_alliance_key()
    if with_register:
        actions.sign_issuers(on=AT.date(), at=AT, by=NIGHTLY)
    files = make_kit(Credential.objects.first().issuer, on=AT.date(), at=AT).files
    StatusList.objects.update(signed_list="", signed_companion="")
    settings.PUBLIC_URL = "https://other.example"
    actions.keep_kit(files={name: text.encode() for name, text in files.items()}, at=AT, by=NIGHTLY)


def test_where_nobody_came_from_elsewhere_the_page_says_how_one_is_taken_over(client: Client):
    assert "./run leave import FOLDER" in text_of(client.get("/issuers/elsewhere/"))
    assert "Issuers of other houses" not in text_of(client.get("/issuers/"))
    assert client.get("/api/v1/issuers/elsewhere").json() == []


def test_everybody_sees_who_came_from_where_and_that_nothing_is_signed_here_for_them(client: Client, settings):
    take_over(settings, days=0)
    page = text_of(client.get("/issuers/elsewhere/"))
    assert DID in page and "https://alliance.example/status/chongqing/1" in page
    assert "2 February 2024" in page and "Without end" in page and "Past its day" not in page
    assert "Nothing is signed here under these identifiers" in page
    assert "Issuers of other houses" in text_of(client.get("/issuers/"))
    (told,) = client.get("/api/v1/issuers/elsewhere").json()
    assert (told["did"], told["came_from"], told["register_day"]) == (DID, "https://alliance.example", "2024-02-02")
    assert [(each["number"], each["valid_until"]) for each in told["lists"]] == [(1, None)]


def test_a_list_past_its_day_and_a_register_that_is_missing_are_named(client: Client, settings):
    take_over(settings, days=14, with_register=False)
    page = text_of(client.get("/issuers/elsewhere/"))
    assert "Past its day" in page and "None was brought" in page


def test_many_are_read_in_two_statements(settings, django_assert_num_queries):
    take_over(settings, days=0)
    with django_assert_num_queries(2):
        assert len(queries.list_kept_issuers(by=VISITOR)) == 1


def test_they_are_verified_without_a_network_as_they_are_here(settings):
    take_over(settings, days=0)
    later = AT + timedelta(days=400)
    actions.sign_issuers(on=later.date(), at=later, by=NIGHTLY)
    bundle = json.loads(queries.verifier_bundle(at=later, by=VISITOR).text)
    (house,) = bundle["elsewhere"]
    assert (house["issuer"], house["alliance"], len(house["statusLists"])) == (DID, "https://alliance.example", 1)
    resolver = open_bundle(bundle, alliance=alliance_document())
    credential = Credential.objects.first()
    here = queries.verify(raw=credential.document, at=later, by=VISITOR)
    there = queries.verdict_of(raw=credential.document, resolver=resolver, at=later, by=VISITOR)
    assert here.word == there.word == Word.VALID and here.as_json() == there.as_json()
    assert "the register of the house that it left" in str(there.named(CheckName.ISSUER))


def test_one_that_is_taken_over_makes_the_bundle_newer(settings):
    take_over(settings, days=0)
    later = AT + timedelta(days=400)
    actions.sign_issuers(on=later.date(), at=later, by=NIGHTLY)
    before = queries.verifier_bundle(at=later, by=VISITOR)
    KeptIssuer.objects.update(taken_at=later + timedelta(minutes=5))
    after = queries.verifier_bundle(at=later, by=VISITOR)
    assert after.created > before.created
