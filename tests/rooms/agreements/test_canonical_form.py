"""Equal content has one hash, wherever it came from and in whatever order; and any change of what is promised has another."""

import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.rooms.agreements.canonical import (
    NEVER_COUNT,
    bytes_of,
    canonical_form,
    clauses_of,
    content_of,
    first_form,
    hash_of,
    hash_still_matches,
    read_content,
)
from corridor.rooms.agreements.models import Agreement, AgreementLine, AgreementParty, AgreementText

from .contents import written

LETTERS = st.text(alphabet="abcé第条ງົມ협ﾃñÅ ", min_size=1, max_size=12).filter(lambda text: text.strip() != "")
BODIES = st.lists(st.lists(LETTERS, min_size=1, max_size=2), min_size=1, max_size=3)
TEXTS = st.dictionaries(st.sampled_from(["en", "zh-Hans", "lo", "th", "my"]), st.tuples(LETTERS, BODIES), min_size=1)
PARTIES = st.dictionaries(st.sampled_from(["chongqing", "vientiane", "colombo", "mekong"]), LETTERS, min_size=2)
LINES = st.dictionaries(st.tuples(st.integers(1, 40), st.sampled_from(["en", "lo"])), LETTERS, max_size=5)


def messy(text: str, draw) -> str:
    """The same words as another program writes them: decomposed, with tabs, hard spaces and what cannot be seen."""
    form = draw(st.sampled_from(["NFC", "NFD"]))
    space = draw(st.sampled_from([" ", "  ", "\t", "\u00a0 ", " \u200b", "\u3000"]))
    return space + unicodedata.normalize(form, text).replace(" ", space) + draw(st.sampled_from(["", " ", "\ufeff"]))


def messy_body(clauses: list[list[str]], draw) -> str:
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    blank = end + draw(st.sampled_from(["", " ", "\t"])) + end * draw(st.integers(1, 3))
    return draw(st.sampled_from(["", end])) + blank.join(
        end.join(messy(line, draw) for line in lines) for lines in clauses
    )


@given(TEXTS, PARTIES, LINES, st.data())
def test_equal_content_from_two_sources_has_one_hash(texts, parties, lines, data):
    clean = written(
        texts=[(tag, title, "\n\n".join("\n".join(one) for one in body)) for tag, (title, body) in texts.items()],
        parties=list(parties.items()),
        lines=[(number, language, text) for (number, language), text in lines.items()],
    )

    def shuffled(pairs):
        return data.draw(st.permutations(list(pairs)))

    other = written(
        texts=[
            (tag, messy(title, data.draw), messy_body(body, data.draw)) for tag, (title, body) in shuffled(texts.items())
        ],
        parties=[(member, messy(role, data.draw)) for member, role in shuffled(parties.items())],
        lines=[
            (number, language, messy(text, data.draw)) for (number, language), text in shuffled(lines.items())
        ],
    )  # fmt: skip
    assert hash_of(other) == hash_of(clean)
    assert read_content(canonical_form(other).decode()) == content_of(clean)


@given(BODIES)
def test_clauses_read_again_are_the_same(body):
    clauses = clauses_of("\n\n".join("\n".join(lines) for lines in body))
    assert clauses_of("\n\n".join(clauses)) == clauses


CHANGES = {
    "a word of a text": {"texts": [("en", "Joint training", "Article 1. We learn.\n\nArticle 2. We tell.")]},
    "two clauses made one": {"texts": [("en", "Joint training", "Article 1. We teach.\nArticle 2. We tell.")]},
    "a role": {"parties": [("chongqing", "leads"), ("vientiane", "watches")]},
    "a party": {"parties": [("chongqing", "leads"), ("vientiane", "hosts"), ("colombo", "")]},
    "a line": {"lines": [(1, "en", "Two brake testers")]},
    "the last day": {"ends_before": date(2026, 6, 1)},
    "the first day": {"starts_on": date(2023, 6, 2)},
    "another agreement with the same words": {"reference": "AGR-2023-0032"},
    "what it is a schedule of": {"parent": Agreement(reference="AGR-2022-0001")},
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_whatever_is_promised_counts(name):
    assert hash_of(written(**CHANGES[name])) != hash_of(written())


def test_every_column_counts_or_is_said_to_never_count():
    counting = {
        "Agreement": {
            "reference", "kind", "parent", "amends", "copied_from", "renews", "announcement", "starts_on", "ends_before",
        },
        "AgreementText": {"agreement", "language", "title", "body", "standing"},
        "AgreementParty": {"agreement", "organisation", "role"},
        "AgreementLine": {"agreement", "number", "language", "text"},
    }  # fmt: skip
    for model in (Agreement, AgreementText, AgreementParty, AgreementLine):
        name = model.__name__
        assert {field.name for field in model._meta.fields} == counting[name] | NEVER_COUNT[name], name


def test_what_never_counts_is_said_in_words():
    rules = (Path(__file__).parents[3] / "docs" / "rules" / "agreements.md").read_text(encoding="utf-8")
    missing = [f"`{name}`" for names in NEVER_COUNT.values() for name in names if f"`{name}`" not in rules]
    assert missing == []


def test_what_was_signed_in_the_first_form_is_still_what_was_signed():
    agreement = written(texts=[("en", "Joint  training", "Article 1.\r\n\r\nArticle 2.")])
    agreement.canonical_hash = sha256(first_form(agreement)).hexdigest()
    assert hash_still_matches(agreement)
    content = read_content(first_form(agreement).decode())
    assert content == content_of(agreement)
    assert bytes_of(content) == canonical_form(agreement)
    agreement.texts.all()[0].body = "Article 1. Something else."
    assert not hash_still_matches(agreement)
