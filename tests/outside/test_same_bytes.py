"""What we hash is what other people's software hashes, for credentials as composed and for odd and broken ones."""

import json
import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.contexts import bundled
from corridor.rooms.credentials.proofs.data_integrity import document_hash
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.refusals import CannotRead
from tests.rooms.credentials.proofs.cast import Issuer, facts
from tests.rooms.credentials.proofs.generated import Maker, known
from tests.rooms.credentials.proofs.test_hostile_input import mutations

from .alike import compare, theirs
from .test_outside_verifier import NODE

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


def test_whatever_is_made_by_chance_is_hashed_alike_or_named():
    """Fast path, general path and jsonld with rdf-canonize; the whole run is ``python -m tests.outside.alike``."""
    made, broken = [], []

    @settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=True))
    def collect(chance):
        maker = Maker(chance)
        made.append(maker.credential())
        broken.append(maker.broken(made[-1]))

    collect()
    findings = compare([*made, *broken], known())
    assert not findings.unexplained, findings.unexplained[0]
    assert findings.counts["the same"] > 50


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
                criteria_texts=(("zh-Hans", text()),),
                achievement_names=(("lo", text()), ("ur", text())),
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
    assert [document_hash(document).hex() for document in documents] == theirs(documents)


def test_whatever_both_accept_they_hash_alike_and_we_accept_nothing_that_they_refuse():
    documents = []

    @settings(max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(mutations())
    def collect(document):
        with suppress(CannotRead):
            documents.append(read_object(json.dumps({key: value for key, value in document.items() if key != "proof"})))

    collect()
    findings = compare(documents, bundled())
    assert not findings.unexplained, findings.unexplained[0]
