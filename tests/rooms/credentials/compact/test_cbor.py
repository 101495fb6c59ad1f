"""CBOR in one spelling: what an outside library writes canonically is what we write, and whatever is spelled otherwise is refused."""

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.rooms.credentials.compact import base41, cbor
from corridor.rooms.credentials.proofs.refusals import CannotRead

KEYS = st.integers(-(2**53), 2**53) | st.text(max_size=8)
VALUES = st.recursive(
    st.integers(-(2**53), 2**53) | st.booleans() | st.binary(max_size=40) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


def in_order(value):
    """As ``cbor2`` sorts: by the bytes of a key, which is the order of RFC 8949."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: cbor2.dumps(pair[0], canonical=True))
        return {key: in_order(inner) for key, inner in pairs}
    return [in_order(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_it_is_what_another_library_writes_and_reads(value):
    raw = cbor.encode(value)
    assert raw == cbor2.dumps(in_order(value))
    assert cbor2.loads(raw) == value
    try:
        assert cbor.decode(raw) == value
    except CannotRead:
        # Only what is nested deeper than a certificate is.
        assert cbor.encode(value) == raw


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=60))
def test_what_is_read_has_no_other_spelling(raw):
    try:
        value = cbor.decode(raw)
    except CannotRead:
        return
    assert cbor.encode(value) == raw


@pytest.mark.parametrize(
    "raw",
    [
        "", "1800", "190001", "1a00000001", "5f41004100ff", "9f00ff", "a2020001" + "00", "a201000100", "f90000", "f6", "f7",
        "c000", "61ff", "9b7fffffffffffffff", "0000", "1bffffffffffffffff", "a1f400", "81" * 10 + "00", "5a00ffffff00", "e0",
    ],
    ids=lambda raw: raw[:12] or "nothing",
)  # fmt: skip
def test_other_spellings_are_refused(raw):
    with pytest.raises(CannotRead):
        cbor.decode(bytes.fromhex(raw))


def test_deep_nesting_is_refused_at_once():
    with pytest.raises(CannotRead):
        cbor.decode(b"\x81" * 60_000)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_base_41_gives_the_same_bytes_back(raw):
    text = base41.encode(raw)
    assert base41.decode(text) == raw and set(text) <= set(base41.ALPHABET)
    assert len(text) == len(raw) // 2 * 3 + len(raw) % 2 * 2


@pytest.mark.parametrize("text", ["A", ":::", "::", "a00", "0 0", "000A", "é00"])
def test_other_base_41_is_refused(text):
    with pytest.raises(CannotRead):
        base41.decode(text)


def test_base_41_of_the_rules():
    """The example in docs/rules/compact-form.md."""
    assert base41.encode(b"P1") == "T8C"
    assert base41.encode(b"P1\xff") == "T8C96"
    assert base41.decode("T8C96") == b"P1\xff"
