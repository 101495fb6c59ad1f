"""
Text that comes back from a page as it was written.

Typst draws a line of text in runs, a new one wherever a mark is raised above its letter, and says of each cluster of glyphs which text it
stands for (ActualText, ISO 32000-1, 14.9.4): once for each run that draws a part of it, and in the order of the eye where a script runs
leftwards. Readers add blanks. So no Lao, Khmer or Urdu name came back as a name. Here a line with such clusters becomes one piece of marked
content with one text: all of it, once, in the order of reading.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .glyphs import Fonts, pieces_of, without_marks
from .keeping import kept, length
from .objects import Objects
from .reading import Reading, reading_of
from .tags import PageTags, Tags

_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_NEXT = re.compile(rb"EMC/Span<</MCID (\d+)([^\n]*)>>BDC\n")
_FIRST = re.compile(rb"/Span<</MCID (\d+)([^\n]*)>>BDC\n$")
# Where a run begins, what sets its colour if nothing else is set, its first font, and the size of its letters.
_PLACED = re.compile(
    rb"q 1 0 0 -1 ([\d.-]+) ([\d.-]+) cm(?=/)(/c\d+ cs(?: [\d.]+)+ scn(?=\nBT))?.*?/(f\d+) ([\d.]+) Tf", re.DOTALL
)
_MATRIX = re.compile(rb"1 0 0 -1 ([\d.-]+) ([\d.-]+) Tm")
_BEGINS, _ENDS = b"q 1 0 0 -1 ", b"\nET\nQ\n"
_BT = b"\nBT"
_CLUSTER, _LEFTWARDS = b"/ActualText", b"/ReversedChars"
_CLOSE = 0.01  # points
_RAISED = 0.8  # of the size: marks stand nearer to their line, the next line further away


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """
    Glyphs drawn at one height: where from the left and from below. ``colour`` is what sets it, None where something else is set too. Two that are
    drawn alike are one, unless they are large.
    """

    strokes: bytes
    x: float
    y: float
    size: float
    font: bytes
    colour: bytes | None
    is_hard: bool


class _Tag(NamedTuple):
    """What stands before a run: which part of the page it begins, if any, and whether it does nothing else."""

    part: int | None
    how: bytes
    is_next: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """A stretch of a page that ends with a run: all of it, where in it the run begins, and which part of the page what stands before begins."""

    chunk: bytes
    begins: int
    tag: _Tag
    run: _Run


@dataclass(slots=True)
class _Line:
    """Stretches whose runs are of one line and of one piece of the structure."""

    stretches: list[_Stretch]
    is_hard: bool
    swallowed: list[int] = field(default_factory=list)

    def takes(self, stretch: _Stretch, tags: PageTags) -> bool:
        """Whether its run goes on with this line; then it belongs to it."""
        first, run = self.stretches[0], stretch.run
        is_below = run.size != first.run.size or abs(run.y - first.run.y) > _RAISED * first.run.size
        if run.x < self.stretches[-1].run.x - _CLOSE or (is_below and run.x <= first.run.x + _CLOSE):
            return False
        if stretch.begins:
            tag, own = stretch.tag, first.tag
            if not tag.is_next or tag.part is None or own.part is None or tag.how != own.how:
                return False
            if not tags.are_one(own.part, tag.part):
                return False
            self.swallowed.append(tag.part)
        self.stretches.append(stretch)
        self.is_hard |= run.is_hard
        return True


def make_copyable(objects: Objects, *, words: str) -> None:
    """In every page. ``words`` is all that went onto the pages, as it was given."""
    tags = Tags(objects)
    for body in list(objects.values()):
        if b"/Type/Page/" not in body:
            continue
        contents, resources = _CONTENTS.search(body), _RESOURCES.search(body)
        if contents is None or resources is None:
            continue
        number = int(contents[1])
        content = objects.content(number)
        if _CLUSTER in content or _LEFTWARDS in content:
            fonts = Fonts(objects, int(resources[1]))
            objects.put(number, b"".join(_rewritten(content, tags.of_page(body), fonts, words)))
    tags.write()


def _rewritten(content: bytes, tags: PageTags, fonts: Fonts, words: str) -> list[bytes]:
    *chunks, rest = content.split(_ENDS)
    written: list[bytes] = []
    line: _Line | None = None
    for chunk in chunks:
        stretch = _stretch_of(chunk)
        if stretch is None:
            written += _written(line, tags, fonts, words)
            written.append(chunk + _ENDS)
            line = None
        elif line is None or not line.takes(stretch, tags):
            written += _written(line, tags, fonts, words)
            line = _Line([stretch], stretch.run.is_hard)
    written += _written(line, tags, fonts, words)
    written.append(rest)
    return written


# What is kept here and below: pages say the same line again and again, and so do the certificates of a cohort.
@kept(8_192, weighs=length)
def _stretch_of(chunk: bytes) -> _Stretch | None:
    """None where no run ends it."""
    begins = chunk.rfind(_BEGINS)
    run = _run_of(chunk[begins:]) if begins >= 0 else None
    return None if run is None else _Stretch(chunk, begins, _tag_in(chunk[:begins]), run)


@kept(8_192, weighs=length)
def _run_of(strokes: bytes) -> _Run | None:
    """None for a group that is turned or scaled, which is another matter: what is drawn in it stays as it is."""
    placed = _PLACED.match(strokes)
    if placed is None:
        return None
    x, y, colour, font, size = placed.groups()
    is_hard = _CLUSTER in strokes or _LEFTWARDS in strokes
    return _Run(strokes, float(x), float(y), float(size), font, colour, is_hard)


def _tag_in(before: bytes) -> _Tag:
    is_next = _NEXT.fullmatch(before)
    found = is_next or _FIRST.search(before)
    return _Tag(int(found[1]), found[2], is_next is not None) if found else _Tag(None, b"", is_next=False)


def _written(line: _Line | None, tags: PageTags, fonts: Fonts, words: str) -> Sequence[bytes]:
    if line is None:
        return ()
    if line.is_hard:
        runs = tuple([stretch.run for stretch in line.stretches])
        try:
            begins, rest = _as_one(runs)
            reading = _read(runs, tuple([fonts.table(run.font) for run in runs]))
        except (KeyError, UnicodeDecodeError):
            pass
        else:
            tags.swallow(line.swallowed)
            said = reading.text(words).encode("utf-16-be").hex().upper().encode()
            first = line.stretches[0]
            return first.chunk[: first.begins], begins, said, rest
    return [part for stretch in line.stretches for part in (stretch.chunk, _ENDS)]


def _weight_of(runs: Sequence[_Run]) -> int:
    return sum([len(run.strokes) for run in runs])


@kept(4_096, weighs=_weight_of)
def _as_one(runs: Sequence[_Run]) -> tuple[bytes, bytes]:
    """
    A line drawn as one piece of marked content: what comes before its text, and after.

    :raises KeyError: if a run sets more than its colour.
    """
    drawn: list[bytes] = []
    left, base = runs[0].x, runs[0].y
    colour = b""
    for run in runs:
        if run.colour is None:
            raise KeyError(run)
        kept = without_marks(_glyphs(run))
        drawn += (b"" if run.colour == colour else run.colour, _moved(kept, run.x - left, base - run.y))
        colour = run.colour
    begins = b"q 1 0 0 -1 %b %b cm\nBT/Span<</ActualText<FEFF" % (_number(left), _number(base))
    return begins, b"".join([b">>>BDC", *drawn, b"\nEMC", _ENDS])


@kept(4_096, weighs=_weight_of)
def _read(runs: Sequence[_Run], tables: Sequence[bytes]) -> Reading:
    """:raises KeyError: if a glyph stands for nothing known, or a run is set in several fonts."""
    return reading_of([pieces_of(_glyphs(run), table) for run, table in zip(runs, tables, strict=True)])


def _glyphs(run: _Run) -> bytes:
    return run.strokes[run.strokes.index(_BT) + len(_BT) :]


def _moved(text: bytes, right: float, down: float) -> bytes:
    """The same glyphs, placed from where the line begins and not from where their run began."""
    if not right and not down:
        return text
    return _MATRIX.sub(
        lambda found: b"1 0 0 -1 %b %b Tm" % (_number(float(found[1]) + right), _number(float(found[2]) + down)), text
    )


def _number(value: float) -> bytes:
    return (b"%.4f" % value).rstrip(b"0").rstrip(b".") or b"0"
