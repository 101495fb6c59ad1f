"""Whatever is handed in gets a named answer, and nothing that was not signed is ever called valid."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.data_integrity import canonical
from corridor.rooms.credentials.proofs.quads import to_quads
from corridor.rooms.credentials.proofs.rdfc import canonize
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.resolving import FolderResolver
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, ISSUED, Issuer, World, facts, write

CHONGQING = Issuer("chongqing", "Chongqing Motor College")
WORLD = World([CHONGQING])
SIGNED = composing.issue(facts(CHONGQING), key=CHONGQING.key, created=ISSUED)


def verify(raw):
    return verify_document(raw if isinstance(raw, str | bytes) else json.dumps(raw), resolver=WORLD, at=AT)


def changed(**parts):
    return {**copy.deepcopy(SIGNED), **parts}


POISON = [
    {
        "id": f"_:n{a}",
        "type": ["Evidence"],
        "audience": "x",
        "endorsement": [{"id": f"_:n{b}"} for b in range(12) if b != a],
    }
    for a in range(12)
]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("{", "not JSON"),
        ("[]", "not one JSON object"),
        ("null", "not one JSON object"),
        ('{"a":1,"a":2}', "stands twice"),
        ('{"a":NaN}', "not a number"),
        ('{"a":1e999}', "not a number"),
        ('{"a":-0.0}', "not a number"),
        ('{"a":9007199254740993}', "not a number"),
        ('{"a":' + "9" * 10_000 + "}", "not a number"),
        ('{"a":"\\ud800"}', "half of a character"),
        ('{"\\udfff":1}', "half of a character"),
        ('{"a":' * 60 + "1" + "}" * 60, "levels deep"),
        ('{"a":' * 200_000, "levels deep"),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "levels deep"),
        (b" " * 2_000_000, "larger than"),
        ('{"a":[' + "1," * 30_000 + "1]}", "more than"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJ2YyI6e319.c2ln", "JWT"),
        ('{"a":0.30000000000000004}', "not a number"),
        ('{"type":["VerifiablePresentation"]}', "not a credential"),
        ('{"type":{"VerifiableCredential":1}}', "not a credential"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_malformed_with_a_reason(raw, sentence):
    verdict = verify(raw)
    assert verdict.word == Word.MALFORMED
    assert sentence in str(verdict.named(CheckName.SHAPE))
    assert {check.result for check in verdict.checks} == {Result.FAIL, Result.NOT_LOOKED_AT}


@pytest.mark.parametrize(
    ("parts", "word", "sentence"),
    [
        ({"favouriteColour": "blue"}, Word.MALFORMED, "No vocabulary defines"),
        ({"favourite colour": "blue"}, Word.MALFORMED, "No vocabulary defines"),
        ({"type": [*SIGNED["type"], "Diploma Of All"]}, Word.MALFORMED, "No vocabulary defines"),
        ({"id": "credentials/7"}, Word.MALFORMED, "not a whole address"),
        ({"id": "https://a b.example/7"}, Word.MALFORMED, "not a valid address"),
        ({"id": "@foo"}, Word.MALFORMED, "would not be covered"),
        ({"@graph": []}, Word.MALFORMED, "@graph"),
        ({"@reverse": {}}, Word.MALFORMED, "@reverse"),
        ({"@context": [*SIGNED["@context"], "https://evil.example/words"]}, Word.MALFORMED, "not one that is kept here"),
        ({"@context": [*SIGNED["@context"], {"@import": "https://evil.example/words"}]}, Word.MALFORMED, "@import"),
        ({"@context": [*SIGNED["@context"], {"@vocab": None}]}, Word.MALFORMED, "@vocab"),
        ({"@context": [*SIGNED["@context"], None]}, Word.MALFORMED, "must be an address"),
        ({"@context": ["https://www.w3.org/ns/credentials/v2"] * 100}, Word.MALFORMED, "vocabularies"),
        ({"@context": {"name": {"@id": "@type"}}}, Word.MALFORMED, "readable"),
        ({"@context": [*SIGNED["@context"], {f"w{i}": f"w{i + 1}:x" for i in range(9_000)}]}, Word.MALFORMED, "words"),
        ({"@context": [*SIGNED["@context"], {"a": "b:c", "b": "a:c"}], "a": "x"}, Word.MALFORMED, "Cyclic"),
        ({"evidence": [[[]]]}, Word.MALFORMED, "inside a list"),
        ({"evidence": POISON}, Word.MALFORMED, "look-alike"),
        ({"proof": SIGNED["proof"] * 1000}, Word.MALFORMED, "proofs"),
        ({"proof": "signed"}, Word.MALFORMED, "not an object"),
        ({"proof": [{}]}, Word.MALFORMED, "kind"),
        ({"proof": [SIGNED["proof"][0] | {"cryptosuite": "bbs-2023"}]}, Word.MALFORMED, "bbs-2023"),
        ({"proof": [SIGNED["proof"][0] | {"type": "Ed25519Signature2020"}]}, Word.MALFORMED, "Ed25519Signature2020"),
        ({"proof": [SIGNED["proof"][0] | {"proofPurpose": "authentication"}]}, Word.TAMPERED, "another purpose"),
        ({"proof": [SIGNED["proof"][0] | {"proofValue": 7}]}, Word.TAMPERED, "no signature that can be read"),
        ({"proof": [SIGNED["proof"][0] | {"proofValue": "z" + "1" * 90_000}]}, Word.TAMPERED, "signature"),
        ({"proof": [SIGNED["proof"][0] | {"previousProof": ["urn:x"] * 900}]}, Word.TAMPERED, "not there"),
        ({"proof": [SIGNED["proof"][0] | {"verificationMethod": {"id": 1}}]}, Word.TAMPERED, "name its key"),
        ({"proof": [SIGNED["proof"][0] | {"created": "yesterday"}]}, Word.TAMPERED, "when it was made"),
        ({"issuer": 7}, Word.TAMPERED, "who issued it"),
        ({"validFrom": ["2023-01-01T00:00:00Z"]}, Word.TAMPERED, "who issued it"),
    ],
)  # fmt: skip
def test_a_hostile_change_gets_the_answer_that_fits(parts, word, sentence):
    verdict = verify(changed(**parts))
    said = " ".join(map(str, verdict.checks))
    assert verdict.word == word, said
    assert sentence in said or sentence == "readable"
    assert verdict.said is None


def test_a_word_given_another_meaning_does_not_fool_the_page():
    """The statements are the signed ones; the JSON shows another learner under a word of its own."""
    document = changed()
    document["@context"] = [*document["@context"], {"shownAs": "https://schema.org/name", "id2": "@id"}]
    document["shownAs"] = document.pop("name")
    assert canonical({k: v for k, v in document.items() if k != "proof"}) == canonical(
        {k: v for k, v in SIGNED.items() if k != "proof"}
    )
    verdict = verify(document)
    assert verdict.word != Word.VALID and verdict.said is None


@pytest.mark.parametrize(
    "same_statements",
    [
        {"description": [SIGNED["description"]]},
        {"name": {"@value": SIGNED["name"]}},
        {"image": None},
        {"endorsement": []},
        {"credentialSubject": [SIGNED["credentialSubject"]]},
        {"https://schema.org/name": SIGNED["name"]},
        {"evidence": [*SIGNED["evidence"], {"id": SIGNED["evidence"][0]["id"]}]},
        {"evidence": [*SIGNED["evidence"], SIGNED["evidence"][0]]},
        {"evidence": [*SIGNED["evidence"], {"id": SIGNED["issuer"]["id"], "name": SIGNED["issuer"]["name"]}]},
    ],
)
def test_the_same_statements_in_other_json_are_not_what_was_signed(same_statements):
    verdict = verify(changed(**same_statements))
    assert verdict.word in {Word.MALFORMED, Word.TAMPERED} and verdict.said is None
    assert verdict.named(CheckName.SHAPE).result == Result.FAIL


def paths(value, here=()):
    found = [here]
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += paths(inner, (*here, key))
    return found


PATHS = [path for path in paths(SIGNED) if path]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False), st.text(max_size=6),
    st.sampled_from(["", "@id", "@type", "@none", "_:b0", "id", "https://x.example/", *map(str, SIGNED["type"]), SIGNED["id"]]),
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "type", "@id", "@type", "@value", "@context", "name", "proof", "@list", "url", "image", "x"]
) | st.text(max_size=4)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=5
)


@st.composite
def mutations(draw):
    document = copy.deepcopy(SIGNED)
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(PATHS))
        try:
            parent = document
            for step in path[:-1]:
                parent = parent[step]
            here = parent[path[-1]]
            match draw(st.sampled_from(["replace", "drop", "wrap", "unwrap", "move", "add", "repeat", "value"])):
                case "replace":
                    parent[path[-1]] = draw(VALUES)
                case "drop":
                    del parent[path[-1]]
                case "wrap":
                    parent[path[-1]] = [here]
                case "unwrap":
                    parent[path[-1]] = here[0]
                case "move":
                    other = draw(st.sampled_from([p for p in PATHS if len(p) == 1]))
                    document[other[0]] = here
                case "add":
                    here[draw(KEYS)] = draw(VALUES)
                case "repeat":
                    here.append(here[0])
                case "value":
                    parent[path[-1]] = {"@value": here}
        except (KeyError, IndexError, TypeError, AttributeError):
            continue
    return document


def as_sets(value):
    """JSON in which the order of a list does not count, as in the statements that it makes."""
    if isinstance(value, dict):
        return {key: as_sets(inner) for key, inner in value.items()}
    return sorted((as_sets(inner) for inner in value), key=repr) if isinstance(value, list) else (type(value), value)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_a_mutated_credential_is_never_valid_and_never_an_exception(document):
    verdict = verify(document)
    verdict.as_json()
    if verdict.word == Word.VALID:
        assert as_sets(document) == as_sets(SIGNED)
        assert canonical(document) == canonical(SIGNED)
    else:
        assert as_sets(document) != as_sets(SIGNED)


def said_by(document, **options):
    try:
        return canonize(to_quads({key: value for key, value in document.items() if key != "proof"}, **options)).text
    except CannotRead as refusal:
        return refusal.code


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_leaving_out_definitions_that_are_not_used_never_changes_what_is_said(document):
    assert said_by(document) == said_by(document, whole=True)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(json.dumps(SIGNED)) - 1), st.integers(0, 60))
def test_bytes_put_into_a_credential_are_never_an_exception(noise, place, skipped):
    raw = json.dumps(SIGNED).encode()
    verdict = verify(raw[:place] + noise + raw[place + skipped :])
    if verdict.word == Word.VALID:
        assert as_sets(json.loads(raw[:place] + noise + raw[place + skipped :])) == as_sets(SIGNED)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["list", "companion", "did"]), KEYS, VALUES, st.booleans())
def test_a_mutated_list_companion_or_did_document_is_never_an_exception(which, key, value, inside):
    world = World([CHONGQING])
    did = CHONGQING.document
    target = {
        "list": world.changed[CHONGQING.list_url],
        "companion": world.changed[CHONGQING.list_url + "/reasons"],
        "did": did,
    }[which]
    if inside:
        target = target["verificationMethod"][0] if which == "did" else target["proof"][0]
    target[key] = value
    world.did_document = lambda _: did
    verify_document(json.dumps(SIGNED), resolver=world, at=AT).as_json()


def test_a_folder_of_nonsense_knows_nothing(tmp_path):
    (tmp_path / "dids").mkdir()
    (tmp_path / "dids" / "a.json").write_text("{")
    (tmp_path / "dids" / "b.json").write_text('{"id": 7}')
    verdict = verify_document(json.dumps(SIGNED), resolver=FolderResolver(tmp_path), at=AT)
    assert verdict.word == Word.UNKNOWN_ISSUER


def test_an_exported_folder_is_enough_to_verify(tmp_path):
    write(tmp_path / "dids", "chongqing.json", CHONGQING.document)
    write(tmp_path / "status", "chongqing.json", CHONGQING.signed_list())
    verdict = verify_document(json.dumps(SIGNED), resolver=FolderResolver(tmp_path), at=AT)
    assert verdict.word == Word.VALID
    assert verdict.named(CheckName.SCOPE).result == Result.UNKNOWN


def test_a_list_inside_a_proof_cannot_exhaust_the_canonizer():
    document = changed(evidence=[{"type": ["Evidence"], "name": "same"} for _ in range(4000)])
    assert verify(document).word in {Word.MALFORMED, Word.TAMPERED}
    with pytest.raises(CannotRead):
        canonical(changed(evidence=POISON))
