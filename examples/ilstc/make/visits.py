"""What sites show to visitors, and their years: photos (drawn, so nobody is in them who did not agree), public days, plans and spending."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from .references import References
from .scans import MARGIN, Page, keep
from .tables import Book, draws, pool
from .upkeep import METERS

SITES = ("wks-vientiane", "wks-luang-prabang", "wks-rayong", "wks-phnom-penh", "wks-sihanoukville")
YEARS = (2023, 2024)
WIDTH, HEIGHT = 960, 720
SKY, GROUND, WALL, DARK, STEEL, WARM, GREEN, PAPER = (
    "#cfe3ee", "#b9b29a", "#e7dcc4", "#3c4650", "#7d8e9b", "#c9673b", "#5f8a5a", "#f4f1ea",
)  # fmt: skip
# What stands in the hall of each site, and how it is called below the drawing.
HALLS = {
    "wks-vientiane": (
        "lift",
        "Two lifts and the brake tester",
        "两台举升机和制动试验台",
        "ເຄື່ອງຍົກສອງໂຕ ແລະ ເຄື່ອງທົດສອບເບຣກ",
    ),
    "wks-luang-prabang": ("lift", "The lift and the brake tester", "举升机和制动试验台", "ເຄື່ອງຍົກ ແລະ ເຄື່ອງທົດສອບເບຣກ"),
    "wks-rayong": ("lathe", "Three lathes and the machining centre", "三台车床和加工中心", "ເຄື່ອງກຶງສາມໂຕ ແລະ ສູນກຶງ CNC"),
    "wks-phnom-penh": ("board", "Eight wiring boards with protection", "八块带保护的接线实训板", "ກະດານເດີນສາຍໄຟແປດແຜ່ນ"),
    "wks-sihanoukville": ("crane", "The crane simulator", "起重机模拟器", "ເຄື່ອງຈຳລອງລົດເຄນ"),
}
SHOWINGS = [
    (
        "wks-vientiane",
        "2024-01-22",
        "2024-02-29",
        "A delegation of the two ministries of education comes on 20 February",
    ),
    ("wks-luang-prabang", "2023-03-10", "2023-03-24", "The panel of the brand looked at the place on 15 March"),
]


def write(book: Book, into: Path, refer: References) -> None:
    _photos(book, into)
    book.open("site_showings", "site,starts_on,ends_on,reason")
    for site, starts_on, ends_on, reason in SHOWINGS:
        book.add("site_showings", site=site, starts_on=starts_on, ends_on=ends_on, reason=reason)
    _plans(book)
    _lines(book, refer)
    book.open("site_spending", "site,year,number,spent_on,amount,currency,what,document,struck_on,struck_because")
    for cells in pool("site_spending"):
        columns = book.columns["site_spending"]
        row = book.add("site_spending", **dict(zip(columns, cells, strict=False)))
        if row["document"]:
            _invoice(book, into, row)


def _plans(book: Book) -> None:
    """What was meant to be done: about as much as was done, and in the year that begins a little more."""
    book.open("site_year_plans", "site,year,sessions,learners,machine_hours")
    held, taught = _taught(book)
    for site in SITES:
        hours = sum(METERS.get(row["inventory_number"], 0) for row in book.rows("equipment") if row["site"] == site)
        for year in YEARS:
            random = draws(f"plan {site} {year}")
            done, learners = held[site, 2023], taught[site]
            more = random.uniform(0.92, 1.15) if year == YEARS[0] else random.uniform(1.0, 1.3)
            book.add(
                "site_year_plans", site=site, year=year, sessions=round(done * more / 10) * 10,
                learners=round(learners * more / 5) * 5, machine_hours=round(hours * 12 * more / 50) * 50 or "",
            )  # fmt: skip


def _taught(book: Book) -> tuple[dict[tuple[str, int], int], dict[str, int]]:
    where = {row["reference"]: row["site"] for row in book.rows("cohorts")}
    begun = {row["reference"]: row["starts_on"][:4] for row in book.rows("cohorts")}
    held: dict[tuple[str, int], int] = defaultdict(int)
    taught: dict[str, int] = defaultdict(int)
    for row in book.rows("sessions"):
        if row["status"] == "locked":
            held[where[row["cohort"]], int(row["begins_at"][:4])] += 1
    for row in book.rows("enrolments"):
        taught[where[row["cohort"]]] += begun[row["cohort"]] == "2023"
    return held, taught


def _lines(book: Book, refer: References) -> None:
    hosts = {row["reference"]: row["host"] for row in book.rows("sites")}
    book.open("site_plan_lines", "site,year,number,kind,what,amount,currency,paid_by")
    for site, year, number, kind, what, amount, currency, payer in pool("site_plan_lines"):
        paid_by = hosts[site] if payer == "host" else refer(payer) if payer else ""
        book.add(
            "site_plan_lines", site=site, year=year, number=number, kind=kind, what=what, amount=amount, currency=currency,
            paid_by=paid_by,
        )  # fmt: skip


def _invoice(book: Book, into: Path, row: dict[str, str]) -> None:
    page = Page(draws(f"invoice {row['document']}"))
    page.line(f"Invoice  {row['document'].upper()}", size=23, gap=4)
    page.line("SPECIMEN: invented for an example.", size=13)
    page.rule()
    page.line(f"{row['what']}", size=19, gap=8)
    page.line(f"{row['amount']} {row['currency']}", size=19, gap=8)
    page.line(f"Paid on {row['spent_on']}", size=17, gap=60)
    page.signature(MARGIN + 330, page.y - 30)
    keep(book, page, into, row["document"], f"Invoice: {row['what']}", row["spent_on"], "restricted")


def _photos(book: Book, into: Path) -> None:
    """Three of each place: from outside, the hall, and the room where theory is taught."""
    book.open("site_photos", "site,document,persons,language,caption,alternative")
    cities = {row["reference"]: row for row in book.rows("sites")}
    for site in SITES:
        name = cities[site]
        kind, english, chinese, lao = HALLS[site]
        shown: list[tuple[str, str, Callable[[ImageDraw.ImageDraw, str], None], dict[str, tuple[str, str]]]] = [
            ("outside", "nobody", _outside, {
                "en": ("The workshop from the street", f"A low building with a wide gate, trees beside it: {name['name_en']}"),
                "zh-Hans": ("从街上看工坊", f"一座带宽大门的低矮建筑,旁边有树:{name['name_zh-Hans']}"),
                "lo": ("ສູນ ຈາກຖະໜົນ", f"ອາຄານຕ່ຳທີ່ມີປະຕູກວ້າງ ແລະ ຕົ້ນໄມ້ຢູ່ຂ້າງ: {name['name_lo']}"),
            }),
            ("hall", "nobody", _hall, {
                "en": (english, f"A hall with tall windows. In it stand: {english[0].lower()}{english[1:]}"),
                "zh-Hans": (chinese, f"带高窗的实训厅,里面有:{chinese}"),
                "lo": (lao, f"ຫ້ອງໂຖງມີປ່ອງຢ້ຽມສູງ, ໃນນັ້ນມີ: {lao}"),
            }),
            ("class", "agreed", _class, {
                "en": ("Theory in the morning", "Learners sit at tables, seen from behind; in front a board with a drawing of a wheel"),
                "zh-Hans": ("上午的理论课", "学员坐在桌旁,背对镜头;前面是画着车轮的黑板"),
                "lo": ("ຮຽນທິດສະດີຕອນເຊົ້າ", "ຜູ້ຮຽນນັ່ງຢູ່ໂຕະ ເຫັນຈາກດ້ານຫຼັງ; ທາງໜ້າມີກະດານແຕ້ມຮູບລໍ້ລົດ"),
            }),
        ]  # fmt: skip
        for what, persons, draw, texts in shown:
            reference = f"photo-{site.removeprefix('wks-')}-{what}"
            image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
            draw(ImageDraw.Draw(image), kind if what == "hall" else site)
            image.quantize(32, dither=Image.Dither.NONE).save(into / f"{reference}.png", "PNG", optimize=True)
            book.add(
                "documents", reference=reference, file=f"{reference}.png", title=texts["en"][0], attested_by="", attested_on="",
                visibility="restricted",
            )  # fmt: skip
            for language, (caption, alternative) in texts.items():
                book.add(
                    "site_photos", site=site, document=reference, persons=persons, language=language, caption=caption,
                    alternative=alternative,
                )  # fmt: skip


def _outside(draw: ImageDraw.ImageDraw, site: str) -> None:
    random = draws(f"outside {site}")
    far = 330 + random.randint(-30, 30)
    points = [(0, far)]
    for x in range(80, WIDTH + 81, 80):
        points.append((x, far + random.randint(-70, 40)))
    draw.polygon([*points, (WIDTH, 520), (0, 520)], fill="#9fb8a4")
    draw.rectangle((0, 500, WIDTH, HEIGHT), fill=GROUND)
    left, right = 150 + random.randint(-40, 40), 800 + random.randint(-40, 40)
    draw.rectangle((left, 300, right, 560), fill=WALL)
    draw.polygon([(left - 30, 300), ((left + right) // 2, 200), (right + 30, 300)], fill=WARM)
    gate = (left + right) // 2
    draw.rectangle((gate - 110, 380, gate + 110, 560), fill=DARK)
    for line in range(395, 560, 22):
        draw.line((gate - 104, line, gate + 104, line), fill=STEEL, width=3)
    for x in (left + 40, right - 130):
        draw.rectangle((x, 380, x + 90, 450), fill=SKY, outline=DARK, width=4)
    draw.rectangle((gate - 150, 318, gate + 150, 362), fill=PAPER, outline=DARK, width=3)
    for x in (60 + random.randint(0, 20), 890 - random.randint(0, 20)):
        draw.rectangle((x - 9, 430, x + 9, 570), fill="#7a5b3e")
        for part in range(5):
            spread = random.randint(40, 62)
            at_x, at_y = x + random.randint(-36, 36), 400 + random.randint(-46, 20) + part
            draw.ellipse((at_x - spread, at_y - spread, at_x + spread, at_y + spread), fill=GREEN)


def _room(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, WIDTH, 470), fill=PAPER)
    draw.polygon([(0, 470), (WIDTH, 470), (WIDTH, HEIGHT), (0, HEIGHT)], fill="#a9a79f")
    for x in range(70, WIDTH - 100, 210):
        draw.rectangle((x, 70, x + 130, 260), fill=SKY, outline=STEEL, width=6)
        draw.line((x + 65, 70, x + 65, 260), fill=STEEL, width=4)
    for x in range(-200, WIDTH + 200, 120):
        draw.line((WIDTH // 2 + (x - WIDTH // 2) // 3, 470, x, HEIGHT), fill="#9a988f", width=2)


def _hall(draw: ImageDraw.ImageDraw, kind: str) -> None:
    _room(draw)
    if kind == "lift":
        for x in (250, 640):
            for side in (x - 110, x + 110):
                draw.rectangle((side - 14, 210, side + 14, 600), fill=WARM)
            draw.rectangle((x - 120, 420, x + 120, 436), fill=DARK)
            draw.rounded_rectangle((x - 130, 350, x + 130, 420), 24, fill=STEEL)
            draw.polygon([(x - 80, 350), (x - 50, 300), (x + 60, 300), (x + 90, 350)], fill=STEEL)
            for wheel in (x - 85, x + 85):
                draw.ellipse((wheel - 30, 395, wheel + 30, 455), fill=DARK)
    elif kind == "lathe":
        for place, x in enumerate((60, 350, 640)):
            draw.rectangle((x, 480, x + 250, 610), fill=GREEN if place < 2 else STEEL)
            draw.rectangle((x, 390, x + 90, 480), fill=DARK)
            draw.ellipse((x + 70, 405, x + 120, 460), fill=STEEL)
            draw.rectangle((x + 120, 425, x + 200, 440), fill="#c7ccd1")
            draw.rectangle((x + 195, 400, x + 245, 480), fill=DARK)
    elif kind == "board":
        for x in range(60, 860, 110):
            draw.rectangle((x, 300, x + 92, 540), fill=WALL, outline=DARK, width=4)
            draw.rectangle((x + 14, 318, x + 78, 360), fill=STEEL)
            for line in range(3):
                draw.line((x + 24 + line * 22, 360, x + 24 + line * 22, 500), fill=(WARM, GREEN, DARK)[line], width=4)
            draw.ellipse((x + 34, 498, x + 58, 522), fill="#e8c547")
    else:
        draw.rectangle((120, 90, 840, 420), fill=DARK)
        draw.rectangle((140, 110, 820, 400), fill="#8fb6cc")
        draw.rectangle((140, 330, 820, 400), fill="#5d7f8f")
        draw.rectangle((300, 170, 320, 340), fill=WARM)
        draw.rectangle((260, 165, 620, 182), fill=WARM)
        draw.line((560, 182, 560, 290), fill=DARK, width=4)
        draw.rectangle((520, 290, 600, 330), fill=GREEN)
        draw.rounded_rectangle((400, 480, 560, 640), 20, fill=STEEL)
        draw.rectangle((360, 520, 400, 600), fill=DARK)
        draw.rectangle((560, 520, 600, 600), fill=DARK)


def _class(draw: ImageDraw.ImageDraw, site: str) -> None:
    random = draws(f"class {site}")
    _room(draw)
    draw.rectangle((230, 60, 730, 340), fill="#2f4f45", outline="#7a5b3e", width=10)
    for radius in (100, 62, 20):
        draw.ellipse((480 - radius, 200 - radius, 480 + radius, 200 + radius), outline=PAPER, width=5)
    for x, y in ((480, 100), (480, 300), (380, 200), (580, 200)):
        draw.line((480, 200, x, y), fill=PAPER, width=4)
    for row, (y, size) in enumerate(((470, 34), (590, 46))):
        for x in range(130 + 40 * row, WIDTH - 80, 200):
            draw.rectangle((x - 2 * size, y, x + 2 * size, y + 16), fill="#7a5b3e")
            coat = random.choice((WARM, GREEN, STEEL, DARK))
            draw.rounded_rectangle((x - size, y + 18, x + size, y + 120), 18, fill=coat)
            draw.ellipse((x - size * 0.6, y - size * 0.9, x + size * 0.6, y + size * 0.5), fill="#2b2320")
