"""What the glyphs of a run stand for, by the tables of their fonts and by what the run says of its clusters."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from .keeping import kept, length
from .objects import Objects

_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
# Strings of glyphs hold brackets that are not escaped where they are balanced.
_STRING = rb"(?:[^()\\]|\\.)*"
for _ in range(3):
    _STRING = rb"(?:[^()\\]|\\.|\(" + _STRING + rb"\))*"
_TOKEN = re.compile(rb"/Span<</ActualText<([0-9A-F]*)>>>BDC|(\nEMC)|\((" + _STRING + rb")\)", re.DOTALL)
_SET = re.compile(rb"/(f\d+) [\d.]+ Tf")
_MARK = re.compile(rb"/Span<</ActualText<[0-9A-F]*>>>BDC|\nEMC|/ReversedChars BMC")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Piece(NamedTuple):
    """A glyph or a cluster: its text, and whether it may be a part of what the next piece stands for too."""

    text: str
    is_cluster: bool


class Fonts:
    """What each glyph of each font of a page stands for."""

    def __init__(self, objects: Objects, resources: int) -> None:
        self._objects = objects
        self._numbers = {found[1]: int(found[2]) for found in _FONT.finditer(objects[resources])}
        self._tables: dict[bytes, bytes] = {}

    def table(self, font: bytes) -> bytes:
        """
        From glyphs to what they stand for; empty where the font has none.

        :raises KeyError: if the page has no such font.
        """
        if font not in self._tables:
            table = _TO_UNICODE.search(self._objects[self._numbers[font]])
            self._tables[font] = self._objects.content(int(table[1])) if table else b""
        return self._tables[font]


def without_marks(run: bytes) -> bytes:
    """The run without what is said of its clusters."""
    return _MARK.sub(b"", run)


def pieces_of(run: bytes, table: bytes) -> Sequence[Piece]:
    """
    The pieces of a run as they are drawn, from the left.

    :raises KeyError: if a glyph stands for nothing known, or the run is set in several fonts.
    """
    texts = _read(table)
    pieces = []
    for each in _parts_of(run):
        if isinstance(each, bytes):
            text = texts[each]
            pieces.append(Piece(text, len(text) > 1))
        else:
            pieces.append(each)
    return pieces


@kept(2_048, weighs=length)
def _parts_of(run: bytes) -> Sequence[Piece | bytes]:
    """Pieces that are told, and glyphs. Kept: tables say the same word again and again, and so do the certificates of a cohort."""
    if len(set(_SET.findall(run))) != 1:
        raise KeyError(run)
    parts: list[Piece | bytes] = []
    is_told = False
    for told, ends, string in _TOKEN.findall(run):
        if told:
            is_told = True
            parts.append(Piece(bytes.fromhex(told.decode()).decode("utf-16"), is_cluster=True))
        elif ends:
            is_told = False
        elif not is_told:
            parts += _glyphs(string)
    return parts


@lru_cache(maxsize=256)
def _read(table: bytes) -> Mapping[bytes, str]:
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _MAPPED.findall(table)
    }


def _glyphs(string: bytes) -> list[bytes]:
    if b"\\" in string:
        string = _ESCAPED.sub(_unescaped, string)
    return [string[at : at + 2] for at in range(0, len(string), 2)]


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes((int(sign, 8),)) if sign[:1].isdigit() else _LETTERS.get(sign, sign)
