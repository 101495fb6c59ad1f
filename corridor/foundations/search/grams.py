"""How a text is cut: pairs of letters, and single letters where one is a word."""

import re
import unicodedata

from corridor.foundations.likeness.han import simplified
from corridor.foundations.likeness.letters import plain, squeezed

LONGEST = 300
# Scripts whose single sign carries a meaning or a syllable: people look for one of them alone.
_SIGNS = ("CJK UNIFIED", "CJK COMPATIBILITY", "HIRAGANA", "KATAKANA", "HANGUL SYLLABLE")


def is_sign(letter: str) -> bool:
    return not letter.isascii() and unicodedata.name(letter, "").startswith(_SIGNS)


def searchable(text: str) -> str:
    """
    The letters that are compared: plain, without spaces, so that "chenmei" finds "Chen Mei"; digits of any script as 0 to 9, and what is
    written in several ways in one (陳 as 陈, ي as ی).
    """
    return folded(squeezed(text))[:LONGEST]


def folded(letters: str) -> str:
    """Plain letters in the one way in which they are compared."""
    if letters.isascii():
        return letters
    opened = _POINTS.sub("", unicodedata.normalize("NFD", letters)).translate(_ALIKE)
    return simplified("".join(map(_digit, unicodedata.normalize("NFC", opened))))


# Arabic letters are written with or without points, and one letter has a sign for each language: an Urdu ی, ک or ہ is an Arabic ي, ك or ه.
_POINTS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_ALIKE = str.maketrans(
    "\u064a\u0649\u0643\u0647\u0629\u06be\u06c3\u06d5\u0671", "\u06cc\u06cc\u06a9\u06c1\u06c1\u06c1\u06c1\u06c1\u0627"
)


def _digit(letter: str) -> str:
    return letter if letter.isascii() else str(unicodedata.decimal(letter, letter))


def grams_of(letters: str) -> set[str]:
    """Every pair of neighbours in ``searchable`` letters, and every sign alone."""
    pairs = {letters[place : place + 2] for place in range(len(letters) - 1)}
    return pairs | {letter for letter in letters if is_sign(letter)}


def asked(words: str) -> str:
    """What somebody typed, as it is compared."""
    return searchable(plain(words))
