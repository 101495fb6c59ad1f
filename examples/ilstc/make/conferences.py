"""Conferences, what was announced there, what was reported and what became of it."""

from .references import References
from .tables import Book, day, pool

LANGUAGES = ("title_en", "title_zh-Hans", "title_lo")
WORDINGS = ("wording_zh-Hans", "wording_en", "wording_lo")
# Announced but not yet confirmed by a second person: to be done by hand.
UNCONFIRMED = {"ANN-2023-0012"}


def write(book: Book, refer: References) -> None:
    book.open("conferences", "reference,place,country,zone,starts_on,ends_on,status,source_mark," + ",".join(LANGUAGES))
    starts = {}
    for reference, starts_on, ends_on, status, mark, *titles in pool("conferences"):
        starts[reference] = day(starts_on)
        book.add("conferences", reference=reference, place="Chongqing", country="CN", zone="Asia/Shanghai", starts_on=starts_on, ends_on=ends_on, status=status,
                 source_mark=mark, **dict(zip(LANGUAGES, titles, strict=True)))  # fmt: skip
    book.open("announcements", "reference,conference,owner,country,announced_on,next_report_due_on,made_by,confirmed_by,confirmed_on,"
              "read_out_in,source_mark," + ",".join((*LANGUAGES, *WORDINGS)))  # fmt: skip
    book.open("announcement_reports", "announcement,reported_on,text,language,next_due_on,reached,by")
    book.open("announcement_changes", "announcement,to_status,effective_on,reason")
    words = {reference: texts for reference, *texts in pool("announcement_words")}
    for reference, owner, country, due, mark, en, zh, lo, changes, reports in pool("announcements"):
        conference = f"CONF-{reference[4:8]}"
        announced = starts[conference]
        is_confirmed = reference not in UNCONFIRMED
        book.add(
            "announcements", reference=reference, conference=conference, owner=refer(owner), country=country, announced_on=announced,
            next_report_due_on=due, made_by="Secretariat, conference desk", source_mark=mark,
            confirmed_by="Council, office of the chair" if is_confirmed else "",
            confirmed_on=announced.replace(day=announced.day + 1) if is_confirmed else "",
            read_out_in="zh-Hans" if reference in words else "",
            **dict(zip(LANGUAGES, (en, zh, lo), strict=True)), **dict(zip(WORDINGS, words.get(reference, ("", "", "")), strict=True)),
        )  # fmt: skip
        for report in filter(None, reports.split(";;")):
            reported_on, next_due, text, *reached = report.split(">")
            book.add("announcement_reports", announcement=reference, reported_on=reported_on, text=text, language="en",
                     next_due_on=next_due, reached="".join(reached), by="Office for international cooperation of the owner")  # fmt: skip
        for change in filter(None, changes.split(",")):
            status, on = change.split("=")
            reason = "The supplier left the market" if status == "withdrawn" else ""
            book.add("announcement_changes", announcement=reference, to_status=status, effective_on=on, reason=reason)
    book.open("announcement_members", "announcement,member,role")
    book.open("announcement_targets", "announcement,number,unit,language,indicator,reach_by,set_on,reason,by")
    book.open("announcement_evidence", "announcement,reported_on,document,kind,reference")
    book.open("announcement_merges", "announcement,into,effective_on,reason")
    for table, *cells in pool("announcement_parts"):
        match table:
            case "member":
                book.add("announcement_members", announcement=cells[0], member=refer(cells[1]), role=cells[2])
            case "target":
                book.add("announcement_targets", language="en", by="Secretariat, conference desk",
                         **dict(zip(("announcement", "number", "unit", "indicator", "reach_by", "set_on", "reason"), cells, strict=True)))  # fmt: skip
            case "evidence":
                book.add(
                    "announcement_evidence",
                    **dict(zip(("announcement", "reported_on", "document", "kind", "reference"), cells, strict=True)),
                )
            case "merge":
                book.add(
                    "announcement_merges",
                    **dict(zip(("announcement", "into", "effective_on", "reason"), cells, strict=True)),
                )
