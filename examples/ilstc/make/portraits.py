"""Photos for one register: a quarter of its learners agreed, one took it back. Drawn, and nobody's; a circle is a head."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from .tables import draws

PURPOSE = "register_photo"
COHORT = "LGTC-VI-2024-A"
SIDE = 240
# Drawn larger and made small again, so that the edges are smooth.
LARGE = 4 * SIDE
WALLS = ((214, 226, 234), (228, 222, 208), (216, 230, 216), (232, 218, 220))
SKINS = ((196, 148, 110), (178, 128, 92), (210, 164, 126))
HAIRS = ((28, 24, 24), (44, 34, 30), (20, 20, 26))
CLOTHES = ((38, 70, 112), (92, 96, 104), (24, 92, 84), (128, 52, 44))


@dataclass(frozen=True)
class Agreed:
    person: str
    agreed_on: str
    withdrawn_on: str


def learners(folder: Path) -> list[Agreed]:
    """Who of the cohort agreed when they enrolled: the first, every third of the next, and the one who took it back."""
    with (folder / "enrolments.csv").open(encoding="utf-8", newline="") as file:
        seats = [row for row in csv.DictReader(file) if row["cohort"] == COHORT and row["enrolled_on"]]
    return [
        Agreed(row["person"], row["enrolled_on"], "2024-01-19" if number == 9 else "")
        for number, row in enumerate(seats)
        if number % 3 == 0 and number < 36
    ]


def write(folder: Path, agreed: list[Agreed]) -> None:
    into = folder / "photos"
    into.mkdir(parents=True, exist_ok=True)
    random = draws("portraits")
    with (folder / "person_photos.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["person", "file", "kept_on"])
        for each in agreed:
            name = f"{each.person.lower()}.png"
            _portrait(random).save(into / name)
            writer.writerow([each.person, name, each.agreed_on])


def _portrait(random: Random) -> Image.Image:
    wall, skin, hair, cloth = (random.choice(several) for several in (WALLS, SKINS, HAIRS, CLOTHES))
    picture = Image.new("RGB", (LARGE, LARGE), wall)
    draw = ImageDraw.Draw(picture)
    middle, wide = LARGE // 2 + random.randint(-20, 20), random.randint(150, 175)
    is_long = random.random() < 0.5
    if is_long:
        draw.rounded_rectangle((middle - wide - 40, 210, middle + wide + 40, 690), 170, fill=hair)
    draw.rectangle((middle - 66, 540, middle + 66, 740), fill=_darker(skin))
    draw.ellipse((middle - 360, 670, middle + 360, 1400), fill=cloth)
    draw.polygon([(middle - 90, 690), (middle + 90, 690), (middle, 790)], fill=_darker(skin))
    draw.ellipse((middle - wide, 230, middle + wide, 650), fill=skin)
    draw.chord((middle - wide - 14, 200, middle + wide + 14, 560), 180 + random.randint(4, 16), 350, fill=hair)
    for side in (-1, 1):
        eye = middle + side * 62
        draw.ellipse((eye - 15, 434, eye + 15, 464), fill=(30, 26, 26))
        draw.line((eye - 34, 404, eye + 34, 400), fill=hair, width=12)
    draw.arc((middle - 56, 500, middle + 56, 570), 20, 160, fill=(120, 62, 54), width=12)
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(64)


def _darker(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return (colour[0] - 18, colour[1] - 18, colour[2] - 16)
