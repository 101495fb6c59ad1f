"""The fast path says what the general path says, hands over what it does not compile, and refuses what would be lost."""

import json
import os
from random import Random

import pytest

from corridor.rooms.credentials.proofs import composing, contexts
from corridor.rooms.credentials.proofs.compiled import Compiled
from corridor.rooms.credentials.proofs.data_integrity import document_hash, sign, sign_digest
from corridor.rooms.credentials.proofs.quads import read_quads
from corridor.rooms.credentials.proofs.rdfc import canonize
from corridor.rooms.credentials.proofs.refusals import CannotRead, DataLoss, NotJson, TooLarge, UnreadableForm
from corridor.rooms.credentials.proofs.statements import Dispute, spell
from corridor.rooms.credentials.proofs.terms import HandOver
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document
from corridor.rooms.credentials.proofs.walk import walk

from .cast import AT, ISSUED, Issuer, World, facts
from .generated import WORDS_URL, Maker, known
from .vectors import more_contexts, vectors

CHONGQING = Issuer("chongqing", "Chongqing Motor College")
TABLES = [contexts.CREDENTIALS, contexts.OPEN_BADGES]


def document(**parts):
    return {"@context": [*TABLES, WORDS_URL], "id": "urn:a", **parts}


def objects(told):
    return [object_ for _, _, object_, _ in walk(told, known()).quads]


def both(told, allowed):
    return canonize(walk(told, allowed).quads).text, canonize(read_quads(told, allowed)).text


@pytest.mark.parametrize(
    "path",
    [
        "vc-di-eddsa/unsigned.json", "vc-di-eddsa/eddsa-rdfc-2022/signedDataInt.json", "ob3-spec-vector/unsigned.json",
        "vc-di-eddsa/eddsa-rdfc-2022/proofConfigDataInt.json", "vc-di-eddsa/proof-set-chain/unsigned.json",
        "vc-di-eddsa/proof-set-chain/signedProofSet2.json", "vc-di-eddsa/proof-set-chain/signedProofChain2.json",
        "bitstring-status-list/credential-status-revoked.json",
    ],
)  # fmt: skip
def test_every_published_document_is_read_alike_by_both_paths(path):
    folder, _, rest = path.partition("/")
    fast, general = both(json.loads((vectors(folder) / rest).read_text()), more_contexts())
    assert fast == general != ""


def test_what_we_issue_is_read_alike_by_both_paths_signed_or_not():
    unsigned = composing.compose_credential(facts(CHONGQING, learner="\u0e84\u0eb3\ue000\U00020bb7"))
    signed = composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED)
    for told in (unsigned, signed, CHONGQING.signed_list()):
        fast, general = both(told, contexts.bundled())
        assert fast == general


@pytest.mark.parametrize("seed", range(40))
def test_credentials_by_chance_are_read_alike_by_both_paths(seed):
    maker = Maker(Random(seed))
    for told in (maker.credential(), maker.broken(maker.credential())):
        try:
            fast, general = both(told, known())
        except (CannotRead, HandOver):
            continue
        assert fast == general


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"favouriteColour": "blue"}, DataLoss),
        ({"id": "relative"}, DataLoss),
        ({"id": "https://a b.example"}, DataLoss),
        ({"id": 7}, UnreadableForm),
        ({"id": None}, UnreadableForm),
        ({"id": "@id"}, DataLoss),
        ({"type": "NoSuchType"}, DataLoss),
        ({"type": [7]}, UnreadableForm),
        ({"type": ""}, DataLoss),
        ({"type": 0}, UnreadableForm),
        ({"type": None}, UnreadableForm),
        ({"type": ["VerifiableCredential"], "issuer": "relative"}, DataLoss),
        ({"type": ["VerifiableCredential"], "proof": [{"id": "urn:only"}]}, DataLoss),
        ({"type": ["VerifiableCredential"], "proof": ["urn:only"]}, DataLoss),
        ({"name": "\ud800"}, NotJson),
        ({"name": {"@value": None}}, UnreadableForm),
        ({"name": {"@value": "x", "@language": "no tag"}}, DataLoss),
        ({"name": {"@value": 5, "@language": "en"}}, UnreadableForm),
        ({"name": {"@value": "x", "@language": 0}}, DataLoss),
        ({"name": {"@value": "x", "@direction": ""}}, DataLoss),
        ({"name": {"@value": "x", "@type": ""}}, DataLoss),
        ({"name": {"@value": "x", "@type": 0}}, UnreadableForm),
        ({"title": {"no tag": "x"}}, DataLoss),
        ({"title": {"en": 5}}, UnreadableForm),
        ({"@context": [*TABLES, {"name": "https://x.example/other"}], "name": "x"}, UnreadableForm),
        ({"@context": [*TABLES, {"xsd": "https://x.example/#"}, "https://nowhere.example"], "name": "x"}, CannotRead),
        ({"@context": [contexts.CREDENTIALS] * 13}, TooLarge),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_refused_and_never_handed_over(parts, refusal):
    with pytest.raises(refusal):
        walk(document(**parts), known())


@pytest.mark.parametrize(
    "parts",
    [
        {"@graph": []}, {"@reverse": {}}, {"@included": []}, {"name": {"@list": ["x"]}}, {"name": {"@set": ["x"]}}, {"name": [["x"]]},
        {"type": "_:b"}, {"_:b": "x"}, {"@type": "Profile", "type": "Profile"}, {"hours": 2**53 + 1}, {"hours": 1e-7},
        {"name": {"@value": "x", "@index": "y"}}, {"data": None}, {"@context": [*TABLES, {"a": "b:c", "b": "a:c"}], "name": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_compiled_is_handed_over(parts):
    with pytest.raises(HandOver):
        walk(document(**parts), known())


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"title": {"EN": "x", "@none": "y"}}, ['"x"@en', '"y"']),
        ({"urdu": "x"}, ['"x"^^<https://www.w3.org/ns/i18n#ur_rtl>']),
        ({"lao": "x"}, ['"x"@lo']),
        ({"hours": 8.0}, ['"8"^^<http://www.w3.org/2001/XMLSchema#integer>']),
        ({"anything": [True, 2.5]}, ['"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', '"2.5E0"^^<http://www.w3.org/2001/XMLSchema#double>']),
        ({"data": {"b": 1, "a": []}}, ['"{\\"a\\":[],\\"b\\":1}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>']),
        ({"kind": "words:x"}, ["<https://alliance.example/words#x>"]),
        ({"steps": []}, ["<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"]),
        ({"name": "\u2028\x7f\"\\"}, ['"\u2028\\u007F\\"\\\\"']),
    ],
    ids=str,
)  # fmt: skip
def test_each_kind_of_value_is_written_as_the_standard_says(parts, expected):
    assert objects(document(**parts)) == expected


def test_below_a_type_and_below_a_word_their_own_words_hold_and_no_longer_below_the_next_node():
    told = document(
        anything={"type": "Workshop", "title": "x", "bay": {"lift": "y"}, "anything": {"title": {"en": "z"}}}
    )
    assert {'"x"', '"y"', '"z"@en'} <= set(objects(told))
    with pytest.raises(DataLoss):
        walk(document(anything={"lift": "y"}), known())


@pytest.mark.parametrize(
    ("parts", "dispute"),
    [
        ({"name": ["𠮷", "（"]}, Dispute.SORTING),
        ({"anything": [{"id": "urn:b", "steps": []}, {"id": "urn:b", "steps": []}]}, Dispute.REPEATED),
        ({"hours": [8, "8"]}, Dispute.REPEATED),
        ({"anything": [{"id": "urn:b", "data": {}}, {"id": "urn:b", "data": {}}]}, Dispute.REPEATED),
        ({"urdu": "x", "anything": {"id": "urn:a", "words:said": {"@value": "x", "@language": "ur"}}}, Dispute.DIRECTION),
        ({"hours": 2**53 + 1}, Dispute.NUMBERS),
        ({"anything": [{"words:p": [{"words:q": "r"}, {"words:q": "r"}]} for _ in range(2)]}, Dispute.LOOK_ALIKES),
    ],
    ids=lambda value: value.value if isinstance(value, Dispute) else "",
)  # fmt: skip
def test_where_implementations_disagree_is_named_and_never_signed(parts, dispute):
    assert dispute in spell(document(**parts), known()).disputes
    with pytest.raises(UnreadableForm, match="other software would read it otherwise"):
        sign(document(**parts), key=CHONGQING.key, created=ISSUED, contexts=known())


def test_one_node_told_twice_in_the_same_words_is_no_dispute():
    twice = [{"id": "urn:b", "type": ["Evidence"], "name": "x", "hours": "8"}] * 2
    assert not spell(document(anything=twice), known()).disputes


def test_what_strangers_bring_is_kept_within_one_bound():
    allowed = Compiled(known())
    begun = allowed.start
    inside = allowed.after(begun, [contexts.CREDENTIALS, contexts.OPEN_BADGES])
    for number in range(2_100):
        inside.typed(("Profile", f"https://x.example/{number}"), lambda: None)
    assert allowed.start is not begun
    with pytest.raises(TooLarge):
        walk(
            document(anything=[{"@context": {f"w{n}": "https://x.example/"}, f"w{n}": "x"} for n in range(300)]),
            known(),
        )


def test_no_document_by_chance_ends_the_process():
    """The parser of the general path ended the process at a set inside a graph; whoever sends a document must not be able to."""
    child = os.fork()
    if child == 0:
        maker = Maker(Random(3))
        told = [maker.broken(maker.credential()) for _ in range(600)] + [
            document(type="VerifiableCredential", proof={"@set": []})
        ]
        for each in told:
            try:
                read_quads(each, known())
            except CannotRead:
                continue
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_a_verdict_names_where_other_software_would_read_it_otherwise():
    signed = composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED)
    verdict = verify_document(
        json.dumps({**signed, "name": "𠮷 （", "description": "（"}), resolver=World([CHONGQING]), at=AT
    )
    assert verdict.word == Word.TAMPERED and "dispute" not in verdict.as_json()["checks"][0]
    units = tuple(composing.CompetentUnit(f"https://alliance.example/{mark}", "Unit") for mark in ("𠮷", "（"))
    digest = document_hash(unsigned := composing.compose_credential(facts(CHONGQING, units=units)))
    proof = sign_digest(unsigned, digest, key=CHONGQING.key, created=ISSUED)
    verdict = verify_document(json.dumps({**unsigned, "proof": [proof]}), resolver=World([CHONGQING]), at=AT)
    signature = verdict.as_json()["checks"][0]
    assert (verdict.word, signature["dispute"]) == (Word.VALID, "sorting")
    assert "Other software may read it otherwise" in signature["reason"]
