"""Programmes: what members run together."""

import re
from collections import Counter

from .alliance import ARTICLE
from .references import References
from .tables import Book, pool

MORE = ("more_agreements", "more_announcements", "demand", "languages")
# Tables whose lines stand in pools/ as they are written, and their columns.
PLAIN = {
    "programme_steps_needed": "kind,step",
    "programme_steps": "programme,step,found_on,found_by,outcome,finding,reason,document",
    "programme_intakes": "programme,year,cohorts,learners,note",
    "programme_decisions": "programme,decided_on,decided_by,what",
    "study_plans": "programme,starts_on,year,term,organisation,credits",
}


def write(book: Book, refer: References) -> None:
    book.open(
        "programmes",
        "reference,kind,agreement,announcement,curriculum,version,sites,source_mark,source,title_en,title_zh-Hans,title_lo,"
        "more_agreements,more_announcements,demand,languages",
    )
    book.open("programme_members", "programme,organisation,role")
    book.open("programme_changes", "programme,to_status,effective_on,reason")
    book.open("programme_reviews", "programme,reviewed_on,ending,finding")
    for reviewed, on, ending, finding in pool("programme_reviews"):
        book.add("programme_reviews", programme=reviewed, reviewed_on=on, ending=ending, finding=finding)
    more = {reference: cells for reference, *cells in pool("programme_more")}
    for reference, kind, agreement, announcement, taught, sites, mark, en, zh, lo, members, changes in pool(
        "programmes"
    ):
        curriculum, version = taught.split("/") if taught else ("", "")
        book.add("programmes", reference=reference, kind=kind, agreement=agreement, announcement=announcement, curriculum=curriculum,
                 version=version, sites=sites, source_mark=mark, source=ARTICLE if mark == "named" else "",
                 **{"title_en": en, "title_zh-Hans": zh, "title_lo": lo}, **dict(zip(MORE, more[reference], strict=True)))  # fmt: skip
        for name, role in re.findall(r"([@\w-]+) \((\w+)\)", members):
            book.add("programme_members", programme=reference, organisation=refer(name), role=role)
        for change in filter(None, changes.split(",")):
            status, on = change.split("=")
            book.add("programme_changes", programme=reference, to_status=status, effective_on=on,
                     reason="One party left the alliance" if status == "cancelled" else "")  # fmt: skip
    for table, columns in PLAIN.items():
        book.open(table, columns)
        for cells in pool(table):
            book.add(table, **dict(zip(columns.split(","), cells, strict=False)))
    _write_risks(book, refer)


def _write_risks(book: Book, refer: References) -> None:
    """A risk is counted within its programme, in the order in which it stands."""
    book.open("programme_risks", "programme,what,likelihood,effect,owner,noticed_on,due_on")
    book.open("programme_risk_changes", "programme,number,to_status,effective_on,reason")
    numbers: Counter[str] = Counter()
    for programme, what, likelihood, effect, owner, noticed_on, due_on, changes in pool("programme_risks"):
        numbers[programme] += 1
        book.add("programme_risks", programme=programme, what=what, likelihood=likelihood, effect=effect, owner=refer(owner),
                 noticed_on=noticed_on, due_on=due_on)  # fmt: skip
        for change in filter(None, changes.split(";")):
            state, on, reason = change.strip().split("=")
            book.add("programme_risk_changes", programme=programme, number=numbers[programme], to_status=state, effective_on=on,
                     reason=reason)  # fmt: skip
