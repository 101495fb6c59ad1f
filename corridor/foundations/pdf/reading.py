"""The text of a line from its pieces: in the order of reading, and what was drawn in several strokes said once."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from .glyphs import Piece

_LEFTWARDS = {"R", "AL"}
_RIGHTWARDS = {"L", "EN"}


def text_of(runs: Sequence[Sequence[Piece]], words: str) -> str:
    """The text of these runs, given from the left. Where a doubled piece leaves a doubt, ``words`` is looked into."""
    pieces = [piece for run in _in_order_of_reading(runs) for piece in run]
    texts = [piece.text for piece in pieces]
    if sum(1 for _ in groupby(texts)) == len(texts):
        return "".join(texts)
    parts = groupby(pieces, key=lambda piece: piece.text.isspace())
    return "".join(
        "".join(piece.text for piece in part) if is_blank else _word(list(part), words) for is_blank, part in parts
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


def _word(pieces: Sequence[Piece], words: str) -> str:
    groups = [(text, list(same)) for text, same in groupby(pieces, key=lambda piece: piece.text)]
    whole = "".join(piece.text for piece in pieces)
    if len(groups) == len(pieces) or whole in words:
        return whole
    some = "".join(
        f"(?:{re.escape(text)}){{1,{len(same)}}}" if len(same) > 1 else re.escape(text) for text, same in groups
    )
    if found := re.search(some, words):
        return found[0]
    return "".join(text * (1 if any(each.is_cluster for each in same) else len(same)) for text, same in groups)
