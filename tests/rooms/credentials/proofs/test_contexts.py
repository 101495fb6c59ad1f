"""Vocabularies come from set-up, are the pinned ones, and are never fetched."""

import json

import pytest

from corridor.rooms.credentials.proofs import contexts
from corridor.rooms.credentials.proofs.quads import to_quads
from corridor.rooms.credentials.proofs.refusals import ContextsMissing, DataLoss, UnreadableForm

from .vectors import more_contexts


def pins(tmp_path, sha256="0" * 64):
    path = tmp_path / "pins.json"
    path.write_text(json.dumps({"https://words.example": {"file": "words/v1.jsonld", "sha256": sha256}}))
    return path


def test_without_set_up_the_refusal_says_what_to_run(tmp_path):
    with pytest.raises(ContextsMissing, match=r"node_modules/words/v1\.jsonld is not there\. Run \./start --prepare"):
        contexts.load(pins(tmp_path), tmp_path)


def test_a_file_that_differs_from_its_pin_is_refused(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "v1.jsonld").write_text('{"@context": {}}')
    with pytest.raises(ContextsMissing, match="is not the file that was pinned"):
        contexts.load(pins(tmp_path), tmp_path)


def test_the_installed_vocabularies_mean_what_the_published_ones_mean():
    """Equal as JSON, but for two words that were added to the Open Badges file under the same address."""
    published = more_contexts()
    for url in json.loads(contexts.PINS.read_text()):
        ours, theirs = (json.loads(each.inline_text([url]))[1:] for each in (contexts.bundled(), published))
        if url == contexts.OPEN_BADGES:
            for word in ("jti", "endorsementJwt"):
                assert word not in ours[0]
                del theirs[0][word]
        assert ours == theirs, url


@pytest.mark.parametrize("hidden", [{"unknown": "x"}, {"id": "x"}])
def test_inside_a_vocabulary_that_forgets_everything_unknown_words_are_still_found(hidden):
    presentation = {
        "@context": [contexts.CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [hidden],
    }
    with pytest.raises(DataLoss):
        to_quads(presentation)


@pytest.mark.parametrize(
    "local",
    [
        {"@import": "https://words.example"}, {"@base": "https://words.example/"}, {"@vocab": None}, {"name": None},
        {"list": {"@id": "urn:x", "@container": "@graph"}}, {"nest": "@nest"}, {"back": {"@reverse": "urn:x"}},
        {"deep": {"@id": "urn:x", "@context": {}}}, {"@language": "en"}, {"@propagate": False},
        {"word": {}}, {"word": ""}, {"word": 7}, {"word": {"@id": "urn:x", "@container": ["@set", {}]}},
    ],
)  # fmt: skip
def test_a_local_vocabulary_cannot_make_words_vanish(local):
    with pytest.raises(UnreadableForm):
        to_quads({"@context": [contexts.CREDENTIALS, local], "id": "urn:a", "name": "x"})


def test_a_local_vocabulary_may_define_words():
    quads = to_quads(
        {"@context": [contexts.CREDENTIALS, {"grade": "https://words.example/grade"}], "id": "urn:a", "grade": "A"}
    )
    assert [quad.predicate for quad in quads] == ["<https://words.example/grade>"]
