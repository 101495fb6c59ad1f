"""The photos of assessments and what learners add: drawn, small, and nobody is in them."""

import csv
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from .tables import draws

WIDE, HIGH = 320, 240
FILES = ("evidence", "evidence_on_its_way", "own_files")
WALLS = ((206, 214, 218), (222, 216, 204), (200, 210, 196))
STEEL, WOOD, FLOOR, DARK = (58, 92, 140), (190, 150, 98), (150, 148, 142), (40, 42, 48)
BOXES = ((204, 168, 116), (188, 152, 104), (214, 182, 134))


def write(living: Path) -> None:
    """A picture for each file that an act names."""
    into = living / "files"
    into.mkdir(parents=True, exist_ok=True)
    for table in FILES:
        with (living / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                _picture(row["file"]).save(into / row["file"], optimize=True)


def _picture(name: str) -> Image.Image:
    random = draws(f"picture {name}")
    picture = Image.new("RGB", (2 * WIDE, 2 * HIGH), random.choice(WALLS))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 2 * WIDE, 2 * HIGH), fill=FLOOR)
    if "papers" in name or "letter" in name:
        _sheets(draw, random)
    elif "battery" in name:
        _battery(draw, random)
    elif "wheel" in name:
        _wheel(draw, random)
    else:
        _pallet(draw, random)
    return picture.resize((WIDE, HIGH), Image.Resampling.LANCZOS).quantize(32)


def _pallet(draw: ImageDraw.ImageDraw, random: Random) -> None:
    """A pallet on the rack, some rows of boxes on it."""
    left = random.randint(90, 170)
    for post in (40, 600):
        draw.rectangle((post - 10, 20, post + 10, 420), fill=STEEL)
    draw.rectangle((30, 330, 610, 350), fill=STEEL)
    draw.rectangle((left, 304, left + 330, 328), fill=WOOD)
    for foot in (left, left + 150, left + 300):
        draw.rectangle((foot, 318, foot + 30, 330), fill=DARK)
    for level in range(random.randint(2, 3)):
        for place in range(4):
            corner = left + 6 + 80 * place, 232 - 72 * level + random.randint(-3, 3)
            draw.rectangle((*corner, corner[0] + 76, corner[1] + 70), fill=random.choice(BOXES), outline=DARK, width=2)
            draw.line((corner[0] + 38, corner[1], corner[0] + 38, corner[1] + 70), fill=(228, 208, 170), width=8)


def _sheets(draw: ImageDraw.ImageDraw, random: Random) -> None:
    """Three sheets on a table, with a seal."""
    draw.rectangle((0, 120, 2 * WIDE, 2 * HIGH), fill=WOOD)
    for place in range(3):
        left, top = 60 + 180 * place, 150 + random.randint(-24, 24)
        draw.rectangle((left, top, left + 160, top + 220), fill=(248, 248, 244), outline=(180, 180, 176), width=2)
        for line in range(9):
            draw.line(
                (left + 16, top + 30 + 18 * line, left + random.randint(80, 144), top + 30 + 18 * line),
                fill=(120, 124, 130),
                width=4,
            )
        draw.ellipse((left + 96, top + 160, left + 146, top + 210), outline=(196, 40, 44), width=6)


def _battery(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((160, 190, 480, 400), fill=DARK)
    for pole, colour in ((220, (196, 40, 44)), (420, (60, 60, 66))):
        draw.rectangle((pole - 18, 160, pole + 18, 192), fill=(170, 172, 178))
        draw.line((pole, 160, pole + random.randint(-60, 60), 20), fill=colour, width=14)
    draw.rectangle((200, 250, 440, 350), fill=(240, 210, 60))


def _wheel(draw: ImageDraw.ImageDraw, random: Random) -> None:
    middle = 320 + random.randint(-20, 20)
    for radius, colour in ((170, DARK), (110, (176, 178, 184)), (44, (90, 92, 98)), (20, (200, 170, 60))):
        draw.ellipse((middle - radius, 230 - radius, middle + radius, 230 + radius), fill=colour)
    for x, y in ((0, -74), (70, -22), (44, 60), (-44, 60), (-70, -22)):
        draw.ellipse((middle + x - 11, 230 + y - 11, middle + x + 11, 230 + y + 11), fill=DARK)
