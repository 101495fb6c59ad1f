"""What is known of some organisations beside their names. Invented; reads members.xlsx and member_names.csv and writes six sheets beside them."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from .tables import OUT

# Codes and titles as the United Nations publish them (ISIC, revision 4); the few that the example's members need.
ISIC = [
    ("8521", "General secondary education"), ("8522", "Technical and vocational secondary education"), ("8530", "Higher education"),
    ("8549", "Other education n.e.c."), ("7120", "Technical testing and analysis"), ("2910", "Manufacture of motor vehicles"),
    ("4520", "Maintenance and repair of motor vehicles"), ("4923", "Freight transport by road"), ("5210", "Warehousing and storage"),
    ("2822", "Manufacture of metal-forming machinery and machine tools"), ("3020", "Manufacture of railway locomotives and rolling stock"),
]  # fmt: skip
WORDS = {
    "Testing": "7120",
    "Machinery": "2822",
    "Logistics": "4923",
    "Rail": "3020",
    "Fleet": "4520",
    "Cold Chain": "5210",
}
# By country: the first school that is invented gets a campus (city, name in English, language, name in it, degrees).
CAMPUSES = {
    "LA": ("Pakse", "Southern Campus", "lo", "ວິທະຍາເຂດພາກໃຕ້", "15.12000", "105.80000"),
    "CN": ("Chongqing", "Liangjiang Campus", "zh-Hans", "两江校区", "29.72000", "106.56000"),
    "LK": ("Kandy", "Hill Country Campus", "si", "කඳුකර පරිශ්‍රය", "7.29000", "80.63000"),
}
# And a name under which it was known before: (language, name, the first day without it).
FORMER = {
    "LA": ("lo", "ໂຮງຮຽນເຕັກນິກ (ຊື່ເກົ່າ)", "2019-09-01"), "CN": ("zh-Hans", "工业技工学校（旧名）", "2018-09-01"),
    "LK": ("en", "Hill Country Technical Institute", "2020-01-01"),
}  # fmt: skip
NAMED = {"cqipc", "lgtvc"}
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(number: int) -> str:
    """An invented code with the right check digit; the place 999999 is given to nobody."""
    body = f"52999999{number:09d}"
    total = sum(_USCC.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _USCC[(31 - total % 31) % 31]


def write(folder: Path) -> None:
    book = load_workbook(folder / "members.xlsx", read_only=True).active
    head, *rows = book.iter_rows(values_only=True)
    members = [dict(zip(head, row, strict=True)) for row in rows]
    with (folder / "member_names.csv").open(encoding="utf-8", newline="") as file:
        english = {row["organisation"]: row["name"] for row in csv.DictReader(file) if row["language"] == "en"}
    numbers, sectors = [], []
    for place, member in enumerate(members):
        reference = member["reference"]
        if member["country"] == "CN" and place % 3 == 0 and reference not in NAMED:
            numbers.append([reference, "uscc", uscc(place), ""])
        elif member["country"] == "LA" and reference not in NAMED:
            numbers.append([reference, "own", f"EX-{place:04d}", "Invented register of the example"])
        code = next((code for word, code in WORDS.items() if word in english.get(reference, "")), "")
        code = code or ("8522" if member["kind"] == "school" else "")
        if code:
            sectors.append([reference, "isic-4", code, "main"])
            if member["kind"] == "school" and place % 4 == 0:
                sectors.append([reference, "isic-4", "8530", "also"])
    _write(folder, "organisation_identifiers.csv", ["organisation", "scheme", "value", "register"], numbers)
    _write(folder, "sector_codes.csv", ["scheme", "code", "title_en"], [["isic-4", *each] for each in ISIC])
    _write(folder, "organisation_sectors.csv", ["organisation", "scheme", "code", "weight"], sectors)
    heads = ["organisation", "country", "city", "latitude", "longitude", "starts_on", "ends_before", "name_en", "name_zh-Hans", "name_lo", "name_si"]  # fmt: skip
    campuses, former = [], []
    for country, (city, name, language, local, north, east) in CAMPUSES.items():
        school = next(
            each["reference"]
            for each in members
            if each["country"] == country and each["kind"] == "school" and each["reference"] not in NAMED
        )
        own = (local if language == each else "" for each in ("zh-Hans", "lo", "si"))
        campuses.append([school, country, city, north, east, "2019-09-01", "", name, *own])
        tag, text, until = FORMER[country]
        former.append([school, tag, text, "former", "", until])
    _write(folder, "campuses.csv", heads, campuses)
    with (folder / "sites.csv").open(encoding="utf-8", newline="") as file:
        sites = [row for row in csv.DictReader(file) if row["source_mark"] == "assumed"][:4]
    accredited = [
        [
            site["reference"],
            "Invented Accreditation Board",
            "Vehicle inspection and maintenance",
            f"EX-ACC-{place:03d}",
            "2022-03-01",
            until,
            curricula,
        ]
        # The one that ended was for vehicles alone: nobody has written down that cranes are accredited there.
        for place, (site, (until, curricula)) in enumerate(
            zip(
                sites,
                (("2025-02-28", ""), ("2024-03-31", ""), ("", ""), ("2023-02-28", "vehicle-inspection")),
                strict=False,
            ),
            start=1,
        )
    ]
    accredited.append(
        [
            "wks-vientiane",
            "Invented Accreditation Board",
            "Vehicle inspection and brakes",
            "EX-ACC-005",
            "2022-11-01",
            "2025-10-31",
            "vehicle-inspection;brake-service",
        ]
    )
    _write(
        folder,
        "accreditations.csv",
        ["site", "accredited_by", "accredited_for", "number", "starts_on", "ends_on", "curricula"],
        accredited,
    )
    _write(
        folder, "former_names.csv", ["organisation", "language", "name", "kind", "valid_from", "valid_before"], former
    )


def _write(folder: Path, name: str, header: list[str], rows: list[list[object]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    write(OUT)
