"""Which of a thing's texts a reader gets, and what it says about itself: the language it is in, and whether it was reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from corridor.foundations.vocabularies.languages import choose


class TextRow(Protocol):
    language: str
    text: str
    text_state: str


@dataclass(frozen=True)
class Chosen:
    """``language`` is the BCP 47 tag for a ``lang`` attribute; ``text_state`` is draft, reviewed or stale."""

    text: str
    language: str
    text_state: str


def text_for(rows: Iterable[TextRow], language: str) -> Chosen:
    """The text for a reader of that language; give the prefetched rows: ``text_for(unit.titles.all(), "lo")``."""
    by_language = {row.language: row for row in rows}
    text, tag = choose({key: row.text for key, row in by_language.items()}, language)
    return Chosen(text, tag, by_language[tag].text_state if tag else "")
