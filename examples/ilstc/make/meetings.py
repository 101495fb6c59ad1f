"""What conferences are beside their announcements: agenda, what they decided, minutes, and who came. Every person is invented."""

from datetime import timedelta

from .references import References
from .tables import Book, day, pool

TITLES = ("title_en", "title_zh-Hans", "title_lo")
TEXTS = ("text_en", "text_zh-Hans", "text_lo")
# Conferences whose delegates are still known on the day of the example: ninety days after one it knows nobody.
REGISTRATION = {"CONF-2023": ("2023-10-01", "2023-11-20"), "CONF-2024": ("2024-01-15", "2024-11-01")}


def write(book: Book, refer: References) -> None:
    book.open("agenda", "conference,kind,starts_at,ends_at,room,language,speakers,contribution," + ",".join(TITLES))
    book.open(
        "resolutions", "reference,conference,owner,resolved_on,due_on,status,settled_on,reason," + ",".join(TEXTS)
    )
    book.open("minutes", "conference,language,text,written_on,written_by,approved_by,approved_on")
    for table, *cells in pool("meetings"):
        match table:
            case "agenda":
                _agenda(book, cells)
            case "resolution":
                reference, conference, owner, resolved, due, status, settled, reason, *texts = cells
                book.add("resolutions", reference=reference, conference=conference, owner=refer(owner) if owner else "", resolved_on=resolved,
                         due_on=due, status=status, settled_on=settled, reason=reason, **dict(zip(TEXTS, texts, strict=True)))  # fmt: skip
            case "minutes":
                conference, language, written, approved, text = cells
                book.add("minutes", conference=conference, language=language, text=text, written_on=written,
                         written_by="Secretariat, conference desk", approved_by="Council, office of the chair" if approved else "",
                         approved_on=approved)  # fmt: skip
    _contributions(book, refer)
    _delegates(book, refer)


def _agenda(book: Book, cells: list[str]) -> None:
    _conference, which, kind, begins, ends, room, language, speakers, *titles = cells
    for row in book.rows("conferences"):
        on = day(row["starts_on"]) + timedelta(days=int(which) - 1)
        # An agenda to come is put together later in its year.
        if row["status"] == "planned" and which != "1":
            continue
        book.add("agenda", conference=row["reference"], kind=kind, starts_at=f"{on} {begins}", ends_at=f"{on} {ends}", room=room,
                 language=language, speakers=speakers, **dict(zip(TITLES, titles, strict=True)))  # fmt: skip


def _contributions(book: Book, refer: References) -> None:
    """What members offered, how it was judged and decided, and where on the agenda the accepted ones stand."""
    book.open("contribution_calls", "conference,opens_on,closes_before")
    book.open(
        "contributions",
        "reference,conference,member,sent_on,language,speakers,title,abstract,decision,decided_on,reason,withdrawn_on,withdrawn_because",
    )
    book.open("contribution_judgements", "contribution,account,score,note,judged_on")
    for what, *cells in pool("contributions"):
        match what:
            case "call":
                conference, opens_on, closes_before = cells
                book.add("contribution_calls", conference=conference, opens_on=opens_on, closes_before=closes_before)
            case "offer":
                (
                    reference,
                    conference,
                    member,
                    sent_on,
                    language,
                    speakers,
                    title,
                    abstract,
                    decision,
                    decided,
                    reason,
                    back,
                    because,
                ) = cells
                book.add("contributions", reference=reference, conference=conference, member=refer(member), sent_on=sent_on, language=language,
                         speakers=speakers, title=title, abstract=abstract, decision=decision, decided_on=decided, reason=reason,
                         withdrawn_on=back, withdrawn_because=because)  # fmt: skip
            case "judged":
                reference, account, score, on, note = cells
                book.add(
                    "contribution_judgements",
                    contribution=reference,
                    account=account,
                    score=score,
                    note=note,
                    judged_on=on,
                )
            case "held":
                reference, conference, kind, begins, ends, room, language = cells
                book.add("agenda", conference=conference, kind=kind, starts_at=begins, ends_at=ends, room=room, language=language,
                         contribution=reference)  # fmt: skip


def _delegates(book: Book, refer: References) -> None:
    book.open(
        "delegate_questions", "conference,opens_on,closes_before,places,code,answer,need,options," + ",".join(TITLES)
    )
    for conference, (opens_on, closes_before) in REGISTRATION.items():
        book.add("delegate_questions", conference=conference, opens_on=opens_on, closes_before=closes_before, places=300, code="meals",
                 answer="one_of", need="required", options=["Everything", "Halal", "Vegetarian"],
                 **dict(zip(TITLES, ("What do you eat?", "您的饮食要求？", "ທ່ານກິນອາຫານແບບໃດ?"), strict=True)))  # fmt: skip
    book.open(
        "delegates", "conference,registered_on,name,latin_name,email,language,member,comes_from,country,meals,listed"
    )
    for conference, registered, name, latin, language, whence, country, meals, listed in pool("delegates"):
        is_member = not whence.startswith("=")
        book.add("delegates", conference=conference, registered_on=registered, name=name, latin_name=latin,
                 email=f"{latin.lower().replace(' ', '.')}@delegates.example", language=language, member=refer(whence) if is_member else "",
                 comes_from="" if is_member else whence[1:], country=country, meals=meals, listed=listed)  # fmt: skip
