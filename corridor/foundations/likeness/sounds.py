"""The rough sound of a name in Latin letters: what the romanisations of one name have in common."""

import re
from functools import lru_cache

from .letters import latin_forms

# Romanisations of one sound, to one letter: Zhang, Chang and Jang; Bounthavy and Bunthavi; Wade-Giles hs and pinyin x.
_ALIKE = (
    (re.compile(r"^ng(?=[aeiouy])"), "n"),
    (re.compile(r"tch|tsch|sch|tsh|zh|ch|ts|tz|dz|dj"), "c"),
    (re.compile(r"hs|sh"), "s"),
    (re.compile(r"ph"), "p"),
    (re.compile(r"bh"), "b"),
    (re.compile(r"th|dh"), "t"),
    (re.compile(r"kh|gh|ck"), "k"),
    (re.compile(r"rh"), "r"),
    (re.compile(r"[qjz]"), "c"),
    (re.compile(r"x"), "s"),
    (re.compile(r"[bp]"), "p"),
    (re.compile(r"[dt]"), "t"),
    (re.compile(r"g"), "k"),
    (re.compile(r"r"), "l"),
    (re.compile(r"[wf]"), "v"),
)
_VOWELS = re.compile(r"[aeiouy]+")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS_ALIKE = (
    (re.compile(r"ou|oo|u"), "u"),
    (re.compile(r"ee|ii|y|i"), "i"),
    (re.compile(r"ae|ai|ay|e"), "e"),
    (re.compile(r"aa|a"), "a"),
)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """One word of plain Latin letters as it sounds, roughly, with its vowels."""
    for pattern, letter in _ALIKE:
        word = pattern.sub(letter, word)
    for pattern, letter in _VOWELS_ALIKE:
        word = pattern.sub(letter, word)
    word = word[:1] + word[1:].replace("h", "")
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=200_000)
def bones(word: str) -> str:
    """The consonants of its sound; of a word that begins with a vowel, "a" and the rest."""
    heard = sound(word)
    first = "a" if _VOWELS.match(heard) else ""
    return _DOUBLED.sub(r"\1", first + _VOWELS.sub("", heard))


@lru_cache(maxsize=100_000)
def heard_in(name: str) -> frozenset[tuple[str, ...]]:
    """Each Latin form of a name as the sounds of its words."""
    return frozenset(tuple(sound(word) for word in form.split()) for form in latin_forms(name))
