"""Reasons that the product writes itself are kept in one language and read in the reader's; a person's words stay as they are."""

import pytest
from django.utils import translation

from corridor.foundations.lifecycles import own_reasons
from corridor.foundations.lifecycles.own_reasons import in_words, written
from corridor.rooms.sites.models import FaultKind

OPENED = written(own_reasons.SITE_OPENED, site="wks-vientiane")
LATE = written(own_reasons.WRITTEN_LATER, day="2023-09-04")


def test_what_is_kept_does_not_follow_the_language_of_who_acts():
    with translation.override("lo"):
        assert written(own_reasons.SITE_OPENED, site="wks-vientiane") == OPENED == "The site wks-vientiane opened."


def test_a_reader_reads_it_in_their_language_and_days_as_they_write_them():
    with translation.override("en"):
        assert in_words(f"{OPENED} {LATE}") == (
            "The site wks-vientiane opened. First delivered on 4 September 2023; it was written down later."
        )
    with translation.override("zh-hans"):
        said = in_words(f"{OPENED} {LATE}")
    assert "wks-vientiane" in said
    assert "2023年9月4日" in said
    assert "opened" not in said


@pytest.mark.parametrize("kind", FaultKind, ids=str)
def test_every_kind_of_fault_is_read_with_its_own_word(kind):
    kept = written(own_reasons.FAULTS[kind.value])
    for language in ("en", "lo", "zh-hans"):
        with translation.override(language):
            assert in_words(kept) == str(kind.label)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The pump leaks.",
        "The site opened.",
        "Everything was kept.",
        f"{OPENED} And then it rained.",
        "It does not start again",
    ],
    ids=["nothing", "own_words", "no_place", "no_reference", "ours_and_theirs", "longer"],
)
def test_the_words_of_a_person_stay_as_they_are(words):
    with translation.override("lo"):
        assert in_words(words) == words


def test_what_is_not_ours_is_not_written_as_ours():
    with pytest.raises(AssertionError):
        written("Because.")
