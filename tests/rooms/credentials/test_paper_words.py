"""The words of a paper: every language that lies in the folder is whole, and says the same as the English one."""

import pytest

from corridor.foundations.vocabularies.languages import is_language
from corridor.rooms.credentials.models import CredentialKind
from corridor.rooms.credentials.paper_words import (
    SAID,
    WordsIncomplete,
    paper_languages,
    places_in,
    read_words,
    words_in,
)


@pytest.mark.parametrize("language", paper_languages())
def test_every_language_has_every_text_with_the_same_places(language):
    assert is_language(language)
    assert places_in(words_in(language)) == places_in(words_in("en"))


@pytest.mark.parametrize("language", paper_languages())
def test_no_text_is_empty_but_what_stands_between_sentences(language):
    texts = [
        line for line in (SAID / f"{language}.toml").read_text(encoding="utf-8").splitlines() if line.endswith('""')
    ]
    assert [line for line in texts if not line.startswith("space =")] == []


def test_english_is_always_there():
    assert "en" in paper_languages() and len(paper_languages()) >= 3
    assert words_in("en") is words_in("en"), "read once"
    with pytest.raises(TypeError):
        words_in("en").title[CredentialKind.AWARD] = "Diploma"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("specimen = ", "specimens = ", "th.toml: specimen is missing."),
        ("[title]\naward = ", "[title]\nawards = ", "th.toml, title: award is missing."),
        ("page = ", 'more = "?"\npage = ', "th.toml: nothing asks for more."),
    ],
)
def test_a_file_that_is_not_whole_is_refused_by_name_and_key(tmp_path, was, now, said):
    path = tmp_path / "th.toml"
    path.write_text((SAID / "en.toml").read_text(encoding="utf-8").replace(was, now, 1), encoding="utf-8")
    with pytest.raises(WordsIncomplete) as refused:
        read_words(path)
    assert str(refused.value) == said
