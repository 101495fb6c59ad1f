"""What we hash is what other people's software hashes, for credentials as composed and for odd and broken ones."""

import json
import random
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.data_integrity import document_hash
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.refusals import CannotRead
from tests.rooms.credentials.proofs.cast import Issuer, facts
from tests.rooms.credentials.proofs.test_hostile_input import mutations

from .test_outside_verifier import NODE

SCRIPT = Path(__file__).with_name("canonize.mjs")
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node here to compare with")
ODD = [
    '"',
    "\\",
    "\n",
    "\r",
    "\t",
    "\b",
    "\f",
    "\0",
    "\x1f",
    "\x7f",
    "\u0085",
    "\u2028",
    "é",
    "e\u0301",
    "ຄ",
    "车",
    "\u200f",
    "𠮷",
    " ",
]


def theirs(documents):
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    answer = subprocess.run([NODE, SCRIPT], input=lines, capture_output=True, text=True, timeout=300, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def ours(document):
    try:
        return document_hash(document).hex()
    except CannotRead as refusal:
        return f"refused: {refusal}"


def vanishing(value):
    """Whether part of it makes no statement at all: null, or an empty list."""
    if isinstance(value, dict):
        return any(map(vanishing, value.values()))
    return value is None or value == [] or (isinstance(value, list) and any(map(vanishing, value)))


def test_composed_credentials_with_odd_characters_hash_alike():
    dice, issuer = random.Random(11), Issuer("chongqing", "Chongqing Motor College")

    def text():
        return "x" + "".join(dice.choices(ODD, k=dice.randint(0, 12)))

    documents = [
        composing.compose_credential(
            facts(
                issuer,
                index=number,
                learner=text(),
                criteria=text(),
                recognition=text(),
                units=tuple(
                    composing.CompetentUnit(
                        f"https://alliance.example/u/{unit}",
                        text(),
                        tuple(
                            composing.Alignment(text(), "https://standards.example/1", text(), text())
                            for _ in range(dice.randint(0, 3))
                        ),
                    )
                    for unit in range(dice.randint(1, 10))
                ),
            )
        )
        for number in range(80)
    ]
    assert list(map(ours, documents)) == theirs(documents)


def test_whatever_both_accept_they_hash_alike_and_we_accept_nothing_that_they_refuse():
    documents = []

    @settings(max_examples=500, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(mutations())
    def collect(document):
        with suppress(CannotRead):
            documents.append(read_object(json.dumps({key: value for key, value in document.items() if key != "proof"})))

    collect()
    for document, mine, other in zip(documents, map(ours, documents), theirs(documents), strict=True):
        if not mine.startswith("refused") and not other.startswith("refused"):
            assert mine == other, document
        if other.startswith("refused") and not vanishing(document):
            assert mine.startswith("refused"), (document, other)
