"""Faults of the world around a certificate: names that look alike, codes of other things, and a table of all that is tried."""

import json
import re
from pathlib import Path

import pytest

from corridor.rooms.credentials import queries
from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.data_integrity import SigningKey
from corridor.rooms.credentials.proofs.did_documents import as_shown
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document
from corridor.rooms.credentials.refusals import NotOurAddress
from tests.factories.actors import VISITOR
from tests.factories.credentials import make_credential
from tests.web.readers import text_of

from .proofs.cast import AT, ISSUED, PUBLIC_URL, Issuer, World, facts

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "docs/rules/credentials-faults.md"
# With the first letter of another alphabet, which the eye takes for the Latin one.
ALIKE = "did:web:\u0430lliance.example:members:chongqing"
SHOWN = "did:web:%D0%B0lliance.example:members:chongqing"


def look_alike() -> Issuer:
    """Somebody who calls themselves as Chongqing does, at an address that looks like the house's own."""
    issuer = Issuer("chongqing", "\u0421hongqing Motor College")
    issuer.did, issuer.key = ALIKE, SigningKey(f"{ALIKE}#key-2023", issuer.key.private)
    return issuer


def test_an_issuer_whose_name_looks_like_anothers_is_shown_letter_by_letter():
    other, world = look_alike(), World([Issuer("chongqing", "Chongqing Motor College")])
    raw = json.dumps(composing.issue(facts(other), key=other.key, created=ISSUED), ensure_ascii=False)
    verdict = verify_document(raw, resolver=world, at=AT)
    assert verdict.word == Word.UNKNOWN_ISSUER and verdict.said is None
    shown = " ".join(str(check) for check in verdict.checks)
    assert SHOWN in shown and ALIKE not in shown and other.name not in shown


def test_what_is_shown_of_an_identifier_is_bounded_and_never_an_exception():
    assert as_shown("did:web:alliance.example:members:a%20b") == "did:web:alliance.example:members:a%20b"
    assert as_shown("did:web:x\ud800\u202e") == "did:web:x%3F%E2%80%AE"
    assert len(as_shown("a" * 1_000)) == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "arrive/7Q2WZK",
        "delegates/x7q2",
        "claim/x7q2",
        "shown/x7q2/",
        "machines/x7q2",
        "mentor/x7q2",
        "verify/bundle.json",
        "c/",
    ],
)
def test_a_code_of_another_event_leads_to_no_certificate(client, address):
    make_credential()
    code = f"{PUBLIC_URL}/{address}"
    with pytest.raises(NotOurAddress):
        queries.verify(raw=code, at=AT, by=VISITOR)
    page = client.post("/verify/", {"text": code})
    assert page.status_code in (200, 409, 422) and "Genuine and in force" not in text_of(page)


def test_each_fault_of_the_table_names_tests_that_are_there():
    rows = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ") and "`" in line]
    named = [re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row) for row in rows]
    assert len(rows) > 20 and all(named)
    for file, name in {each for row in named for each in row}:
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), (file, name)
