import json
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.errors import BadInput
from corridor.kernel.evidence import EvidenceRow, Role, read_rows, role_of
from corridor.kernel.fingerprints import bars, canonical_line, canonical_lines, content_hash, evidence_hash

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
IDS = [
    "018d1c00-0000-7000-8000-000000000003",
    "018d1c00-0000-7000-8000-000000000001",
    "018D1C00-0000-7000-8000-000000000002",
]
CODES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ROWS = st.builds(
    EvidenceRow,
    record_kind=st.sampled_from(["enrolment", "membership"]),
    record_id=st.uuids().map(str),
    subject_id=st.uuids().map(str),
    amount=st.integers(-(2**53) + 1, 2**53 - 1),
    role=st.sampled_from(["", "denominator", role_of(Role.NUMERATOR, Role.DENOMINATOR)]),
    codes=st.dictionaries(CODES, CODES, max_size=4),
)


def test_the_evidence_hash_is_that_of_the_rule():
    assert evidence_hash(IDS) == "e0bec4f8f8a7dac14412df804fa0dfe2797936b4a997603e12484573770d7bb1"
    assert evidence_hash([]) == EMPTY


def test_a_record_counted_twice_is_one_record():
    assert evidence_hash([*IDS, IDS[0], IDS[2].lower()]) == evidence_hash(IDS)


def test_a_row_is_one_line_of_canonical_json():
    row = EvidenceRow("enrolment", IDS[0], "mei", 1, "", {"site": "万象", "sex": "F"})
    assert canonical_line(row).decode() == (
        '{"amount":1,"codes":{"sex":"F","site":"万象"},"record_id":"018d1c00-0000-7000-8000-000000000003",'
        '"record_kind":"enrolment","role":"","subject_id":"mei"}'
    )


def test_the_content_hash_is_the_hash_of_the_evidence_file():
    rows = [EvidenceRow("enrolment", record_id, "mei") for record_id in IDS]
    assert content_hash(rows) == sha256(canonical_lines(rows)).hexdigest()
    assert content_hash([]) == EMPTY
    assert [json.loads(line)["record_id"][-1] for line in canonical_lines(rows).splitlines()] == ["1", "2", "3"]


@given(st.lists(ROWS, max_size=6).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_reading_does_not_matter(both):
    rows, shuffled = both
    assert content_hash(rows) == content_hash(shuffled)


@given(ROWS)
def test_a_row_comes_back_from_its_line_as_it_was(row):
    assert EvidenceRow.from_dict(json.loads(canonical_line(row))) == row


@given(ROWS, st.sampled_from(["amount", "subject_id", "role", "codes"]))
def test_any_change_of_a_row_changes_the_content_and_not_the_evidence(row, field):
    changed = {
        "amount": row.amount - 1 if row.amount > 0 else row.amount + 1,
        "subject_id": row.subject_id + "x",
        "role": row.role + "x",
        "codes": {**row.codes, "site": row.codes.get("site", "") + "x"},
    }
    other = EvidenceRow.from_dict(row.as_dict() | {field: changed[field]})
    assert content_hash([other]) != content_hash([row])
    assert evidence_hash([other.record_id]) == evidence_hash([row.record_id])


def test_malformed_lines_are_named_by_their_number():
    good = EvidenceRow("enrolment", IDS[0], "mei").as_dict()
    bad = [good | {"name": "Mei"}, good | {"amount": "1"}, good | {"amount": True}, good | {"codes": {"sex": 1}}]
    with pytest.raises(BadInput) as refused:
        read_rows([good, *bad, {}, good | {"amount": 2**53}], file="rows.jsonl")
    assert [(problem.file, problem.row) for problem in refused.value.problems] == [
        ("rows.jsonl", row) for row in (2, 3, 4, 5, 6, 7)
    ]


def test_the_picture_of_a_hash_has_sixteen_bars():
    assert bars(EMPTY) == (14, 3, 11, 0, 12, 4, 4, 2, 9, 8, 15, 12, 1, 12, 1, 4)


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=8)


@given(
    st.builds(
        EvidenceRow, TEXTS, TEXTS, TEXTS, st.integers(-(2**60), 2**60), TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=4)
    )
)
def test_every_line_is_that_of_the_standard_or_refused_as_there(row):
    try:
        said = rfc8785.dumps(row.as_dict())
    except rfc8785.CanonicalizationError as refusal:
        with pytest.raises(type(refusal)):
            canonical_line(row)
    else:
        assert canonical_line(row) == said
