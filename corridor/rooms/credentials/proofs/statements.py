"""
What a document states: by the fast path where that reads it, by the general one otherwise; and where other software would say otherwise.

Implementations of JSON-LD and RDFC-1.0 disagree in five places. We follow the standard in all of them, never sign a document in
which one of them matters, and name it when we verify one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from corridor.kernel.wording import N_

from .contexts import Contexts, bundled
from .quads import read_quads
from .rdfc import Canonical, Statement, canonize
from .terms import HandOver
from .walk import walk

_NIL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
_DIRECTED = re.compile(r'(".*")\^\^<https://www\.w3\.org/ns/i18n#([^_>]*)_(?:ltr|rtl)>', re.DOTALL)
_TAGGED = re.compile(r'(".*")@([a-z0-9-]+)', re.DOTALL)
_JSON = "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
_I18N = "^^<https://www.w3.org/ns/i18n#"
_LARGEST_EXACT = 2**53
_SMALLEST_ALIKE = 1e-6


class Dispute(StrEnum):
    """Where implementations disagree about a document."""

    SORTING = "sorting"
    REPEATED = "repeated"
    DIRECTION = "direction"
    NUMBERS = "numbers"
    LOOK_ALIKES = "look_alikes"

    @property
    def sentence(self) -> str:
        """What it is about, as a template marked for translation."""
        return _SENTENCES[self]


_SENTENCES = {
    Dispute.SORTING: N_("Characters in it are sorted in two ways."),
    Dispute.REPEATED: N_("The same is told twice in it, and counted once or twice."),
    Dispute.DIRECTION: N_("Two texts in it differ in their direction only, and one may be left out."),
    Dispute.NUMBERS: N_("A number in it is so large, so small or so exact that it is written in two ways."),
    Dispute.LOOK_ALIKES: N_("So many parts of it look alike that some give up."),
}


class Spelled(NamedTuple):
    """A document in canonical N-Quads, and where others would spell it otherwise."""

    text: str
    disputes: frozenset[Dispute]


def spell(document: dict[str, Any], contexts: Contexts | None = None, *, hashed: str = "sha256") -> Spelled:
    """
    What the document states, in its one spelling, by a hash. Raises CannotRead when part of it would be lost, or it is too much work.
    """
    contexts = contexts or bundled()
    try:
        told, numbers = walk(document, contexts)
    except HandOver:
        told = [tuple(quad) for quad in read_quads(document, contexts)]
        numbers = {object_ for _, _, object_, _ in told if '"^^<' in object_}
        odd = {Dispute.NUMBERS} if _has_odd_number(document) else set()
    else:
        odd = set()
    found = canonize(told, algorithm=hashed)
    return Spelled(found.text, frozenset(odd.union(_disputes(told, numbers, found))))


def _disputes(told: list[Statement], numbers: set[str], found: Canonical) -> Iterable[Dispute]:
    if found.is_sorted_otherwise:
        yield Dispute.SORTING
    if found.is_laborious:
        yield Dispute.LOOK_ALIKES
    if len(told) > found.text.count("\n") and _is_repeated(told, numbers):
        yield Dispute.REPEATED
    if _I18N in found.text and _differs_in_direction(told):
        yield Dispute.DIRECTION


def _is_repeated(told: list[Statement], numbers: set[str]) -> bool:
    """Whether something is told twice that others count twice: a number (8 and "8"), JSON, or an empty list."""
    return any(
        times > 1 and (object_ == _NIL or object_ in numbers or object_.endswith(_JSON))
        for (_, _, object_, _), times in Counter(told).items()
    )


def _differs_in_direction(told: list[Statement]) -> bool:
    """Whether one node says the same text in the same language twice, in two directions or in one and none."""
    seen: dict[tuple[str, str, str, str, str], str] = {}
    for subject, predicate, object_, graph in told:
        match = _DIRECTED.fullmatch(object_) or _TAGGED.fullmatch(object_)
        text, language = match.groups() if match else (object_, "")
        if object_.startswith('"') and seen.setdefault((subject, predicate, graph, text, language), object_) != object_:
            return True
    return False


def _has_odd_number(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_odd_number, value.values() if isinstance(value, dict) else value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    size = abs(value)
    return bool(size > _LARGEST_EXACT or 0 < size < _SMALLEST_ALIKE or str(value) == "-0.0")
