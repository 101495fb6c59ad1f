"""Frameworks, curricula, their units, and how the units of vehicle inspection compare with other countries' units."""

import re

from .references import References
from .tables import HERE, Book, further, pool

SOURCES = {
    "PK": "https://web.nvqf.pk/qualification/32",
    "AUTO-SERV-NC1": "https://www.scribd.com/document/459445508/TR-Automotive-Servicing-NC-I-Superseded-pdf",
    "AUTO-SERV-NC2": "https://tesdatrainingcourses.com/automotive-servicing-nc-ii.html",
    "AU": "https://aaic.edu.au/certificate-iii-in-light-vehicle-mechanical-technology-aur30620/",
}
LANGUAGES = ("en", "zh-Hans", "lo")
# Of the places where some are awarded beside Laos.
FURTHER = ("th", "km")


def write(book: Book, refer: References) -> None:
    book.open(
        "framework_levels", "framework,edition,name,name_zh-Hans,name_lo,country,source,source_mark,level,rank,title"
    )
    for framework, edition, name, name_zh, name_lo, country, source, levels in pool("frameworks"):
        for rank, level in enumerate(levels.split(";"), start=1):
            code, title = level.split("=")
            book.add("framework_levels", framework=framework, edition=edition, name=name, country=country, source=source,
                     source_mark="named", level=code, rank=rank, title=title, **{"name_zh-Hans": name_zh, "name_lo": name_lo})  # fmt: skip
    titles = ",".join(f"title_{language}" for language in (*LANGUAGES, *FURTHER))
    book.open(
        "curricula",
        f"curriculum,version,developer,framework,edition,level,published_on,superseded_on,source_mark,{titles}",
    )
    book.open(
        "units",
        f"curriculum,version,code,position,requirement,hours_theory,hours_practice,hours_company,hours_language,{titles}",
    )
    book.open("unit_texts", "curriculum,version,unit,kind,element,position,text_en,text_zh-Hans")
    for name, version, developer, at_level, published, superseded, en, zh, lo in pool("curricula"):
        framework, edition, level = at_level.split("/") if at_level else ("", "", "")
        book.add(
            "curricula", curriculum=name, version=version, developer=refer(developer), framework=framework, edition=edition, level=level,
            published_on=published, superseded_on=superseded, source_mark="assumed",
            **{"title_en": en, "title_zh-Hans": zh, "title_lo": lo}, **further("title", name),
        )  # fmt: skip
        _units(book, name, version)
    _mappings(book)


def _units(book: Book, curriculum: str, version: str) -> None:
    text = (HERE / "texts" / f"{curriculum}.txt").read_text(encoding="utf-8")
    own = {"curriculum": curriculum, "version": version}
    unit, position, element, places = "", 0, 0, {"element": 0, "criterion": 0, "outcome": 0}
    head: dict[str, str] = {}
    for line in (one.strip() for one in text.splitlines() if one.strip() and not one.startswith("#")):
        if line.startswith("unit "):
            _, unit, requirement, *hours = line.split()
            position, places = position + 1, {"element": 0, "criterion": 0, "outcome": 0}
            head = {"code": unit, "position": str(position), "requirement": requirement}
            head |= {f"hours_{kind}": count for kind, count in (part.split("=") for part in hours)}
            continue
        kind, *texts = [cell.strip() for cell in line.split("|")]
        if kind == "title":
            titles = {f"title_{code}": one for code, one in zip(LANGUAGES, texts, strict=True)}
            book.add("units", **own, **head, **titles, **further("title", unit))
            continue
        if kind == "element":
            element, places["criterion"] = places["element"] + 1, 0
        places[kind] += 1
        book.add("unit_texts", **own, unit=unit, kind=kind, element=element if kind == "criterion" else "", position=places[kind],
                 **{"text_en": texts[0], "text_zh-Hans": texts[1]})  # fmt: skip


def _mappings(book: Book) -> None:
    book.open("mapping_claims", "curriculum,version,unit,relation,country,body,qualification,foreign_code,foreign_title,source_url,"
              "coverage,claimant,claimed_on,expires_on,reviewed_by,reviewed_on,evidence")  # fmt: skip
    for unit, country, relation, body, qualification, code, title, coverage in pool("mappings"):
        # Where only a title was read, nobody has reviewed the claim yet, and it does not count.
        is_reviewed = not re.search("title only", coverage, re.IGNORECASE)
        is_old = (unit, country, code) == ("VI-06", "PH", "ALT311207")
        book.add(
            "mapping_claims", curriculum="vehicle-inspection", version="2023", unit=unit, relation=relation, country=country, body=body,
            qualification=qualification, foreign_code=code, foreign_title=title,
            source_url=SOURCES.get(qualification, SOURCES.get(country, "")) if relation != "none" else "",
            coverage=coverage, claimant="cqipc", claimed_on="2023-06-19", expires_on="2023-12-31" if is_old else "2026-06-18",
            reviewed_by="Curriculum committee of the alliance" if is_reviewed else "", reviewed_on="2023-07-12" if is_reviewed else "",
            evidence=f"mapping-{country.lower()}-2023" if is_reviewed else "",
        )  # fmt: skip
