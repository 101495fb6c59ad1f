"""Registers on paper as hands fill them and phones see them: crosses, ticks and dots, askew, in bad light, blurred and grainy."""

import random
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfDocument

from corridor.rooms.training.paper.geometry import BOX, COLUMNS, middle_of_row

DOTS = 200 / 25.4
USUAL = [0.8, 0.06, 0.04, 0.06, 0.04]


@dataclass(frozen=True)
class Filled:
    """The bytes of a photograph; ``truth`` by row from 0: the mark, or nothing where no box or two were crossed."""

    photo: bytes
    truth: tuple[str, ...]


def page_of(pdf: bytes, number: int = 0) -> NDArray[np.uint8]:
    return np.array(PdfDocument(pdf)[number].render(scale=200 / 72).to_pil().convert("L"))


def fill_and_photograph(page: NDArray[np.uint8], *, rows: int, seed: int) -> Filled:
    """The same seed is the same hand and the same phone."""
    hand, grain = random.Random(seed), np.random.default_rng(seed)
    picture, truth = page.copy(), []
    for place in range(rows):
        number = hand.choices([1, 0, 2], [0.97, 0.015, 0.015])[0]
        marks = [hand.choices(list(COLUMNS), USUAL)[0]] if number == 1 else hand.sample(list(COLUMNS), number)
        for mark in marks:
            _cross(picture, COLUMNS[mark] * DOTS, middle_of_row(place) * DOTS, hand)
        truth.append(marks[0] if len(marks) == 1 else "")
    return Filled(_photographed(picture, hand, grain), tuple(truth))


def _cross(picture: NDArray[np.uint8], x: float, y: float, hand: random.Random) -> None:
    half, ink, pen = BOX / 2 * DOTS, hand.randint(10, 80), hand.choice([2, 3, 4])

    def at(across: float, down: float, loose: float = 3) -> tuple[int, int]:
        return int(x + across * half + hand.uniform(-loose, loose)), int(y + down * half + hand.uniform(-loose, loose))

    kind = hand.choice(["cross", "cross", "tick", "dot"])
    if kind == "cross":
        cv2.line(picture, at(-1, -1), at(1, 1), ink, pen)
        cv2.line(picture, at(1, -1), at(-1, 1), ink, pen)
    elif kind == "tick":
        corner = at(-0.25, 0.8, 1)
        cv2.line(picture, at(-1, 0, 2), corner, ink, pen + 1)
        cv2.line(picture, corner, at(1.2, -1.1, 1), ink, pen + 1)
    else:
        cv2.circle(picture, at(0, 0, 2), int(half * 0.75), ink, -1)


def _photographed(picture: NDArray[np.uint8], hand: random.Random, grain: np.random.Generator) -> bytes:
    edge = int(0.08 * picture.shape[1])
    seen = cv2.copyMakeBorder(picture, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=hand.randint(60, 140))
    high, wide = seen.shape
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    askew = flat + np.array(
        [[hand.uniform(-0.04, 0.04) * wide, hand.uniform(-0.04, 0.04) * high] for _ in range(4)], dtype=np.float32
    )
    seen = cv2.warpPerspective(seen, cv2.getPerspectiveTransform(flat, askew), (wide, high), borderValue=110)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), hand.uniform(-8, 8), 0.9)
    seen = np.rot90(cv2.warpAffine(seen, turn, (wide, high), borderValue=110), hand.choice([0, 0, 1, 2, 3]))
    light = np.linspace(hand.uniform(0.55, 1), hand.uniform(0.8, 1), seen.shape[1])[None, :]
    light = light * np.linspace(hand.uniform(0.75, 1), 1, seen.shape[0])[:, None]
    shown = cv2.GaussianBlur(seen * light, (0, 0), hand.uniform(0.3, 1.8))
    shown = shown + grain.normal(0, hand.uniform(2, 12), shown.shape)
    _, written = cv2.imencode(
        ".jpg", np.clip(shown, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, hand.randint(55, 92)]
    )
    return bytes(written.tobytes())
