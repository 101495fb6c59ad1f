"""Who signs, with which key, and when that key was good."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.rooms.credentials.proofs import did_documents
from corridor.rooms.credentials.proofs.did_documents import PublishedKey
from corridor.rooms.credentials.proofs.multikey import base58, from_base58, public_multikey, read_public
from corridor.rooms.credentials.proofs.quads import to_quads
from corridor.rooms.credentials.proofs.refusals import BadKey, KeyCompromised, ProofRefused

DID = did_documents.did_web("https://alliance.example", "members", "chongqing")
START, END = datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
OLD, NEW = did_documents.new_key().public_key(), did_documents.new_key().public_key()
DOCUMENT = did_documents.did_document(
    DID, [PublishedKey("key-2022", OLD, START, END), PublishedKey("key-2023", NEW, END)]
)


@given(st.binary(max_size=60))
def test_base58_reads_back_what_it_wrote(raw):
    assert from_base58(base58(raw)) == raw


def test_a_multikey_reads_back_as_the_key():
    assert read_public(public_multikey(OLD)).public_bytes_raw() == OLD.public_bytes_raw()


@pytest.mark.parametrize(
    ("url", "path", "did", "address"),
    [
        ("https://a.example", (), "did:web:a.example", "https://a.example/.well-known/did.json"),
        ("https://a.example", ("m", "x"), "did:web:a.example:m:x", "https://a.example/m/x/did.json"),
        ("https://localhost:8443", ("m",), "did:web:localhost%3A8443:m", "https://localhost:8443/m/did.json"),
    ],
)
def test_a_did_web_and_the_address_of_its_document(url, path, did, address):
    assert did_documents.did_web(url, *path) == did
    assert did_documents.did_web_address(did) == address


def test_another_kind_of_did_has_no_address():
    with pytest.raises(BadKey):
        did_documents.did_web_address("did:key:z6Mk")


def test_a_retired_key_stays_published_with_the_dates_it_was_good():
    old, new = DOCUMENT["verificationMethod"][:2]
    assert (old["validFrom"], old["expires"]) == ("2022-01-01T00:00:00Z", "2023-01-01T00:00:00Z")
    assert "expires" not in new and DOCUMENT["assertionMethod"][:2] == [old["id"], new["id"]]


def test_every_word_of_the_document_is_defined():
    assert len(to_quads(DOCUMENT)) == 26


@pytest.mark.parametrize(
    ("fragment", "at", "key"),
    [("key-2022", datetime(2022, 6, 1, tzinfo=UTC), OLD), ("key-2023", datetime(2024, 1, 1, tzinfo=UTC), NEW)],
)
def test_a_key_in_use_is_found(fragment, at, key):
    found = did_documents.key_of(DOCUMENT, did=DID, method=f"{DID}#{fragment}", at=at)
    assert found.public_bytes_raw() == key.public_bytes_raw()


@pytest.mark.parametrize(
    ("method", "at", "sentence"),
    [
        (f"{DID}#key-2022", datetime(2023, 1, 2, tzinfo=UTC), "not in use"),
        (f"{DID}#key-2023", datetime(2022, 12, 31, tzinfo=UTC), "not in use"),
        (f"{DID}#key-2021", START, "does not publish"),
        ("did:web:other.example#key-2022", START, "does not belong"),
        (DID, START, "does not belong"),
    ],
)
def test_a_key_that_is_another_ones_or_out_of_its_time_is_refused(method, at, sentence):
    with pytest.raises(ProofRefused, match=sentence):
        did_documents.key_of(DOCUMENT, did=DID, method=method, at=at)


def test_from_the_moment_that_a_key_was_compromised_nothing_of_it_is_trusted():
    first, second = DOCUMENT["verificationMethod"][:2]
    day = START + timedelta(days=1)
    distrusted = DOCUMENT | {"verificationMethod": [first | {"revoked": day.isoformat()}, second]}
    assert did_documents.key_of(distrusted, did=DID, method=f"{DID}#key-2022", at=START)
    for at in (day, day + timedelta(days=1)):
        with pytest.raises(KeyCompromised, match="compromised"):
            did_documents.key_of(distrusted, did=DID, method=f"{DID}#key-2022", at=at)
    unreadable = DOCUMENT | {"verificationMethod": [first | {"revoked": True}, second]}
    with pytest.raises(KeyCompromised):
        did_documents.key_of(unreadable, did=DID, method=f"{DID}#key-2022", at=START)
