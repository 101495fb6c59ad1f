"""The text of a line from its pieces: in the order of reading, and what was drawn in several strokes said once."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from .glyphs import Piece

_LEFTWARDS = {"R", "AL"}
_RIGHTWARDS = {"L", "EN"}


class Doubt(NamedTuple):
    """A word of which a piece was drawn twice: itself, a pattern of what it may be, and what it is taken for where nothing fits."""

    whole: str
    pattern: str
    otherwise: str

    def text(self, words: str) -> str:
        """What of it stands in ``words``."""
        if self.whole in words:
            return self.whole
        found = re.search(self.pattern, words)
        return found[0] if found else self.otherwise


class Reading(NamedTuple):
    """A line in the order of reading. Where a doubled piece leaves a doubt, the words that were given decide."""

    parts: tuple[str | Doubt, ...]

    def text(self, words: str) -> str:
        """All of it, once. ``words`` is all that went onto the page."""
        return "".join([part if isinstance(part, str) else part.text(words) for part in self.parts])


def reading_of(runs: Sequence[Sequence[Piece]]) -> Reading:
    """How these runs are read, given from the left."""
    pieces = [piece for run in _in_order_of_reading(runs) for piece in run]
    texts = [piece.text for piece in pieces]
    if sum(1 for _ in groupby(texts)) == len(texts):
        return Reading(("".join(texts),))
    parts = groupby(pieces, key=lambda piece: piece.text.isspace())
    return Reading(
        tuple("".join([piece.text for piece in part]) if is_blank else _word(list(part)) for is_blank, part in parts)
    )


def _in_order_of_reading(runs: Sequence[Sequence[Piece]]) -> Iterator[Sequence[Piece]]:
    """Runs of a script that is written leftwards, with what stands between two of them, from the right."""
    waiting: list[Sequence[Piece]] = []
    between: list[Sequence[Piece]] = []
    for run in runs:
        kind = _direction("".join([piece.text for piece in run]))
        if kind in _LEFTWARDS:
            waiting += [*between, run[::-1]]
            between = []
        elif waiting and kind not in _RIGHTWARDS:
            between.append(run)
        else:
            yield from (*reversed(waiting), *between, run)
            waiting, between = [], []
    yield from (*reversed(waiting), *between)


@lru_cache(maxsize=2_048)
def _direction(text: str) -> str:
    found = set(map(unicodedata.bidirectional, text))
    return next((each for each in ("R", "AL", "L", "EN") if each in found), "")


def _word(pieces: Sequence[Piece]) -> str | Doubt:
    groups = [(text, list(same)) for text, same in groupby(pieces, key=lambda piece: piece.text)]
    whole = "".join([piece.text for piece in pieces])
    if len(groups) == len(pieces):
        return whole
    pattern = "".join(
        f"(?:{re.escape(text)}){{1,{len(same)}}}" if len(same) > 1 else re.escape(text) for text, same in groups
    )
    return Doubt(
        whole,
        pattern,
        "".join(text * (1 if any(each.is_cluster for each in same) else len(same)) for text, same in groups),
    )
