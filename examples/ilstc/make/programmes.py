"""Programmes: what members run together."""

import re

from .alliance import ARTICLE
from .references import References
from .tables import Book, pool


def write(book: Book, refer: References) -> None:
    book.open(
        "programmes",
        "reference,kind,agreement,announcement,curriculum,version,sites,source_mark,source,title_en,title_zh-Hans,title_lo",
    )
    book.open("programme_members", "programme,organisation,role")
    book.open("programme_changes", "programme,to_status,effective_on,reason")
    book.open("programme_reviews", "programme,reviewed_on,ending,finding")
    for reviewed, on, ending, finding in pool("programme_reviews"):
        book.add("programme_reviews", programme=reviewed, reviewed_on=on, ending=ending, finding=finding)
    for reference, kind, agreement, announcement, taught, sites, mark, en, zh, lo, members, changes in pool(
        "programmes"
    ):
        curriculum, version = taught.split("/") if taught else ("", "")
        book.add("programmes", reference=reference, kind=kind, agreement=agreement, announcement=announcement, curriculum=curriculum,
                 version=version, sites=sites, source_mark=mark, source=ARTICLE if mark == "named" else "",
                 **{"title_en": en, "title_zh-Hans": zh, "title_lo": lo})  # fmt: skip
        for name, role in re.findall(r"([@\w-]+) \((\w+)\)", members):
            book.add("programme_members", programme=reference, organisation=refer(name), role=role)
        for change in filter(None, changes.split(",")):
            status, on = change.split("=")
            book.add("programme_changes", programme=reference, to_status=status, effective_on=on,
                     reason="One party left the alliance" if status == "cancelled" else "")  # fmt: skip
