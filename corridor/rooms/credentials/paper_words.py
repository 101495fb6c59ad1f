"""
The words of a certificate, one file for each language in which a paper can be written (``certificates/said/<tag>.toml``, by BCP 47).

These are not messages of the interface and go through no catalogue: a paper is one document in its own languages, whoever prints it and in
whatever language they read. Another language is another file with every key of the English one and the same places in braces.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from .models import CredentialKind, RecognitionKind

SAID = Path(__file__).parent / "certificates" / "said"
_TABLES = {"title": CredentialKind, "body": CredentialKind, "recognised": RecognitionKind}


class WordsIncomplete(Exception):
    """A file of words lacks a key, has one that nothing asks for, or leaves a place unfilled; names file and key."""


@dataclass(frozen=True, slots=True)
class PaperWords:
    """All that can stand on a certificate, in one language. ``colon`` follows a label; ``space`` stands between two sentences."""

    specimen: str
    unit: str
    date: str
    result: str
    competent: str
    counts_as: str
    nowhere_stated: str
    also: str
    colon: str
    space: str
    signed: str
    beside: str
    held_at: str
    ends: str
    no_end: str
    scan: str
    holds_all: str
    in_codes: str
    scan_all: str
    holder: str
    page: str
    title: Mapping[CredentialKind, str]
    body: Mapping[CredentialKind, str]
    recognised: Mapping[RecognitionKind, str]


@cache
def paper_languages() -> tuple[str, ...]:
    """The tags of the languages in which a paper can be written, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in SAID.glob("*.toml")))


@cache
def words_in(language: str) -> PaperWords:
    """
    The words in one of ``paper_languages``.

    :raises WordsIncomplete: for a file that is not whole.
    """
    return read_words(SAID / f"{language}.toml")


def read_words(path: Path) -> PaperWords:
    """:raises WordsIncomplete: names the file, and the first key that is amiss."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    require_keys(found, {each.name for each in fields(PaperWords)}, path.name)
    for name, kinds in _TABLES.items():
        require_keys(found[name], {kind.value for kind in kinds}, f"{path.name}, {name}")
        found[name] = MappingProxyType({kind: found[name][kind.value] for kind in kinds})
    return PaperWords(**found)


def places_in(words: PaperWords) -> dict[str, frozenset[str]]:
    """The places in braces of every text, by its key: alike in every language."""
    return {key: frozenset(place for _, place, _, _ in Formatter().parse(text) if place) for key, text in _texts(words)}


def _texts(words: PaperWords) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for each in fields(words):
        value = getattr(words, each.name)
        found += (
            [(each.name, value)]
            if isinstance(value, str)
            else [(f"{each.name}.{kind}", text) for kind, text in value.items()]
        )
    return found


def require_keys(given: Mapping[str, Any], wanted: set[str], where: str) -> None:
    if missing := sorted(wanted - set(given)):
        raise WordsIncomplete(f"{where}: {missing[0]} is missing.")
    if more := sorted(set(given) - wanted):
        raise WordsIncomplete(f"{where}: nothing asks for {more[0]}.")
