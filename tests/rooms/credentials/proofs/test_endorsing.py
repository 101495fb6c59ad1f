"""What a member says of a credential in its own words, signed with its own key and with a status of its own."""

import json
from dataclasses import replace
from datetime import date, timedelta

import jsonschema
import pytest

from corridor.rooms.credentials.proofs.companions import Reason, State
from corridor.rooms.credentials.proofs.endorsing import EndorsementFacts, endorse
from corridor.rooms.credentials.proofs.refusals import CannotCompose
from corridor.rooms.credentials.proofs.status_lists import StatusEntry
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, ISSUED, Issuer, World
from .vectors import vectors


@pytest.fixture
def company():
    return Issuer("mekong-motors", "Mekong Motors")


def said(company, **changes):
    facts = EndorsementFacts(
        id="urn:uuid:0190d3a0-0000-7000-8000-000000000001", issuer_did=company.did, issuer_name=company.name,
        endorses="urn:uuid:0190d3a0-0000-7000-8000-000000000002", name="Vehicle inspection",
        claims={"en": "We hire who holds it.", "lo": "ພວກເຮົາຮັບຜູ້ທີ່ມີໃບນີ້."},
        status=StatusEntry(company.list_url, 7), valid_from=ISSUED,
    )  # fmt: skip
    return replace(facts, **changes)


def verify(document, world, at=AT):
    return verify_document(json.dumps(document), resolver=world, at=at)


def test_it_is_an_endorsement_by_the_official_schema(company):
    schema = json.loads((vectors("ob3-schema") / "ob_v3p0_achievementcredential_schema.json").read_text())
    wanted = {**schema["$defs"]["EndorsementCredential"], "$defs": schema["$defs"]}
    validator = jsonschema.Draft201909Validator(wanted, format_checker=jsonschema.FormatChecker())
    signed = endorse(said(company, valid_until=AT), key=company.key, created=ISSUED)
    assert [error.message for error in validator.iter_errors(signed)] == []


def test_it_holds_and_says_what_was_signed(company):
    verdict = verify(endorse(said(company), key=company.key, created=ISSUED), World([company]))
    assert verdict.word == Word.VALID
    assert verdict.named(CheckName.SCOPE).result == Result.NOT_LOOKED_AT
    assert verdict.said.endorses == said(company).endorses and verdict.said.issuer_name == "Mekong Motors"
    assert verdict.said.called("claim", verdict.said.description, "lo") == ("ພວກເຮົາຮັບຜູ້ທີ່ມີໃບນີ້.", "lo")
    assert verdict.said.called("claim", verdict.said.description, "ur") == ("We hire who holds it.", "en")


def test_without_an_english_claim_the_first_stands_alone_and_keeps_its_language(company):
    claims = {"lo": "ພວກເຮົາຮັບ.", "zh-Hans": "我们录用。"}
    facts = said(company, claims=claims, names=(("lo", "ກວດກາລົດ"),), issuer_names=(("lo", "ແມ່ຂອງ ມໍເຕີ"),))
    read = verify(endorse(facts, key=company.key, created=ISSUED), World([company])).said
    assert read.description == "ພວກເຮົາຮັບ."
    assert read.called("claim", read.description, "ur") == ("ພວກເຮົາຮັບ.", "lo")
    assert read.called("claim", read.description, "zh-Hans") == ("我们录用。", "zh-hans")
    assert read.called(read.achievement_id, read.name, "lo")[0] == "ກວດກາລົດ"
    assert read.called(read.issuer_did, read.issuer_name, "lo")[0] == "ແມ່ຂອງ ມໍເຕີ"


def test_a_single_language_stands_alone(company):
    document = endorse(said(company, claims={"en": "We hire who holds it."}), key=company.key, created=ISSUED)
    assert document["credentialSubject"]["endorsementComment"] == "We hire who holds it."


def test_it_is_taken_back_changed_or_ended_like_any_other(company):
    document = endorse(said(company, valid_until=AT), key=company.key, created=ISSUED)
    assert verify(document, World([company]), AT + timedelta(seconds=1)).word == Word.EXPIRED
    assert verify({**document, "name": "Welding"}, World([company])).word == Word.TAMPERED
    assert verify(document, World([])).word == Word.UNKNOWN_ISSUER
    company.reasons = [Reason(7, State.REVOKED, date(2024, 1, 9), "holder-asked")]
    assert verify(document, World([company])).word == Word.REVOKED


def test_it_cannot_pass_for_a_credential(company):
    document = endorse(said(company), key=company.key, created=ISSUED)
    document["type"] = ["VerifiableCredential", "OpenBadgeCredential"]
    assert verify(document, World([company])).word == Word.TAMPERED


@pytest.mark.parametrize("change", [{"claims": {}}, {"claims": {"en": " "}}, {"valid_until": ISSUED}])
def test_without_words_or_with_an_end_before_its_beginning_it_is_refused(company, change):
    with pytest.raises(CannotCompose):
        endorse(said(company, **change), key=company.key, created=ISSUED)
