"""The scans that a secretariat would have: signature pages, a register sheet, minutes, a decree. Drawn, not photographed; all invented."""

from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from .agreements import name_of
from .tables import Book, draws

WIDTH, HEIGHT, MARGIN = 827, 1169, 80
COPY = "Secretariat, records office"


def write(book: Book, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    book.open("documents", "reference,file,title,attested_by,attested_on,visibility")
    for agreement in book.rows("agreements"):
        _signature_page(book, into, agreement["reference"])
    _amendment_page(book, into)
    _register_sheet(book, into, "RYG-TT-01", 13)
    for country, read in (
        ("pk", "NVC level 2, nine units"),
        ("ph", "NC I and NC II, unit lists"),
        ("au", "AUR30620, twelve core units"),
    ):
        _minutes(book, into, country, read)
    _decree(book, into)


class Page:
    """One sheet of A4 at 100 dots an inch in black and white, a little askew, as it comes from a scanner."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.image = Image.new("L", (WIDTH, HEIGHT), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.y = MARGIN

    def line(self, text: str, *, size: int = 17, gap: int = 10, indent: int = 0) -> None:
        font = ImageFont.load_default(size)
        for part in _wrap(text, WIDTH - 2 * MARGIN - indent, font):
            self.draw.text((MARGIN + indent, self.y), part, fill=0, font=font)
            self.y += size + 5
        self.y += gap

    def rule(self) -> None:
        self.draw.line((MARGIN, self.y, WIDTH - MARGIN, self.y), fill=0, width=1)
        self.y += 14

    def signature(self, x: int, y: int) -> None:
        """A scrawl that is nobody's."""
        points, at = [], [float(x), float(y)]
        for _ in range(26):
            at[0] += self.random.uniform(1, 9)
            at[1] = y + self.random.uniform(-16, 14)
            points.append((at[0], at[1]))
        self.draw.line(points, fill=0, width=2, joint="curve")

    def stamp(self, x: int, y: int, word: str) -> None:
        self.draw.ellipse((x - 46, y - 46, x + 46, y + 46), outline=0, width=3)
        self.draw.ellipse((x - 38, y - 38, x + 38, y + 38), outline=0, width=1)
        font = ImageFont.load_default(13)
        self.draw.text((x, y), word, fill=0, font=font, anchor="mm")

    def save(self, path: Path) -> None:
        askew = self.image.rotate(self.random.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=255)
        askew.point(lambda level: 255 if level > 140 else 0).convert("1").save(path, "PNG", optimize=True)


def _wrap(text: str, width: int, font) -> list[str]:
    lines, now = [], ""
    for word in text.split():
        longer = f"{now} {word}".strip()
        if now and font.getlength(longer) > width:
            lines.append(now)
            now = word
        else:
            now = longer
    return [*lines, now]


def keep(book: Book, page: Page, into: Path, reference: str, title: str, attested_on: str, visibility: str) -> None:
    """Write a page down as a file, and as a row of the documents."""
    page.save(into / f"{reference}.png")
    book.add("documents", reference=reference, file=f"{reference}.png", title=title, attested_by=COPY, attested_on=attested_on,
             visibility=visibility)  # fmt: skip


def _signature_page(book: Book, into: Path, agreement: str) -> None:
    sides = [row for row in book.rows("agreement_parties") if row["agreement"] == agreement and row["scan"]]
    if not sides:
        return
    english = next(
        row for row in book.rows("agreement_texts") if row["agreement"] == agreement and row["language"] == "en"
    )
    page = Page(draws(f"scan {agreement}"))
    page.line("ILSTC Alliance", size=15)
    page.line(f"{agreement}  {english['title']}", size=23, gap=4)
    page.line("Signature page of the paper original. SPECIMEN: invented for an example.", size=13)
    page.rule()
    for article in english["body"].split("\n\n")[:3]:
        page.line(article, size=14, gap=8)
    page.rule()
    for side in sides:
        page.line(name_of(book, side["organisation"], "en"), size=17, gap=2)
        page.line(f"{side['signed_as']}, {side['signed_on']}", size=14, gap=58)
        page.signature(MARGIN + 330, page.y - 44)
        page.stamp(WIDTH - MARGIN - 60, page.y - 58, "SPECIMEN")
        page.y += 18
    last = max(side["signed_on"] for side in sides)
    keep(book, page, into, f"scan-{agreement.lower()}", f"{agreement}, signature page", last, "restricted")


def _amendment_page(book: Book, into: Path) -> None:
    amended = [row for row in book.rows("agreement_amendments") if row["language"] == "en"]
    for row in amended:
        reference = f"{row['agreement']}-A1"
        page = Page(draws(f"scan {reference}"))
        page.line("ILSTC Alliance", size=15)
        page.line(f"{reference}  Amendment", size=23, gap=4)
        page.line("Signature page of the paper original. SPECIMEN: invented for an example.", size=13)
        page.rule()
        page.line(row["text"], size=14, gap=8)
        page.rule()
        for side in (side for side in book.rows("agreement_parties") if side["agreement"] == row["agreement"]):
            page.line(name_of(book, side["organisation"], "en"), size=17, gap=2)
            page.line(f"{side['signed_as']}, {row['signed_on']}", size=14, gap=58)
            page.signature(MARGIN + 330, page.y - 44)
            page.stamp(WIDTH - MARGIN - 60, page.y - 58, "SPECIMEN")
            page.y += 18
        keep(book, page, into, row["scan"], f"{reference}, signature page", row["signed_on"], "restricted")


def _register_sheet(book: Book, into: Path, cohort: str, number: int) -> None:
    session = next(row for row in book.rows("sessions") if (row["cohort"], row["number"]) == (cohort, str(number)))
    marks = {row["number"]: row["mark"] for row in book.rows(f"attendance/{cohort}") if row["session"] == str(number)}
    people = {row["reference"]: row for row in book.rows("people")}
    page = Page(draws(f"scan {cohort}"))
    page.line(f"Register  {cohort}  session {number}", size=23, gap=4)
    page.line(
        f"{session['begins_at']}, {session['minutes']} minutes. {session['topic']}. SPECIMEN: all persons are invented.",
        size=13,
    )
    page.rule()
    for enrolment in (row for row in book.rows("enrolments") if row["cohort"] == cohort and row["number"] in marks):
        person = people[enrolment["person"]]
        name = person["romanised_name"] or person["own_name"]
        page.draw.text((MARGIN + 480, page.y), marks[enrolment["number"]], fill=0, font=ImageFont.load_default(15))
        page.line(f"{enrolment['number']:>2}  {name}", size=15, gap=18)
    page.signature(MARGIN + 40, HEIGHT - 120)
    page.draw.text((MARGIN + 40, HEIGHT - 90), "Trainer", fill=0, font=ImageFont.load_default(13))
    keep(book, page, into, f"register-{cohort.lower()}-{number:02d}", f"{cohort}, register of session {number}, on paper",
          session["locked_on"], "restricted")  # fmt: skip


def _minutes(book: Book, into: Path, country: str, read: str) -> None:
    page = Page(draws(f"scan minutes {country}"))
    page.line("Curriculum committee of the alliance", size=15)
    page.line(f"Comparison of units: vehicle inspection 2023 and {country.upper()}", size=23, gap=4)
    page.line("Minutes of 12 July 2023. SPECIMEN: invented for an example.", size=13)
    page.rule()
    page.line(f"Read: {read}.", size=15)
    claims = [row for row in book.rows("mapping_claims") if row["country"] == country.upper() and row["reviewed_on"]]
    for claim in claims:
        other = f"{claim['foreign_code']} {claim['foreign_title']}".strip() or "no equivalent found"
        page.line(f"{claim['unit']}  {claim['relation']}: {other}. {claim['coverage']}.", size=14, gap=8)
    page.line("A comparison is not a recognition. Checked again before the claims expire.", size=14)
    page.signature(MARGIN + 40, HEIGHT - 130)
    page.draw.text((MARGIN + 40, HEIGHT - 98), "Chair", fill=0, font=ImageFont.load_default(13))
    keep(
        book,
        page,
        into,
        f"mapping-{country}-2023",
        f"Minutes: comparison of units with {country.upper()}",
        "2023-07-12",
        "public",
    )


def _decree(book: Book, into: Path) -> None:
    page = Page(draws("scan decree"))
    page.line(
        "SPECIMEN. An invented authority and an invented decree, so that a national recognition can be shown.", size=13
    )
    page.line("Skills Recognition Office", size=23, gap=4)
    page.line("Decree 14 of 19 December 2022", size=17)
    page.rule()
    page.line("The award of the programme Precision turning for companies counts as the first step of the operator certificate, "
              "from 1 January 2023 to 31 December 2024.", size=15)  # fmt: skip
    page.signature(MARGIN + 40, 620)
    page.stamp(WIDTH - MARGIN - 80, 610, "SPECIMEN")
    keep(
        book,
        page,
        into,
        "recognition-turning-2023",
        "Decree 14 (invented): recognition of precision turning",
        "2023-01-03",
        "public",
    )
