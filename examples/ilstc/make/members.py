"""Organisations and their memberships: exactly 164 schools and companies are active on 18 January 2024."""

import re
import unicodedata
from datetime import date, timedelta

from .alliance import ARTICLE
from .tables import Book, day, draws, pool

COLUMNS = "reference,kind,country,region,city,latitude,longitude,founding_mark,source_mark,source"
SCHOOLS = [
    ("职业技术学院", "Vocational and Technical College"), ("职业学院", "Vocational College"),
    ("工程职业学院", "Engineering Vocational College"), ("交通职业学院", "Transport Vocational College"),
    ("技师学院", "Technician College"),
]  # fmt: skip
COMPANIES = [
    ("机动车检测有限公司", "Vehicle Testing Co., Ltd."), ("机械制造有限公司", "Machinery Co., Ltd."),
    ("物流有限公司", "Logistics Co., Ltd."), ("轨道装备有限公司", "Rail Equipment Co., Ltd."),
    ("新能源科技有限公司", "New Energy Co., Ltd."), ("教育科技有限公司", "Education Technology Co., Ltd."),
    ("冷链有限公司", "Cold Chain Co., Ltd."),
]  # fmt: skip
# How many invented Chinese members sit in each place; with the named college they are 103.
PLACES = {
    "Chongqing": 40, "Chengdu": 18, "Mianyang": 6, "Luzhou": 5, "Yibin": 4, "Deyang": 4, "Nanning": 5, "Qinzhou": 3, "Guiyang": 4,
    "Kunming": 3, "Lanzhou": 2, "Xi'an": 2, "Haikou": 1, "Yinchuan": 1, "Xining": 1, "Ürümqi": 1, "Hohhot": 1, "Zhanjiang": 1,
}  # fmt: skip
# The latest members before the day of the claims.
LATE = {"Haikou", "Hohhot"}
REST_OF_FOUNDERS = {"Chongqing": 6, "Chengdu": 3, "Mianyang": 1, "Luzhou": 1}
TWO_LANGUAGES = {"sandaras-vocational-training-institute": ("ta", "சந்தரஸ் தொழிற்பயிற்சி நிறுவனம்"),
                 "malainila-vocational-college": ("si", "මලෙයිනිලා වෘත්තීය විද්‍යාලය")}  # fmt: skip


def slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"-(co-ltd|limited|pte-ltd|pty-ltd|inc)$", "", re.sub(r"[^a-z0-9]+", "-", plain).strip("-"))


def write(book: Book) -> None:
    book.open("members", COLUMNS)
    book.open("member_names", "organisation,language,name,kind")
    book.open("memberships", "organisation,to_status,effective_on,reason")
    spots = {city: (region, latitude, longitude) for region, city, latitude, longitude in pool("cities")}
    _named(book, spots)
    _chinese(book, spots)
    _elsewhere(book, spots)
    _outside(book, spots)
    for organisation, language, name, kind in pool("more_names"):
        book.add("member_names", organisation=organisation, language=language, name=name, kind=kind)


def _organisation(book: Book, spots: dict, *, reference: str, kind: str, country: str, city: str, names: list, founding: str = "",
                  mark: str = "assumed", source: str = "") -> None:  # fmt: skip
    region, latitude, longitude = spots[city]
    book.add("members", reference=reference, kind=kind, country=country, region=region if country == "CN" else "", city=city,
             latitude=latitude, longitude=longitude, founding_mark=founding, source_mark=mark, source=source)  # fmt: skip
    said = set()
    for language, name, form in names:
        if (language, name) not in said:
            book.add("member_names", organisation=reference, language=language, name=name, kind=form)
            said.add((language, name))


def _steps(book: Book, reference: str, steps: list[tuple[str, date | str, str]]) -> None:
    for status, on, reason in steps:
        book.add("memberships", organisation=reference, to_status=status, effective_on=on, reason=reason)


def _joins(book: Book, reference: str, active: date) -> None:
    """The way into the alliance: applied, reviewed, approved, active."""
    _steps(book, reference, [
        ("applied", active - timedelta(days=98), ""), ("under_review", active - timedelta(days=70), ""),
        ("approved", active - timedelta(days=21), ""), ("active", active, ""),
    ])  # fmt: skip


def _named(book: Book, spots: dict) -> None:
    _organisation(
        book, spots, reference="cqipc", kind="school", country="CN", city="Chongqing", founding="named", mark="named", source=ARTICLE,
        names=[("zh-Hans", "重庆工业职业技术学院", "official"), ("en", "Chongqing Industry Polytechnic College", "official")],
    )  # fmt: skip
    _joins(book, "cqipc", day("2021-05-18"))
    _organisation(
        book, spots, reference="lgtvc", kind="school", country="LA", city="Vientiane", mark="named", source=ARTICLE,
        names=[("lo", "ວິທະຍາໄລເຕັກນິກ-ວິຊາຊີບ ລາວ-ເຢຍລະມັນ", "official"),
               ("en", "Lao-German Technical Vocational College", "official"),
               ("en", "Lao-German Technical College", "alias"),
               ("zh-Hans", "老挝-德国职业技术学院", "alias")],
    )  # fmt: skip
    _joins(book, "lgtvc", day("2021-11-16"))


def _chinese(book: Book, spots: dict) -> None:
    random = draws("chinese members")
    cells = pool("names_zh")
    pairs = [(a[1] + b[1], a[2] + b[2]) for a in cells if a[0] == "1" for b in cells if b[0] == "2"]
    outside = {row[5].split()[0] for row in pool("outside_names")}
    pairs = [pair for pair in pairs if pair[1] not in outside]
    random.shuffle(pairs)
    for city, count in PLACES.items():
        for place in range(count):
            local, roman = pairs.pop()
            is_founder = place < REST_OF_FOUNDERS.get(city, 0)
            kind = "school" if is_founder or random.random() < 0.58 else "company"
            tail, english = random.choice(SCHOOLS if kind == "school" else COMPANIES)
            name = f"{roman} {english}"
            _organisation(
                book, spots, reference=slug(name), kind=kind, country="CN", city=city, founding="assumed" if is_founder else "",
                names=[("zh-Hans", local + tail, "official"), ("en", name, "official")],
            )  # fmt: skip
            active = day("2021-05-18") if is_founder else _day_of_joining(random)
            if city in LATE:
                active = day("2024-01-09")
            _joins(book, slug(name), active)
            if city == "Deyang" and place == 0:
                quiet = max(active, day("2022-01-10")) + timedelta(days=200)
                _steps(book, slug(name), [
                    ("dormant", quiet, "No activity recorded in twelve months"),
                    ("active", quiet + timedelta(days=120), "A new coordinator was named and a cohort sent"),
                ])  # fmt: skip


def _day_of_joining(random) -> date:
    """The alliance accepts members four times a year, from late 2021 to late 2023."""
    rounds = [
        "2021-11-16",
        "2022-03-15",
        "2022-06-14",
        "2022-09-20",
        "2022-12-15",
        "2023-03-21",
        "2023-06-20",
        "2023-09-19",
        "2023-11-23",
    ]
    return day(random.choices(rounds, weights=[26, 12, 14, 12, 20, 9, 12, 8, 11])[0])


def _elsewhere(book: Book, spots: dict) -> None:
    random = draws("members elsewhere")
    early = {"Luang Prabang", "Rayong", "Phnom Penh", "Sihanoukville", "Vientiane", "Savannakhet", "Boten", "Bangkok"}
    second = {"Busan", "Lahore", "Colombo", "Yangon", "Singapore", "Brisbane", "Jakarta", "Cebu City"}
    for country, kind, city, language, local, english in pool("member_names"):
        reference = slug(english)
        names = [(language, local, "official"), ("en", english, "official")]
        if reference in TWO_LANGUAGES:
            names.append((*TWO_LANGUAGES[reference], "official"))
        _organisation(book, spots, reference=reference, kind=kind, country=country, city=city, names=names)
        active = (
            day("2021-08-24") if city in early else day("2021-11-16") if city in second else _day_of_joining(random)
        )
        if reference == "kaendara-technology-college":
            _joins(book, reference, day("2022-03-15"))
            _steps(book, reference, [
                ("suspended", "2023-05-10", "Annual data not delivered after two reminders"),
                ("active", "2023-09-01", "Data delivered and checked"),
            ])  # fmt: skip
        elif reference == "dunong-amihan-technical-college":
            _joins(book, reference, day("2021-11-16"))
            _steps(book, reference, [("withdrawn", "2022-06-30", "Merged departments; may apply again")])
            _joins(book, reference, day("2023-06-20"))
        else:
            _joins(book, reference, active)


def _outside(book: Book, spots: dict) -> None:
    why = {"rejected": "Authorities cannot be members under article 4", "withdrawn": "Left the training business",
           "dormant": "No activity recorded in twelve months", "suspended": "Two reports overdue"}  # fmt: skip
    for country, kind, city, language, local, english, steps in pool("outside_names"):
        _organisation(book, spots, reference=slug(english), kind=kind, country=country, city=city,
                      names=[(language, local, "official"), ("en", english, "official")])  # fmt: skip
        pairs = [step.split("=") for step in steps.split(",")]
        _steps(book, slug(english), [(status, on, why.get(status, "")) for status, on in pairs])
