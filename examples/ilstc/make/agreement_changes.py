"""Kinds of agreement with their clauses; an answer to a proposal, an amendment, lines, and a step that waits for an answer."""

from .references import References
from .tables import HERE, Book

LANGUAGES = ("en", "zh-Hans", "lo")
# code | how it is signed | whose articles it begins with | names
KINDS = [
    ("framework", "parallel", "workshop", ("Framework agreement", "框架协议", "ຂໍ້ຕົກລົງຂອບການຮ່ວມມື")),
    ("cooperation", "parallel", "vocational", ("Cooperation agreement", "合作协议", "ຂໍ້ຕົກລົງການຮ່ວມມື")),
    ("implementation", "parallel", "company", ("Implementation letter", "实施函", "ໜັງສືຈັດຕັ້ງປະຕິບັດ")),
    ("learning", "in_order", "degree", ("Learning agreement", "学习协议", "ຂໍ້ຕົກລົງການຮຽນ")),
]
# The company answers: its drivers cannot leave their shifts. Then the school signs.
COUNTERED, ANSWERED_ON = "AGR-2024-0004", "2024-01-22"
ANSWER = {
    "en": "Article 2. Purpose. Drivers of the company are trained at its depot, outside their shifts. The company states in writing how many people it needs and by when.",
    "zh-Hans": "第二条 宗旨。在企业车场、轮班之外培训司机。企业以书面形式说明所需人数和时间。",
}
# Calibration once a year was too little.
AMENDED, AMENDED_ON, SIGNED_ON = "AGR-2022-0007", "2023-11-06", "2023-11-20"
MORE_OFTEN = {
    "en": ("once a year", "twice a year"),
    "zh-Hans": ("每年校准一次", "每年校准两次"),
    "lo": ("ປີລະຄັ້ງ", "ປີລະສອງຄັ້ງ"),
}
LINES = {
    "AGR-2022-0007": [("Two brake testers", "制动试验台两台", "ເຄື່ອງທົດສອບເບຣກ 2 ເຄື່ອງ"), ("One four-post lift", "四柱举升机一台", "ລິຟຍົກລົດ 4 ເສົາ 1 ເຄື່ອງ")],
    "AGR-2023-0037": [("Four cohorts a year of at most twenty-five", "每年四期，每期不超过二十五人", "ປີລະ 4 ຮຸ່ນ ຮຸ່ນລະບໍ່ເກີນ 25 ຄົນ")],
}  # fmt: skip


def write(book: Book, refer: References) -> None:
    _kinds(book)
    book.open("agreement_lines", "agreement,number,language,text")
    for agreement, lines in LINES.items():
        for number, texts in enumerate(lines, start=1):
            for language, text in zip(LANGUAGES, texts, strict=True):
                book.add("agreement_lines", agreement=agreement, number=number, language=language, text=text)
    columns = "agreement,member,on,reason,ends_on,language,clause,text"
    book.open("agreement_counters", columns)
    for language, text in ANSWER.items():
        book.add("agreement_counters", agreement=COUNTERED, member="brolga-reach-haulage", on=ANSWERED_ON, language=language, clause=2,
                 text=text, reason="Our drivers cannot leave their shifts")  # fmt: skip
    book.open("agreement_amendments", f"{columns},signed_on,scan")
    for language, (said, shall_say) in MORE_OFTEN.items():
        number, clause = _clause_with(book, AMENDED, language, said)
        book.add("agreement_amendments", agreement=AMENDED, member="lgtvc", on=AMENDED_ON, language=language, clause=number,
                 text=clause.replace(said, shall_say), reason="The testers are used every day", signed_on=SIGNED_ON,
                 scan=f"scan-{AMENDED.lower()}-a1")  # fmt: skip
    book.open("agreement_steps", "agreement,kind,member,asked_on,takes_effect_on,reason")
    book.add("agreement_steps", agreement="AGR-2022-0010", kind="lapse", member=refer("@cq-school-2"), asked_on="2024-01-29",
             reason="A new curriculum takes its place next year")  # fmt: skip


def _kinds(book: Book) -> None:
    book.open("agreement_kinds", "code,position,signing_order,quorum,name_en,name_zh-Hans,name_lo")
    book.open("agreement_clauses", "kind,language,number,text")
    lines = (HERE / "texts" / "articles.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    for position, (code, order, articles, names) in enumerate(KINDS, start=1):
        name = {f"name_{language}": text for language, text in zip(LANGUAGES, names, strict=True)}
        book.add("agreement_kinds", code=code, position=position, signing_order=order, quorum=1, **name)
        begun = [row for row in rows if row[0].strip() == "all" or articles in row[0].strip().split(",")]
        for column, language in enumerate(LANGUAGES, start=1):
            for number, row in enumerate(begun, start=1):
                book.add("agreement_clauses", kind=code, language=language, number=number, text=_open(row[column]))


def _open(article: str) -> str:
    """An article with the places that a draft fills; what each party does is written in every draft anew."""
    return article.replace("{starts}", "{first_day}").replace("{ends}", "{last_day}").replace("{duties}", "…").strip()


def _clause_with(book: Book, agreement: str, language: str, words: str) -> tuple[int, str]:
    body = next(
        row["body"]
        for row in book.rows("agreement_texts")
        if (row["agreement"], row["language"]) == (agreement, language)
    )
    return next((number, clause) for number, clause in enumerate(body.split("\n\n"), start=1) if words in clause)
