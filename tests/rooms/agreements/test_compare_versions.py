"""The difference between two versions: by field, and within a field by words, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.rooms.agreements.canonical import content_of
from corridor.rooms.agreements.comparing import by_words, differences, words_of

from .contents import written


def changed(text: str, other: str) -> tuple[list[str], list[str]]:
    return tuple([piece.text for piece in side if piece.differs] for side in by_words(text, other))


WORDS = {
    "english": ("We teach forty learners.", "We teach fifty learners.", (["forty"], ["fifty"])),
    "chinese": ("双方共同培训四十名学员。", "双方共同培训五十名学员。", (["四"], ["五"])),
    "lao": ("ຝຶກອົບຮົມຮ່ວມກັນ", "ຝຶກອົບຮົມຮ້ວມກັນ", (["ຮ່"], ["ຮ້"])),
    "thai": ("ฝึกอบรมครู", "ฝึกอบรมช่าง", (["ครู"], ["ช่าง"])),
    "burmese": ("သင်တန်း", "သင်ကြား", (["တန်း"], ["ကြား"])),
    "a word more": ("We teach.", "We teach together.", ([], [" together"])),
    "nothing before": ("", "Article 3.", ([], ["Article 3."])),
}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_difference_is_shown_in_words(name):
    before, after, wanted = WORDS[name]
    assert changed(before, after) == wanted


def test_marks_stay_with_their_letter():
    assert words_of("ຮ່ວມ we") == ["ຮ່", "ວ", "ມ", " ", "we"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_of_each_side_are_that_side(before, after):
    left, right = by_words(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    same = ["".join(piece.text for piece in side if not piece.differs) for side in (left, right)]
    assert same[0] == same[1]


def test_every_field_that_differs_is_named_once_and_nothing_else():
    before = written(lines=[(1, "en", "Two brake testers"), (2, "en", "Forty places")])
    after = written(
        texts=[("en", "Joint training", "Article 1. We teach.\n\nArticle 1a. We pay.\n\nArticle 2. We tell all.")],
        parties=[("vientiane", "hosts"), ("chongqing", "leads and pays")],
        lines=[(2, "en", "Fifty places"), (1, "en", "Two brake testers"), (3, "en", "One lift")],
    )
    found = [
        (each.field, each.place, each.before, each.after) for each in differences(content_of(before), content_of(after))
    ]
    assert found == [
        ("party", "chongqing", "leads", "leads and pays"),
        ("clause", "2", "Article 2. We tell.", "Article 1a. We pay."),
        ("clause", "3", None, "Article 2. We tell all."),
        ("line", "2", "Forty places", "Fifty places"),
        ("line", "3", None, "One lift"),
    ]
    assert differences(content_of(before), content_of(before)) == []
