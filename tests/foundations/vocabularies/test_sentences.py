"""A sentence in the reader's language: countries by their names, and names in their own direction."""

import pytest
from django.utils.translation import override

from corridor.foundations.vocabularies.sentences import isolated, sentence
from corridor.kernel.errors import Problem
from corridor.kernel.wording import CountryCode, LanguageTags

BOTH = "Both are in %(country)s."


@pytest.mark.parametrize(("language", "name"), [("en", "Laos"), ("zh-hans", "老挝"), ("ur", "لاؤس")])
def test_a_country_stands_by_its_name_in_the_language_of_the_reader(language: str, name: str):
    with override(language):
        said = sentence(Problem(BOTH, {"country": CountryCode("LA")}))
    assert name in said
    assert "LA" not in said


@pytest.mark.parametrize(
    ("language", "names"), [("en", "Khmer and Lao"), ("zh-hans", "高棉语和老挝语"), ("ur", "خمیر اور لاؤ")]
)
def test_languages_stand_by_their_names_in_the_language_of_the_reader(language: str, names: str):
    problem = Problem("There are papers in: %(languages)s.", {"languages": LanguageTags.of("km", "lo")})
    with override(language):
        assert names in sentence(problem)
    assert str(problem.places["languages"]) == "km, lo", "machines and logs get the tags"


def test_what_is_no_language_stands_as_it_was_written():
    with override("lo"):
        assert (
            sentence(Problem("“%(language)s” is none.", {"language": LanguageTags.of("no tag")})) == "“no tag” is none."
        )


def test_a_name_is_set_apart_where_lines_begin_at_the_right_and_nowhere_else():
    with override("ur"):
        assert isolated("Co., Ltd.") == "\u2068Co., Ltd.\u2069"
        assert isolated("") == ""
        assert "\u2068Vientiane\u2069" in sentence(Problem("Both are in the city of %(city)s.", {"city": "Vientiane"}))
    with override("lo"):
        assert isolated("Co., Ltd.") == "Co., Ltd."
