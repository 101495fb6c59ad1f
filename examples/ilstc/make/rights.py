"""What persons asked about their records, what must be kept, how long, and what left a country: ``python -m make.rights``. All invented."""

import csv
import sys

from .tables import OUT, Book


def write(book: Book) -> None:
    _retention(book)
    _requests(book)
    _transfers(book, _people(book))


def _people(book: Book) -> dict[str, list[str]]:
    """References by country: of the book that is being written, else of the sheet that was."""
    rows = book.tables.get("people")
    if rows is None:
        with (OUT / "people.csv").open(encoding="utf-8-sig", newline="") as sheet:
            rows = list(csv.DictReader(sheet))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["residence_country"], []).append(row["reference"])
    return found


def _retention(book: Book) -> None:
    book.open("retention_rules", "kind,months,reason,set_on")
    book.add(
        "retention_rules",
        kind="person",
        months=120,
        reason="Ten years, as certificates are asked for so long",
        set_on="2023-01-16",
    )
    book.add(
        "retention_rules", kind="birth_day", months=60, reason="Five years after the last training", set_on="2023-01-16"
    )
    book.add(
        "retention_rules",
        kind="evidence_note",
        months=18,
        reason="Until the time for appeals is long over",
        set_on="2023-01-16",
    )
    book.add(
        "retention_rules", kind="request", months=36, reason="Three years, the time to go to court", set_on="2023-01-16"
    )
    book.open("holds", "person,reason,starts_on,until")
    book.add(
        "holds",
        person="P-0077",
        reason="Accident insurance, case 2023/118 of the insurer in Rayong",
        starts_on="2023-05-08",
        until="2025-05-07",
    )
    book.open("erasures", "person,erased_on,reason,signed_texts")
    book.add("erasures", person="P-0079", erased_on="2024-01-29", reason="Asked by the person", signed_texts="keep")


def _requests(book: Book) -> None:
    book.open("record_requests", "person,kind,part,should_be,words,asked_on,refused_on,answer")
    ask = "record_requests"
    book.add(
        ask,
        person="P-0022",
        kind="correction",
        part="residence_country",
        should_be="TH",
        words="ຂ້ອຍຍ້າຍໄປຢູ່ໄທແຕ່ເດືອນທັນວາ.",
        asked_on="2024-01-08",
    )
    book.add(
        ask,
        person="P-0081",
        kind="correction",
        part="romanised_name",
        should_be="Slamet Hidajat",
        words="Di paspor saya ditulis begini.",
        asked_on="2023-12-20",
    )
    book.add(
        ask,
        person="P-0077",
        kind="correction",
        part="attendance",
        should_be="Present on 14 December 2021",
        asked_on="2022-01-10",
        refused_on="2022-01-21",
        answer="The sheet that everybody signed that day says absent; the trainer says so too.",
    )
    book.add(
        ask,
        person="P-0079",
        kind="erasure",
        words="Hindi na po ako nagtuturo; pakibura ang aking mga datos.",
        asked_on="2024-01-15",
    )
    book.add(ask, person="P-0090", kind="erasure", words="សូមលុបឈ្មោះខ្ញុំចេញពីបញ្ជី។", asked_on="2024-01-30")


def _transfers(book: Book, people: dict[str, list[str]]) -> None:
    book.open("transfer_thresholds", "from_country,data_class,persons,source")
    limits = "transfer_thresholds"
    rule = "Provisions on Promoting and Regulating Cross-Border Data Flows, as the secretariat reads them"
    book.add(limits, from_country="CN", data_class="sensitive", persons=10_000, source=rule)
    book.add(limits, from_country="CN", data_class="other", persons=100_000, source=rule)
    book.add(
        limits,
        from_country="TH",
        data_class="other",
        persons=40,
        source="Own choice of the secretariat, a third of all learners there",
    )
    book.open(
        "transfers", "happened_on,from_country,to_country,data_class,basis,occasion,about,persons,unlisted,over_because"
    )
    rows = [
        ("2023-02-06", "LA", "CN", "other", "contract", "mail", "Lists of learners of the spring cohorts", 28, 0),
        ("2023-03-13", "TH", "CN", "other", "contract", "mail", "Lists of learners of the spring cohorts", 24, 0),
        ("2023-04-17", "CN", "LA", "other", "standard_contract", "export", "Teachers sent to Vientiane", 9, 0),
        ("2023-06-05", "CN", "TH", "other", "standard_contract", "export", "Teachers sent to Rayong", 7, 0),
        ("2023-07-10", "KH", "CN", "other", "consent", "access", "Register of the workshop in Phnom Penh", 18, 0),
        ("2023-09-04", "TH", "CN", "other", "contract", "mail", "Lists of learners of the autumn cohorts", 36, 0),
        ("2023-10-16", "LA", "CN", "sensitive", "consent", "paper", "Medical certificates for the practice abroad", 0, 12),
        ("2024-01-22", "TH", "CN", "other", "contract", "mail", "Lists of learners of the winter cohorts", 34, 0),
        ("2024-01-25", "LA", "CN", "other", "contract", "edition", "Evidence of the report of 2024, for the auditors", 45, 0),
    ]  # fmt: skip
    for day, origin, to, data_class, basis, occasion, about, listed, unlisted in rows:
        known = people.get(origin, [])[:listed]
        missing = listed - len(known)
        book.add(
            "transfers", happened_on=day, from_country=origin, to_country=to, data_class=data_class, basis=basis,
            occasion=occasion, about=about, persons=";".join(known), unlisted=unlisted + missing,
        )  # fmt: skip


def main() -> int:
    book = Book()
    write(book)
    book.write(OUT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
