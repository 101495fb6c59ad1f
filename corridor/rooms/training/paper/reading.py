"""
Marks read from the photograph of a sheet, as a proposal: what is not quite clear is said to be doubtful, and a person decides all of it.

The code says which sheet it is and where it lies; the four black squares say exactly where. Then the picture is laid flat, its light made even,
each box found where it was printed, and its ink compared with that of all the other boxes, most of which are empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .geometry import (
    BOX,
    COLUMNS,
    CORNER_SIZE,
    CORNERS,
    HEIGHT,
    QR_LEFT,
    QR_SIZE,
    QR_TOP,
    WIDTH,
    SheetCode,
    middle_of_row,
    read_code,
)

# Grey dots, or ink as 0 to 1: OpenCV gives back what it was given.
Picture = NDArray[Any]

DOTS = 10  # a millimetre
LONGEST_SIDE = 3600
SEARCH = 12
_QR = zxingcpp.barcode_formats_from_str("QRCode")
# The code has a margin of two modules on each side, which is not part of what is read; and how far off it may come to lie, in millimetres.
MARGIN, FARTHEST_OFF, MOST_SQUARES = 1.2, 4.0, 12
# How much of one of the four squares must be ink.
SQUARE_FULL = 0.9
# Of the inside of a box, how much is ink beyond what the empty ones show: below the first it is empty, above the second it is marked.
EMPTY_BELOW, MARKED_ABOVE = 0.045, 0.11
# How much a box must look like one for its place to be followed; and how much most boxes must, for the sheet to be read at all.
FRAME_SEEN, BOXES_SEEN = 0.25, 0.6


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the sheet. ``mark`` is empty where it is doubtful: no box, several, or one that is hardly inked."""

    seat: int
    mark: str
    inks: tuple[float, ...]

    @property
    def is_doubtful(self) -> bool:
        return not self.mark


@dataclass(frozen=True, slots=True)
class ReadSheet:
    code: SheetCode
    rows: tuple[ReadRow, ...]


def read_sheet(content: bytes) -> ReadSheet:
    """:raises BadInput: for what is no picture of a sheet, or one whose code or corners are not to be seen."""
    picture = _opened(content)
    code, code_corners = _code_of(picture)
    flat = _evened(_laid_flat(picture, code_corners))
    boxes = np.array(
        [[_ink_of(flat, x, middle_of_row(place)) for x in COLUMNS.values()] for place in range(len(code.seats))]
    )
    inks, likeness = boxes[:, :, 0], boxes[:, :, 1]
    # Other things than the four squares can be mistaken for them; then no box is where it was printed.
    if np.median(likeness) < BOXES_SEEN:
        raise _refused(
            N_("The boxes are not where they were printed. Lay the sheet flat, and photograph all four corners.")
        )
    # Most boxes of any sheet are empty: the median of all is what empty looks like in this light and with this blur.
    beyond = inks - np.median(inks)
    return ReadSheet(code, tuple(_row(seat, row) for seat, row in zip(code.seats, beyond, strict=True)))


def _row(seat: int, inks: NDArray[np.float64]) -> ReadRow:
    marked = [mark for mark, ink in zip(COLUMNS, inks, strict=True) if ink > MARKED_ABOVE]
    between = [ink for ink in inks if EMPTY_BELOW <= ink <= MARKED_ABOVE]
    mark = marked[0] if len(marked) == 1 and not between else ""
    return ReadRow(seat, mark, tuple(round(float(ink), 3) for ink in inks))


def _opened(content: bytes) -> Picture:
    try:
        picture = cv2.imdecode(np.frombuffer(content, dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        picture = None
    if picture is None or min(picture.shape[:2]) < 400:
        raise _refused(N_("This is no picture that can be read. Photograph the whole sheet, in good light."))
    scale = LONGEST_SIDE / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def _code_of(picture: Picture) -> tuple[SheetCode, NDArray[np.float32]]:
    for tried, scale in _ways_to_see(picture):
        for found in zxingcpp.read_barcodes(tried, formats=_QR):
            places = found.position
            corners = [places.top_left, places.top_right, places.bottom_right, places.bottom_left]
            return read_code(found.text), np.array([[each.x, each.y] for each in corners], dtype=np.float32) / scale
    raise _refused(N_("The code of the sheet cannot be read. Photograph it nearer, flat, and in even light."))


def _ways_to_see(picture: Picture) -> Iterator[tuple[Picture, float]]:
    """The picture as it is, then in ways in which grain, shadow or a far camera hide less; each with how much larger it is."""
    yield picture, 1.0
    yield cv2.equalizeHist(picture), 1.0
    yield cv2.GaussianBlur(picture, (0, 0), 1.2), 1.0
    yield cv2.resize(picture, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC), 1.5


def _laid_flat(picture: Picture, code_corners: NDArray[np.float32]) -> Picture:
    """The sheet as it was printed, ``DOTS`` to the millimetre: by the four squares that put the code where it was printed."""
    left, top, right, bottom = QR_LEFT + MARGIN, QR_TOP + MARGIN, QR_LEFT + QR_SIZE - MARGIN, QR_TOP + QR_SIZE - MARGIN
    printed = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)
    size = float(np.linalg.norm(code_corners[0] - code_corners[2])) / float(np.linalg.norm(printed[0] - printed[2]))
    # Around the sheet, as the code is read: top left, top right, bottom right, bottom left.
    corners = np.array([CORNERS[0], CORNERS[1], CORNERS[3], CORNERS[2]], dtype=np.float32)
    best, off = None, FARTHEST_OFF
    for four in combinations(_black_squares(picture, size), 4):
        points = np.array(four, dtype=np.float32)
        away = points - points.mean(axis=0)
        around = points[np.argsort(np.arctan2(away[:, 1], away[:, 0]))]
        for turn in range(4):
            exact = cv2.getPerspectiveTransform(np.roll(around, turn, axis=0), corners)
            seen = cv2.perspectiveTransform(code_corners[None], exact)[0]
            error = float(np.abs(seen - printed).max())
            if error < off:
                best, off = exact, error
    if best is None:
        raise _refused(N_("Not all four black squares of the sheet are on the picture. Photograph all four corners."))
    larger = np.diag([DOTS, DOTS, 1.0])
    return cv2.warpPerspective(
        picture, larger @ best, (int(WIDTH * DOTS), int(HEIGHT * DOTS)), flags=cv2.INTER_LINEAR, borderValue=255
    )


def _black_squares(picture: Picture, size: float) -> list[NDArray[np.float32]]:
    """The middles of everything that looks like one of the corner squares, the fullest first; ``size`` is a millimetre in dots at the code."""
    block = int(CORNER_SIZE * size * 4) | 1
    dark = cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(block, 15), 12)
    contours, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    wanted = (CORNER_SIZE * size) ** 2
    found: list[tuple[float, float, NDArray[np.float32]]] = []
    for contour in contours:
        area = cv2.contourArea(contour)
        if not 0.4 * wanted < area < 2.5 * wanted:
            continue
        box = cv2.minAreaRect(contour)
        (x, y), (width, height), _ = box
        if min(width, height) < 0.6 * max(width, height) or area < 0.8 * width * height:
            continue
        # A crossed box is as dark in its middle as a square is, and lighter between the strokes.
        if (full := _share_of_ink(dark, box)) > SQUARE_FULL:
            found.append((-full, abs(area / wanted - 1), np.array([x, y], dtype=np.float32)))
    return [middle for *_, middle in sorted(found, key=lambda each: each[:2])[:MOST_SQUARES]]


def _share_of_ink(dark: Picture, box: cv2.typing.RotatedRect) -> float:
    middle, (width, height), turned = box
    corners = cv2.boxPoints((middle, (width * 0.8, height * 0.8), turned)).astype(np.int32)
    left, top = np.maximum(corners.min(axis=0), 0)
    right, bottom = corners.max(axis=0) + 1
    part = dark[top:bottom, left:right]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(inside, corners - (left, top), 1)
    return float((part[inside > 0] > 0).mean())


def _evened(flat: Picture) -> Picture:
    """Ink as 0 to 1, whatever the light: each dot beside the paper around it."""
    paper = cv2.morphologyEx(flat, cv2.MORPH_CLOSE, np.ones((61, 61), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 15).astype(np.float32)
    return np.clip(1 - flat.astype(np.float32) / np.maximum(paper, 1), 0, 1)


def _ink_of(flat: Picture, x: float, y: float) -> tuple[float, float]:
    """How much of the inside of a box is ink, once the box is found, since paper bends; and how much what is there looks like a box."""
    half = int(BOX * DOTS / 2)
    middle_x, middle_y = round(x * DOTS), round(y * DOTS)
    reach = half + SEARCH + 3
    part = flat[middle_y - reach : middle_y + reach + 1, middle_x - reach : middle_x + reach + 1]
    likeness = cv2.matchTemplate(part, _FRAME, cv2.TM_CCOEFF_NORMED)
    _, best, _, (left, top) = cv2.minMaxLoc(likeness)
    if best < FRAME_SEEN:
        left = top = (part.shape[0] - _FRAME.shape[0]) // 2
    rim = 3 + int(0.55 * DOTS)
    inside = part[top + rim : top + _FRAME.shape[0] - rim, left + rim : left + _FRAME.shape[1] - rim]
    return float(inside.mean()), float(best)


def _frame() -> Picture:
    """What an empty box looks like."""
    side = int(BOX * DOTS) + 7
    frame = np.zeros((side, side), np.float32)
    cv2.rectangle(frame, (3, 3), (side - 4, side - 4), 1.0, 3)
    return cv2.GaussianBlur(frame, (0, 0), 1.2)


_FRAME = _frame()


def _refused(message: str) -> BadInput:
    return BadInput([Problem(message, column="photo")])
