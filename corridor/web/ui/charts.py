"""
Charts drawn on the server as SVG, with classes and never style attributes; each stands beside a table with the same numbers.

A chart never shows a cell that its table hides: a hidden bar (value None) has no length, only its mark. Time and amounts run from left to
right in every language. Each chart comes in two drawings, wide and narrow (phones); the style sheet shows one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor, log10

from django.utils.translation import gettext

from .days import number_text


@dataclass(frozen=True)
class Bar:
    label: str
    y: float
    width: float
    text: str
    text_x: float
    is_hidden: bool


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    text: str
    label: str


@dataclass(frozen=True)
class Drawing:
    kind: str
    width: int
    height: int
    left: float
    foot: float
    ticks: list[Tick]
    bars: list[Bar] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    path: str = ""


def ticks_to(largest: float, most: int = 4) -> list[float]:
    """Round steps from 0 to the first round number that is not below ``largest``."""
    if largest <= 0:
        return [0, 1]
    rough = largest / most
    size = 10 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    step = max(step, 1)
    return [step * i for i in range(ceil(largest / step) + 1)]


def shorten(label: str, room: float) -> str:
    """Cut a label to the room it has, in SVG units, at 13 px type; wide scripts count double."""
    widths = [13.5 if ord(letter) > 0x2E7F else 6.9 for letter in label]
    if sum(widths) <= room:
        return label
    used, kept = 8.0, ""
    for letter, width in zip(label, widths, strict=True):
        if used + width > room:
            break
        used, kept = used + width, kept + letter
    return kept.rstrip() + "…"


def draw_bars(rows: Sequence[tuple[str, int | float | None]], *, kind: str, width: int, left: int) -> Drawing:
    """Horizontal bars, one per row of (label, value or None where it is hidden)."""
    scale = ticks_to(max((value for _, value in rows if value is not None), default=0))
    room = width - left - 44
    foot = 37 * len(rows) + 1
    bars = []
    for i, (label, value) in enumerate(rows):
        length = 0 if value is None else round(room * value / scale[-1], 1)
        text = gettext("hidden") if value is None else number_text(value)
        bars.append(
            Bar(shorten(label, left - 12), 6 + 37 * i, length, text, round(left + length + 8, 1), value is None)
        )
    ticks = [Tick(round(left + room * at / scale[-1], 1), number_text(at)) for at in scale]
    return Drawing(kind, width, foot + 28, left, foot, ticks, bars=bars)


def draw_steps(rows: Sequence[tuple[str, int | float | None]], *, kind: str, width: int, every: int) -> Drawing:
    """A line of steps through (label, value) in order of time; a hidden value (None) is left out and breaks nothing."""
    left, top, foot = 52, 24, 180
    scale = ticks_to(max((value for _, value in rows if value is not None), default=0), 3)
    gap = (width - left - 40) / max(len(rows) - 1, 1)
    points = []
    for i, (label, value) in enumerate(rows):
        if value is None:
            continue
        y = round(foot - (foot - top) * value / scale[-1], 1)
        is_said = (len(rows) - 1 - i) % every == 0
        points.append(Point(round(left + 20 + gap * i, 1), y, number_text(value), label if is_said else ""))
    path = ""
    if points:
        path = f"M{points[0].x} {points[0].y}" + "".join(f" H{b.x} V{b.y}" for _, b in pairwise(points)) + f" H{width}"
    ticks = [Tick(round(foot - (foot - top) * at / scale[-1], 1), number_text(at)) for at in scale]
    return Drawing(kind, width, foot + 40, left, foot, ticks, points=points, path=path)


def bar_drawings(rows: Sequence[tuple[str, int | float | None]]) -> list[Drawing]:
    return [draw_bars(rows, kind="wide", width=640, left=150), draw_bars(rows, kind="narrow", width=328, left=104)]


def step_drawings(rows: Sequence[tuple[str, int | float | None]]) -> list[Drawing]:
    narrow_every = max(1, ceil(len(rows) / 3))
    return [
        draw_steps(rows, kind="wide", width=640, every=max(1, ceil(len(rows) / 7))),
        draw_steps(rows, kind="narrow", width=328, every=narrow_every),
    ]


@dataclass(frozen=True)
class Segment:
    x: float
    width: float


def three_bars(parts: Sequence[int], overlap: int, distinct: int) -> tuple[list[Segment], Segment, Segment]:
    """
    The parts one after another, and below them the distinct persons and the overlap, in a box 1000 wide.

    Without the parts (some are hidden) the upper bar is one piece as long as the sum.
    """
    total = distinct + overlap
    unit = 1000 / total if total else 0
    pieces = list(parts) if parts and sum(parts) == total else [total]
    upper, x = [], 0.0
    for piece in pieces:
        upper.append(Segment(round(x, 1), round(max(piece * unit - 3, 1), 1)))
        x += piece * unit
    cut = round(distinct * unit, 1)
    return upper, Segment(0, max(cut - 3, 1)), Segment(cut, round(max(overlap * unit, 0), 1))
