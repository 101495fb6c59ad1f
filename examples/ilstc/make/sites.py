"""Places, the brands listed at them, and their days."""

from .alliance import ARTICLE
from .references import References
from .tables import Book, further, pool

LISTINGS = [
    ("wks-rayong", "panda", "2021-11-04", "2022-06-15"), ("wks-phnom-penh", "panda", "2022-02-10", "2022-11-30"),
    ("wks-luang-prabang", "panda", "2022-06-02", "2023-03-15"), ("wks-luang-prabang", "chuyi", "2023-02-20", ""),
    ("wks-sihanoukville", "panda", "2022-08-18", ""), ("wks-vientiane", "panda", "2022-09-29", "2023-03-15"),
    ("wks-vientiane", "chuyi", "2022-11-14", ""), ("wks-khon-kaen", "chuyi", "2022-10-17", ""),
]  # fmt: skip

# In which agreement it was agreed that there is such a workshop.
AGREED_IN = {
    "wks-rayong": "AGR-2021-0001", "wks-phnom-penh": "AGR-2021-0003", "wks-luang-prabang": "AGR-2022-0003",
    "wks-sihanoukville": "AGR-2022-0005", "wks-vientiane": "AGR-2022-0007",
}  # fmt: skip


def write(book: Book, refer: References) -> None:
    book.open("brands", "code,name")
    book.add("brands", code="panda", name="Panda Workshop")
    book.add("brands", code="chuyi", name="Chuyi Workshop")
    book.open(
        "sites",
        "reference,kind,host,country,city,zone,latitude,longitude,source_mark,source,agreement,name_en,name_zh-Hans,name_lo,name_th,name_km",
    )
    book.open("site_changes", "site,to_status,effective_on,reason")
    spots = {city: (latitude, longitude) for _, city, latitude, longitude in pool("cities")}
    for place, (reference, kind, host, country, city, zone, mark, en, zh, lo, steps) in enumerate(pool("sites")):
        latitude, longitude = spots[city]
        # A site does not stand on the middle of its town: moved a little, each its own way.
        north = f"{float(latitude) + 0.004 * (place % 5 - 2):.5f}"
        east = f"{float(longitude) + 0.005 * (place % 4 - 1):.5f}"
        book.add("sites", reference=reference, kind=kind, host=refer(host), country=country, city=city, zone=zone, latitude=north,
                 longitude=east, source_mark=mark, source=ARTICLE if mark == "named" else "", agreement=AGREED_IN.get(reference, ""),
                 **{"name_en": en, "name_zh-Hans": zh, "name_lo": lo}, **further("name", reference))  # fmt: skip
        for step in steps.split(","):
            status, on = step.split("=")
            reason = "Its host is suspended" if status == "suspended" else ""
            book.add("site_changes", site=reference, to_status=status, effective_on=on, reason=reason)
    book.open("listings", "site,brand,starts_on,ends_on,accepted_on")
    for site, brand, starts, accepted in LISTINGS:
        book.add("listings", site=site, brand=brand, starts_on=starts, accepted_on=accepted)
