"""What an organisation or the alliance is called by a reader of some language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from corridor.foundations.vocabularies.languages import choose


@dataclass(frozen=True)
class Called:
    """A name and the BCP 47 tag of the language it is in, for a ``lang`` attribute."""

    name: str
    language: str


class NamedIn(Protocol):
    language: str
    name: str


def called_in(names: Iterable[NamedIn], language: str, *, otherwise: str) -> Called:
    """The name for a reader of that language; ``otherwise`` (a reference) where there is none at all."""
    name, tag = choose({each.language: each.name for each in names}, language)
    return Called(name, tag) if name else Called(otherwise, "")
