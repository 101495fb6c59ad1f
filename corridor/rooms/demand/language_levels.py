"""How the level of a language is written, in every door: "HSK 4", or "CEFR B1 en" with the language."""

import re
from dataclasses import dataclass
from typing import Any

from corridor.foundations.vocabularies.languages import is_language

from .models import LanguageScheme

_HSK = re.compile(r"HSK\s*([1-9])", re.IGNORECASE)
_CEFR = re.compile(r"CEFR\s+([ABC][12])\s+([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)


@dataclass(frozen=True)
class LanguageLevel:
    scheme: LanguageScheme
    language: str
    level: str


def read_level(written: str) -> LanguageLevel | None:
    """The level that is written, or None where it is none of the two ways."""
    text = written.strip()
    if found := _HSK.fullmatch(text):
        return LanguageLevel(LanguageScheme.HSK, "zh", found[1])
    if (found := _CEFR.fullmatch(text)) and is_language(found[2]):
        return LanguageLevel(LanguageScheme.CEFR, found[2], found[1].upper())
    return None


def written_level(held: Any) -> str:
    if held.scheme == LanguageScheme.HSK:
        return f"HSK {held.level}"
    return f"CEFR {held.level} {held.language}"
