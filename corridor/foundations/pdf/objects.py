"""
The objects of a PDF as Typst writes it, and the same packed: what is no stream goes compressed into one stream of objects, which ISO 32000-1
(7.5.7) and PDF/A-2 and -3 allow. A tagged page is hundreds of small objects: packed it weighs a fifth less. What is said about the file is
compressed too (only PDF/A-1 forbids that), and fonts go without their licence text and names of glyphs, which nobody reads in a PDF.

This reads one writer's files (a classic table of references, no updates, no encryption), not PDFs of strangers.
"""

import re
import zlib
from collections.abc import Mapping
from functools import lru_cache

from .fonts import slimmed

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_SIZE = re.compile(rb"xref\n0 (\d+)\n")
_TRAILER = re.compile(rb"trailer\n<<(.*)>>\nstartxref", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+")
_STREAM = b"\nstream\n"
_END = b"\nendstream"
_FONT_FILE = re.compile(rb"/FontFile2 (\d+) 0 R")
_METADATA = b"/Type/Metadata/Subtype/XML"
_ENTRY = 20  # bytes of a line of the table
_HEAD = 200  # bytes that what is said of a stream takes at most
# What differs from paper to paper is packed quickly, for a thirtieth of its weight; fonts are the same for many.
_LEVEL, _BEST = 3, 9


class Objects(dict[int, bytes]):
    """The body of each object, by its number."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        start, size, trailer = _START.search(pdf), None, None
        if start:
            table = int(start[1])
            size, trailer = _SIZE.match(pdf, table), _TRAILER.search(pdf, table)
        if start is None or size is None or trailer is None:
            raise ValueError("not a PDF with a classic table of references")
        self.size, self.trailer = int(size[1]), trailer[1]
        self.head = pdf[: pdf.index(b"1 0 obj")]
        lines = pdf[size.end() : trailer.start()]
        rows = [lines[at : at + _ENTRY] for at in range(0, self.size * _ENTRY, _ENTRY)]
        offsets = {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}
        placed = sorted(offsets.items(), key=lambda each: each[1])
        ends = [offset for _, offset in placed[1:]] + [table]
        for (number, offset), end in zip(placed, ends, strict=True):
            text = pdf[offset:end]
            self[number] = text[text.index(b"obj") + 3 : text.rindex(b"endobj")].strip(b"\r\n")

    def content(self, number: int) -> bytes:
        """What a compressed stream holds."""
        body = self[number]
        begins = body.index(_STREAM) + len(_STREAM)
        return zlib.decompress(body[begins : body.rindex(_END)])

    def put(self, number: int, content: bytes) -> None:
        """The same stream with another content."""
        packed = zlib.compress(content, _LEVEL)
        head = self[number][: self[number].index(_STREAM)]
        self[number] = _LENGTH.sub(b"/Length %d" % len(packed), head, count=1) + _STREAM + packed + _END

    def slim(self) -> None:
        """Without what weighs and says nothing."""
        for number, body in list(self.items()):
            if not body.endswith(b"endstream"):
                if found := _FONT_FILE.search(body):
                    self[int(found[1])] = _slim_font(self[int(found[1])])
            elif _METADATA in body[:_HEAD]:
                head, _, content = body.partition(_STREAM)
                packed = zlib.compress(content[: content.rindex(_END)], _LEVEL)
                head = _LENGTH.sub(b"/Filter/FlateDecode/Length %d" % len(packed), head, count=1)
                self[number] = head + _STREAM + packed + _END

    def packed(self) -> bytes:
        """All of it as a PDF with one stream of objects and a stream of references."""
        parts, at = [self.head], len(self.head)
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 0xFFFF)}
        # The two that are added.
        of_objects, of_references = self.size, self.size + 1
        loose, streams = _apart(self)
        for number, body in (streams | {of_objects: _stream_of_objects(loose)}).items():
            written = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            places[number] = (1, at, 0)
            parts.append(written)
            at += len(written)
        places |= {number: (2, of_objects, index) for index, number in enumerate(loose)}
        places[of_references] = (1, at, 0)
        parts.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (of_references, self._references(places), at))
        return b"".join(parts)

    def _references(self, places: Mapping[int, tuple[int, int, int]]) -> bytes:
        free = (0, 0, 0)
        rows = (places.get(number, free) for number in range(self.size + 2))
        table = b"".join(bytes((kind,)) + one.to_bytes(4) + two.to_bytes(2) for kind, one, two in rows)
        packed = zlib.compress(table, _LEVEL)
        rest = re.sub(rb"/Size \d+", b"", self.trailer)
        head = b"<</Type/XRef/Size %d/W[1 4 2]%b/Filter/FlateDecode/Length %d>>" % (self.size + 2, rest, len(packed))
        return head + _STREAM + packed + _END


@lru_cache(maxsize=64)
def _slim_font(body: bytes) -> bytes:
    """Kept for the next document: in a cohort the fonts of what is alike are the same."""
    head, _, content = body.partition(_STREAM)
    packed = zlib.compress(slimmed(zlib.decompress(content[: content.rindex(_END)])), _BEST)
    return _LENGTH.sub(b"/Length %d" % len(packed), head, count=1) + _STREAM + packed + _END


def _apart(objects: Mapping[int, bytes]) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """What is no stream, and what is one."""
    loose: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    for number, body in objects.items():
        (streams if body.endswith(b"endstream") else loose)[number] = body
    return loose, streams


def _stream_of_objects(loose: Mapping[int, bytes]) -> bytes:
    numbers, at = [], 0
    for number, body in loose.items():
        numbers.append(b"%d %d" % (number, at))
        at += len(body) + 1
    first = b" ".join(numbers) + b"\n"
    packed = zlib.compress(first + b"\n".join(loose.values()), _LEVEL)
    head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(loose), len(first), len(packed))
    return head + _STREAM + packed + _END
