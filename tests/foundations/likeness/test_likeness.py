"""Names that are alike across scripts, romanisations and spellings, and names that are not."""

import pytest

from corridor.foundations.likeness.blocks import block_keys, pairs_to_compare
from corridor.foundations.likeness.letters import latin_forms, plain, squeezed
from corridor.foundations.likeness.scoring import Clue, best_likeness, likeness, score_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Nguyễn  Văn-An", "nguyen van an"),
        ("Łukasz ØRE", "lukasz ore"),
        ("Xi’an", "xian"),
        ("Ｍｅｉ", "mei"),
        ("ຄຳຫຼ້າ", plain("ຄຳຫຼ້າ")),
    ],
)
def test_plain_letters_have_no_case_accent_or_point(written, expected):
    assert plain(written) == expected
    assert plain(plain(written)) == plain(written)


def test_signs_of_other_scripts_are_no_accents():
    assert plain("ຄຳ") != plain("ຄ")
    assert plain("නිමාලි") == "නිමාලි"


def test_chinese_characters_have_every_likely_reading():
    assert "zeng guo fan" in latin_forms("曾国藩")
    assert {"lu bu", "lv bu", "lyu bu"} <= latin_forms("吕布")
    assert latin_forms("陳美") >= {"chen mei"}
    assert len(latin_forms("单曾乐行重长朝覃" * 3)) <= 30


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chen Mei", "MEI, Chen"),
        ("Chen Mei", "Chenmei"),
        ("陈美", "Chén Měi"),
        ("陳美", "陈美"),
        ("ບຸນມີ ສີສະຫວາດ", "Bounmy Sisavath"),
        ("Bounmy Sisavath", "Bunmi Sisavat"),
        ("Zhang Xiuying", "Chang Hsiu-ying"),
        ("นิมาลี", "Nimalee"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("김민수", "Kim Minsu"),
        ("Mohammad Yusuf", "Muhammad Yusof"),
    ],
)
def test_forms_of_one_name_are_alike_and_meet_in_a_block(one, other):
    assert likeness(one, other) >= 0.74
    assert block_keys([one]) & block_keys([other])


@pytest.mark.parametrize(
    ("one", "other"), [("Chen Mei", "Liu Yan"), ("Khamla", "Nimali"), ("Bounmy Sisavath", "Somchai Rattana")]
)
def test_different_names_are_not(one, other):
    assert likeness(one, other) < 0.6


def test_the_best_two_names_are_told():
    assert best_likeness(["陈美", "May"], ["Chen Mei"]) == (1.0, "陈美", "Chen Mei")
    assert best_likeness([], ["Chen Mei"]) == (0.0, "", "")


def test_words_that_half_of_the_names_hold_make_no_key():
    aside = {"university", "of"}
    assert not block_keys(["University of Dalat"], aside=aside) & block_keys(["University of Hue"], aside=aside)


def test_only_things_with_a_common_key_are_compared():
    keys = {"a": ["x", "y"], "b": ["y", "x"], "c": ["z"], "d": ["z"]}
    assert list(pairs_to_compare(keys)) == [("a", "b"), ("c", "d")]
    assert list(pairs_to_compare(keys, among=["d"])) == [("c", "d")]
    assert list(pairs_to_compare(keys, most=1)) == []


def test_a_score_stays_between_nothing_and_a_hundred():
    assert score_of([Clue("name", 70, ""), Clue("born", 50, "")]) == 100
    assert score_of([Clue("born", -60, "")]) == 0
    assert squeezed("Chen Mei") == "chenmei"
