"""Whatever strangers send is answered by name within bounded time: size, depth, nodes, proofs, vocabularies, look-alikes."""

import copy
import json
import time
from random import Random

import pytest

from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.contexts import CREDENTIALS, OPEN_BADGES
from corridor.rooms.credentials.proofs.data_integrity import sign
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, ISSUED, Issuer, World, facts
from .generated import Maker

CHONGQING = Issuer("chongqing", "Chongqing Motor College")
WORLD = World([CHONGQING])
SIGNED = composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED)
MOST_SECONDS = 3  # of the processor, on a slow machine: none of these takes half a second here
WORDS = {f"w{number}": f"https://x.example/{number}" for number in range(190)}
TYPES = ["Achievement", "Address", "Alignment", "Evidence", "GeoCoordinates", "Image", "Profile", "Related"]


def nested(depth):
    found = {"name": "x"}
    for _ in range(depth):
        found = {"https://x.example/in": found}
    return found


def clique(size):
    return [
        {"id": f"_:n{a}", "type": ["Evidence"], "endorsement": [{"id": f"_:n{b}"} for b in range(size) if b != a]} for a in range(size)
    ]  # fmt: skip


HOSTILE = {
    "ten megabytes": ({"name": "x" * 10_000_000}, "larger than"),
    "a hundred thousand nodes": ({"evidence": [{}] * 100_000}, "more than 20000 values"),
    "six thousand nodes, all different": (
        {"evidence": [{"type": ["Evidence"], "name": f"{number}"} for number in range(4_500)]}, "10000 statements"
    ),
    "everybody knows everybody": ({"evidence": clique(40)}, "look-alike"),
    "two long chains alike": (
        {"https://x.example/a": [nested(30), nested(30)], "https://x.example/b": clique(9)}, "look-alike"
    ),
    "a thousand proofs": ({"proof": SIGNED["proof"] * 1_000}, "proofs"),
    "deep": ({"https://x.example/in": nested(60)}, "levels deep"),
    "a vocabulary from elsewhere": ({"@context": [CREDENTIALS, OPEN_BADGES, "https://evil.example/v1"]}, "not one that is kept here"),
    "a vocabulary in every node": ({"evidence": [{"@context": WORDS, "w1": "x"} for _ in range(60)]}, "vocabularies"),
    "many large vocabularies": ({"@context": [CREDENTIALS, *[WORDS] * 12]}, "vocabularies"),
    "vocabularies used in many ways": (
        {"@context": [CREDENTIALS, OPEN_BADGES, WORDS], "evidence": [
            {"type": [name for place, name in enumerate(TYPES) if number >> place & 1]} for number in range(1, 256)
        ]},
        "too many ways",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_too_much_is_refused_by_name_within_bounded_time(name):
    parts, sentence = HOSTILE[name]
    raw = json.dumps({**SIGNED, **parts})
    begun = time.process_time()
    verdict = verify_document(raw, resolver=WORLD, at=AT)
    assert time.process_time() - begun < MOST_SECONDS
    assert verdict.word == Word.MALFORMED and verdict.said is None
    assert sentence in " ".join(map(str, verdict.checks))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ('{"type":"VerifiableCredential","type":"x"}', "stands twice"),
        ('{"type":"VerifiableCredential","name":"\\ud800"}', "half of a character"),
        ('{"type":"VerifiableCredential","name":"\ud800"}', "half of a character"),
        ('{"type":"VerifiableCredential","\\udc00":1}', "half of a character"),
    ],
    ids=["duplicate key", "escaped surrogate", "plain surrogate", "surrogate in a key"],
)  # fmt: skip
def test_json_that_two_readers_read_differently_is_refused_by_name(raw, sentence):
    verdict = verify_document(raw, resolver=WORLD, at=AT)
    assert verdict.word == Word.MALFORMED and sentence in " ".join(map(str, verdict.checks))


def test_an_honest_credential_of_many_alignments_is_read():
    units = tuple(
        composing.CompetentUnit(f"urn:u:{n}", f"{n}", tuple(composing.Alignment(f"{n} {m}", f"urn:a:{n}:{m}") for m in range(30)))
        for n in range(60)
    )  # fmt: skip
    signed = composing.issue(facts(CHONGQING, units=units), key=CHONGQING.key, created=ISSUED)
    begun = time.process_time()
    assert verify_document(json.dumps(signed), resolver=WORLD, at=AT).word == Word.VALID
    assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.parametrize("seed", range(8))
def test_foreign_credentials_by_chance_signed_and_changed_are_never_valid_and_never_an_exception(seed):
    maker = Maker(Random(seed))
    for _ in range(25):
        foreign = maker.credential()
        foreign["@context"] = [CREDENTIALS, OPEN_BADGES]
        try:
            foreign = sign(foreign, key=CHONGQING.key, created=ISSUED)
        except CannotRead:
            foreign["proof"] = copy.deepcopy(SIGNED["proof"])
        for each in (foreign, maker.broken(foreign), maker.broken(SIGNED)):
            verdict = verify_document(json.dumps(each), resolver=WORLD, at=AT)
            verdict.as_json()
            assert verdict.word != Word.VALID or each == SIGNED or _same(each)


def _same(each):
    """A change that says nothing else: the order of a list that has none."""
    return json.dumps(each, sort_keys=True) == json.dumps(SIGNED, sort_keys=True) or sorted(json.dumps(each)) == sorted(
        json.dumps(SIGNED)
    )
