"""The plain letters of a name: without case, accents and points, and in Latin letters whatever its script."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from anyascii import anyascii
from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal

# Accents of Latin, Greek and Cyrillic letters. Signs of other scripts are vowels and tones: they belong to the name.
_ACCENTS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u02bb`\u00b4\u200b-\u200f\ufeff]")
_STROKES = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "ng"})  # fmt: skip
# A character with many readings would make thousands of forms of a long name.
MOST_READINGS, MOST_FORMS = 3, 24


def plain(text: str) -> str:
    """
    The name without case, accents, points and doubled spaces, in its own script: "Nguyễn  Văn-An" is "nguyen van an".

    Signs that carry a vowel or a tone outside Latin, Greek and Cyrillic stay. An apostrophe joins: "Xi'an" is "xian".
    """
    opened = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    folded = _ACCENTS.sub("", opened).casefold().translate(_STROKES)
    kept = "".join(
        each if each.isalnum() or unicodedata.category(each) in {"Mn", "Mc"} else " "
        for each in unicodedata.normalize("NFC", folded)
    )
    return " ".join(kept.split())


def squeezed(text: str) -> str:
    """``plain`` without any space: what a search compares where one writes "chenmei" for "Chen Mei"."""
    return plain(text).replace(" ", "")


def is_han(text: str) -> bool:
    """Whether a Chinese character stands in it."""
    return _HAN.search(text) is not None


@lru_cache(maxsize=200_000)
def latin_forms(text: str) -> frozenset[str]:
    """
    The name in plain Latin letters, in every reading that is likely: one form for most scripts; for Chinese characters the readings of
    Hanyu Pinyin (a family name may be read otherwise than the word), ü as v, u and yu. Words stand apart; at most 24 forms.
    """
    forms = {plain(anyascii(text))}
    if is_han(text):
        forms |= _pinyin_forms(text)
    return frozenset(form for form in forms if form)


def _pinyin_forms(text: str) -> set[str]:
    readings = [
        list(dict.fromkeys(_without_tone(each) for each in options))[:MOST_READINGS]
        for options in pinyin(plain(text), style=Style.TONE3, heteronym=True, v_to_u=True)
    ]
    found = set()
    for syllables in islice(product(*readings), MOST_FORMS):
        found.add(plain(" ".join(syllables)))
        if any("ü" in syllable for syllable in syllables):
            found |= {plain(" ".join(syllables).replace("ü", sign)) for sign in ("v", "yu")}
    return set(sorted(found)[:MOST_FORMS])


def _without_tone(syllable: str) -> str:
    return to_normal(syllable, v_to_u=True).strip()
