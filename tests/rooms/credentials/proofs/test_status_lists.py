"""One bit for each credential, read alike by everybody, and no bomb."""

import base64
import gzip
import json
from datetime import UTC, date, datetime

import pytest

from corridor.rooms.credentials.proofs import companions, status_lists
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, check
from corridor.rooms.credentials.proofs.did_documents import new_key
from corridor.rooms.credentials.proofs.refusals import BadStatusList

from .vectors import vectors

AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
LIST = "https://chongqing.example/status/1"
DID = "did:web:chongqing.example"
KEY = SigningKey(f"{DID}#key-1", new_key())


def zipped(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(raw, mtime=0)).decode().rstrip("=")


def test_the_empty_list_of_the_specification_is_read():
    example = json.loads((vectors("bitstring-status-list") / "spec-example.json").read_text())
    bits = status_lists.decode_bits(example["encodedList"])
    assert len(bits) * 8 == example["bits"] and not any(bits)


def test_the_bit_set_is_the_bit_read_and_no_other():
    bits = status_lists.decode_bits(status_lists.encode_bits([0, 9, 131_071]))
    assert [index for index in range(131_072) if status_lists.is_set(bits, index)] == [0, 9, 131_071]
    assert bits[0] == 0x80 and bits[1] == 0x40


def test_the_same_bits_always_give_the_same_text():
    assert status_lists.encode_bits([3, 1]) == status_lists.encode_bits([1, 3])


@pytest.mark.parametrize("index", [-1, 131_072])
def test_an_index_outside_the_list_is_refused(index):
    with pytest.raises(BadStatusList):
        status_lists.encode_bits([index])
    with pytest.raises(BadStatusList):
        status_lists.is_set(bytes(16_384), index)


@pytest.mark.parametrize(
    "encoded",
    [
        None, 7, "", "u", "zAAAA", "uAAAA", "u" + "A" * 500_000, "u\u0663", zipped(b"\0" * 100), zipped(b"\0" * 10**7),
        zipped(bytes(16_384))[:-8], zipped(bytes(16_384)) + "AAAA",
    ],
)  # fmt: skip
def test_what_is_not_a_list_is_refused_and_a_bomb_is_not_unpacked(encoded):
    with pytest.raises(BadStatusList):
        status_lists.decode_bits(encoded)


def test_a_list_shorter_than_the_standard_asks_is_refused_when_made():
    with pytest.raises(BadStatusList):
        status_lists.encode_bits([], length=8)


def test_a_signed_list_and_its_companion_hold():
    signed = status_lists.sign_status_list(url=LIST, issuer=DID, indices=[5], key=KEY, created=AT)
    check(signed, signed["proof"][0], public=KEY.private.public_key())
    reasons = [companions.Reason(5, companions.State.SUSPENDED, date(2024, 1, 9), why="under-review")]
    companion = companions.sign_companion(list_url=LIST, issuer=DID, reasons=reasons, key=KEY, created=AT)
    check(companion, companion["proof"][0], public=KEY.private.public_key())
    assert companions.read_reason(companion, list_url=LIST, issuer=DID, index=5) == reasons[0]
    assert companions.read_reason(companion, list_url=LIST, issuer=DID, index=6) is None
    with pytest.raises(BadStatusList):
        companions.read_reason(companion, list_url=LIST + "2", issuer=DID, index=5)


def test_an_entry_is_read_as_it_was_written():
    entry = status_lists.StatusEntry(LIST, 77)
    assert status_lists.read_entry(entry.as_json()) == entry


@pytest.mark.parametrize(
    "change",
    [
        {"type": "RevocationList2020Status"}, {"statusPurpose": "suspension"}, {"statusListIndex": "-1"}, {"statusListIndex": 7.5},
        {"statusListIndex": "٣"}, {"statusListIndex": "9" * 30}, {"statusListCredential": None},
    ],
)  # fmt: skip
def test_an_entry_of_another_kind_is_refused(change):
    with pytest.raises(BadStatusList):
        status_lists.read_entry(status_lists.StatusEntry(LIST, 1).as_json() | change)
