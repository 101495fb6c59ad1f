"""How a text is cut: pairs of letters, and single letters where one is a word."""

import unicodedata

from corridor.foundations.likeness.letters import plain, squeezed

LONGEST = 300
# Scripts whose single sign carries a meaning or a syllable: people look for one of them alone.
_SIGNS = ("CJK UNIFIED", "CJK COMPATIBILITY", "HIRAGANA", "KATAKANA", "HANGUL SYLLABLE")


def is_sign(letter: str) -> bool:
    return not letter.isascii() and unicodedata.name(letter, "").startswith(_SIGNS)


def searchable(text: str) -> str:
    """The letters that are compared: plain, without spaces, so that "chenmei" finds "Chen Mei"."""
    return squeezed(text)[:LONGEST]


def grams_of(letters: str) -> set[str]:
    """Every pair of neighbours in ``searchable`` letters, and every sign alone."""
    pairs = {letters[place : place + 2] for place in range(len(letters) - 1)}
    return pairs | {letter for letter in letters if is_sign(letter)}


def asked(words: str) -> str:
    """What somebody typed, as it is compared."""
    return searchable(plain(words))
