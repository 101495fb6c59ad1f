"""
Text that comes back from a page as it was written.

Typst draws a line of text in runs, a new one wherever a mark is raised above its letter, and says of each cluster of glyphs which text it
stands for (ActualText, ISO 32000-1, 14.9.4): once for each run that draws a part of it, and in the order of the eye where a script runs
leftwards. Readers add blanks. So no Lao, Khmer or Urdu name came back as a name. Here a line with such clusters becomes one piece of marked
content with one text: all of it, once, in the order of reading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .glyphs import Fonts, Piece
from .objects import Objects
from .reading import text_of
from .tags import PageTags, Tags

_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_NEXT = re.compile(rb"EMC/Span<</MCID (\d+)([^\n]*)>>BDC\n")
_FIRST = re.compile(rb"/Span<</MCID (\d+)([^\n]*)>>BDC\n$")
_PLACED = re.compile(rb"q 1 0 0 -1 [\d.-]+ [\d.-]+ cm((?:/c\d+ cs(?: [\d.]+)+ scn)?)\nBT")
_MATRIX = re.compile(rb"1 0 0 -1 ([\d.-]+) ([\d.-]+) Tm")
_BEGINS, _ENDS = b"q 1 0 0 -1 ", b"\nET\nQ\n"
_BT = b"\nBT"
_CLUSTER, _LEFTWARDS = b"/ActualText", b"/ReversedChars"
_CLOSE = 0.01  # points
_RAISED = 0.8  # of the size: marks stand nearer to their line, the next line further away


@dataclass
class _Run:
    """Glyphs drawn at one height, and what stands before them in the page."""

    before: bytes
    drawn: bytes

    @property
    def is_hard(self) -> bool:
        return _CLUSTER in self.drawn or _LEFTWARDS in self.drawn

    @property
    def colour(self) -> bytes:
        """
        What sets it.

        :raises KeyError: if the run sets something else too.
        """
        found = _PLACED.match(self.drawn)
        if found is None:
            raise KeyError(self.drawn)
        return found[1]

    def place(self) -> tuple[float, float, float]:
        """Where from the left and from below, and the size of its letters."""
        _, _, _, _, _, x, y, rest = self.drawn.split(b" ", 7)
        return float(x), float(y), float(rest.partition(b" Tf")[0].rpartition(b" ")[2])


@dataclass
class _Line:
    """Runs of one line and of one piece of the structure."""

    runs: list[_Run]
    part: int | None
    how: bytes
    swallowed: list[int] = field(default_factory=list)

    @classmethod
    def begun_by(cls, run: _Run) -> "_Line":
        first = _FIRST.search(run.before)
        return cls([run], int(first[1]), first[2]) if first else cls([run], None, b"")

    def takes(self, run: _Run, tags: PageTags) -> bool:
        """Whether the run goes on with this line; then it belongs to it."""
        part = None
        if run.before:
            found = _NEXT.fullmatch(run.before)
            if found is None or self.part is None or found[2] != self.how:
                return False
            part = int(found[1])
            if not tags.are_one(self.part, part):
                return False
        if not self._goes_on_with(run):
            return False
        self.runs.append(run)
        if part is not None:
            self.swallowed.append(part)
        return True

    def _goes_on_with(self, run: _Run) -> bool:
        (left, base, letters), (last, _, _), (x, y, size) = self.runs[0].place(), self.runs[-1].place(), run.place()
        is_below = size != letters or abs(y - base) > _RAISED * letters
        return x >= last - _CLOSE and not (is_below and x <= left + _CLOSE)


def make_copyable(objects: Objects, *, words: str) -> None:
    """In every page. ``words`` is all that went onto the pages, as it was given."""
    tags = Tags(objects)
    for body in list(objects.values()):
        contents, resources = _CONTENTS.search(body), _RESOURCES.search(body)
        if b"/Type/Page/" not in body or contents is None or resources is None:
            continue
        number = int(contents[1])
        content = objects.content(number)
        if _CLUSTER in content or _LEFTWARDS in content:
            fonts = Fonts(objects, int(resources[1]))
            objects.put(number, b"".join(_rewritten(content, tags.of_page(body), fonts, words)))
    tags.write()


def _rewritten(content: bytes, tags: PageTags, fonts: Fonts, words: str) -> Iterator[bytes]:
    *chunks, rest = content.split(_ENDS)
    line: _Line | None = None
    for chunk in chunks:
        begins = chunk.rfind(_BEGINS)
        run = _Run(chunk[:begins], chunk[begins:] + _ENDS)
        # A group that is turned or scaled is another matter: what is drawn in it stays as it is.
        if begins < 0 or b" cm/" not in run.drawn[:60]:
            yield from _written(line, tags, fonts, words)
            yield chunk + _ENDS
            line = None
        elif line is None or not line.takes(run, tags):
            yield from _written(line, tags, fonts, words)
            line = _Line.begun_by(run)
    yield from _written(line, tags, fonts, words)
    yield rest


def _written(line: _Line | None, tags: PageTags, fonts: Fonts, words: str) -> Sequence[bytes]:
    if line is None:
        return ()
    as_it_was = [part for run in line.runs for part in (run.before, run.drawn)]
    if not any(run.is_hard for run in line.runs):
        return as_it_was
    drawn: list[bytes] = []
    pieces: list[Sequence[Piece]] = []
    left, base, _ = line.runs[0].place()
    colour = b""
    try:
        for run in line.runs:
            kept, found = fonts.pieces_of(run.drawn[run.drawn.index(_BT) + len(_BT) : -len(_ENDS)])
            x, y, _ = run.place()
            drawn += (b"" if run.colour == colour else run.colour, _moved(kept, x - left, base - y))
            pieces.append(found)
            colour = run.colour
        said = text_of(pieces, words).encode("utf-16-be").hex().upper().encode()
    except (KeyError, UnicodeDecodeError):
        return as_it_was
    tags.swallow(line.swallowed)
    begins = b"q 1 0 0 -1 %b %b cm\nBT/Span<</ActualText<FEFF%b>>>BDC" % (_number(left), _number(base), said)
    return [line.runs[0].before, begins, *drawn, b"\nEMC", _ENDS]


def _moved(text: bytes, right: float, down: float) -> bytes:
    """The same glyphs, placed from where the line begins and not from where their run began."""
    if not right and not down:
        return text
    return _MATRIX.sub(
        lambda found: b"1 0 0 -1 %b %b Tm" % (_number(float(found[1]) + right), _number(float(found[2]) + down)), text
    )


def _number(value: float) -> bytes:
    return (b"%.4f" % value).rstrip(b"0").rstrip(b".") or b"0"
