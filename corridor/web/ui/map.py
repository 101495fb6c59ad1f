"""
A map of places on land without borders: disputed borders are nobody's business here.

The projection is Natural Earth I (Patterson, Savric and Jenny 2011), turned so that the places stand in the middle. The frame follows the
places; the land comes from the world-atlas package through ``tools/make_assets.py``. The map is not mirrored in right-to-left pages.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import radians, sqrt
from pathlib import Path

LAND = Path(__file__).resolve().parent.parent / "static" / "built" / "land.json"
WIDTH = 700
MARGIN = 60
LETTER = 7.0  # width of a letter of a label, 13 px type, in SVG units
LINE = 16.0

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Place:
    """What is drawn: a name, a count, degrees north and east, and whether the place is only assumed."""

    name: str
    count: int
    latitude: float
    longitude: float
    is_assumed: bool = False


@dataclass(frozen=True)
class Frame:
    """The window on the world: the meridian in the middle, the top left corner on the plane, and the scale."""

    meridian: float
    left: float
    top: float
    scale: float
    height: int


@dataclass(frozen=True)
class Mark:
    name: str
    count: int
    x: float
    y: float
    radius: float
    is_assumed: bool
    is_large: bool
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    land: str
    marks: list[Mark]


def plane(latitude: float, longitude: float, meridian: float) -> tuple[float, float]:
    """Natural Earth I on a sphere of radius 1; y grows to the south."""
    lam, phi = radians(longitude - meridian), radians(latitude)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return x, -y


def frame_of(places: Sequence[Place]) -> Frame:
    """The window that holds all places with a margin; never so near that the land cannot be recognised."""
    if not places:
        return Frame(0.0, plane(0, -170, 0)[0], plane(80, 0, 0)[1], WIDTH / 5.2, 340)
    longitudes = sorted(place.longitude for place in places)
    meridian = round((longitudes[0] + longitudes[-1]) / 2, 0)
    points = [plane(place.latitude, place.longitude, meridian) for place in places]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(max(xs) - min(xs), 0.5), max(max(ys) - min(ys), 0.3)
    scale = min((WIDTH - 2 * MARGIN - 40) / wide, 480 / high)
    height = round(high * scale) + 2 * MARGIN
    left = (max(xs) + min(xs)) / 2 - WIDTH / 2 / scale
    top = (max(ys) + min(ys)) / 2 - height / 2 / scale
    return Frame(meridian, left, top, scale, height)


def project(latitude: float, longitude: float, frame: Frame) -> tuple[float, float]:
    """Degrees to the x and y of the drawing."""
    x, y = plane(latitude, longitude, frame.meridian)
    return round((x - frame.left) * frame.scale, 1), round((y - frame.top) * frame.scale, 1)


@lru_cache(maxsize=8)
def land_path(frame: Frame) -> str:
    """The land inside the frame as the ``d`` of a path, in whole units; empty before the set-up has made the land."""
    if not LAND.exists():
        return ""
    parts = []
    for ring in json.loads(LAND.read_text(encoding="utf-8")):
        longitude = (ring[0][0] - frame.meridian + 180) % 360 - 180 + frame.meridian
        unrolled, before = [], ring[0][0]
        for east, north in ring:
            longitude += (east - before + 180) % 360 - 180
            before = east
            unrolled.append((north, longitude))
        for turn in (-360, 0, 360):
            points = [project(north, east + turn, frame) for north, east in unrolled]
            if _is_seen(points, frame):
                parts.append(_line(points))
    return "".join(parts)


def _is_seen(points: list[tuple[float, float]], frame: Frame) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) > 0 and min(xs) < WIDTH and max(ys) > 0 and min(ys) < frame.height


def _line(points: list[tuple[float, float]]) -> str:
    kept: list[tuple[int, int]] = []
    for x, y in points:
        point = (round(x), round(y))
        if not kept or kept[-1] != point:
            kept.append(point)
    return "M" + "L".join(f"{x},{y}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def draw_map(places: Sequence[Place]) -> Map:
    """Circles whose area follows the count, the largest first, with labels that do not lie on each other."""
    frame = frame_of(places)
    marks: list[Mark] = []
    taken: list[Box] = []
    ordered = sorted(places, key=lambda place: (-place.count, place.name))
    spots = [(*project(place.latitude, place.longitude, frame), _radius(place.count)) for place in ordered]
    taken.extend((x - r, y - r, x + r, y + r) for x, y, r in spots)
    for place, (x, y, radius) in zip(ordered, spots, strict=True):
        is_large = radius >= 18
        words = _width(place.name if is_large else f"{place.name} {place.count}")
        label_x, label_y, anchor = _label_spot(x, y, radius, words, taken, frame)
        taken.append(_box(label_x, label_y, anchor, words))
        marks.append(
            Mark(
                place.name,
                place.count,
                x,
                y,
                radius,
                place.is_assumed,
                is_large,
                round(label_x, 1),
                round(label_y, 1),
                anchor,
            )
        )
    return Map(WIDTH, frame.height, land_path(frame), marks)


def _radius(count: int) -> float:
    return round(min(30.0, 4.0 + sqrt(count) * 2.5), 1)


def _width(label: str) -> float:
    return sum(13.0 if ord(letter) > 0x2E7F else LETTER for letter in label)


def _box(x: float, y: float, anchor: str, words: float) -> Box:
    left = {"start": x, "end": x - words, "middle": x - words / 2}[anchor]
    return left, y - LINE + 4, left + words, y + 4


def _label_spot(
    x: float, y: float, radius: float, words: float, taken: list[Box], frame: Frame
) -> tuple[float, float, str]:
    """The first of the spots around the circle where the label is in the frame and on nothing; else the least bad one."""
    away = radius + 6
    spots = [(x + away, y + 5 + dy, "start") for dy in (0, -8, 8, -14, 14)]
    spots += [(x - away, y + 5 + dy, "end") for dy in (0, -8, 8, -14, 14)]
    spots += [(x, y - away - 2, "middle"), (x, y + away + 11, "middle")]
    spots += [(x + 0.7 * away, y + 5 + dy, "start") for dy in (-22, 22)] + [
        (x - 0.7 * away, y + 5 + dy, "end") for dy in (-22, 22)
    ]
    if radius >= 18:
        spots = [(x, y - away - 2, "middle"), (x, y + away + 11, "middle"), *spots]
    return min(
        spots, key=lambda spot: (_cover(_box(spot[0], spot[1], spot[2], words), taken, frame), spots.index(spot))
    )


def _cover(box: Box, taken: list[Box], frame: Frame) -> float:
    left, top, right, bottom = box
    outside = max(0, -left) + max(0, right - WIDTH) + max(0, -top) + max(0, bottom - frame.height)
    overlaps = (
        max(0.0, min(right, r) - max(left, le)) * max(0.0, min(bottom, b) - max(top, t)) for le, t, r, b in taken
    )
    return outside * 100 + sum(overlaps)
