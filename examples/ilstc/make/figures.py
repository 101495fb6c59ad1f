"""What was said in public, which figures must hold beside it, two editions, and a correction after signing."""

from .alliance import ARTICLE
from .tables import Book

BEGIN, DAY, YEAR_END = "2021-01-01", "2024-01-18", "2023-12-31"
# reference | words | kind | number | code | scope | day or period
CLAIMS = [
    ("members-164", "164 member schools and companies", "exactly", "164", "members.active", "", "day"),
    ("places-14", "from 14 countries and regions", "exactly", "14", "members.countries", "", "day"),
    ("founders", "founded in 2021 by Chongqing and Sichuan", "words", "", "members.founding", "", "day"),
    ("announced", "announced a slew of programmes, among them the Deves Future Technology School in Sri Lanka", "words", "",
     "announcements.made", "conference=CONF-2023", "period"),
    ("panda-college-agreement", "set up a Panda College programme last year with the Lao-German Technical Vocational College", "words", "",
     "agreements.in_force", "conference=CONF-2022", "day"),
    ("panda-college", "the Panda College programme introduces China's vocational training to Lao students", "words", "",
     "programmes.running", "programme=panda-college", "day"),
    ("first-project", "its first training project is vehicle inspection and maintenance", "words", "",
     "programmes.running", "site=wks-vientiane", "day"),
    ("workshops-5", "five Panda Workshops", "exactly", "5", "sites.operating", "brand=panda", "day"),
    ("workshop-countries-3", "in three countries", "exactly", "3", "sites.countries", "brand=panda", "day"),
    ("teachers-240", "training for 240 teachers", "exactly", "240", "training.persons_completed", "brand=panda&kind=teacher", "period"),
    ("employees-600", "and over 600 corporate personnel", "over", "600", "training.persons_completed", "brand=panda&kind=company_employee", "period"),
    ("international-standards", "abilities that meet international standards", "words", "", "curricula.units_mapped",
     "curriculum=vehicle-inspection", "day"),
    ("recognised", "skilled workers with technologies that meet international standards", "words", "", "credentials.recognised_share", "", "period"),
    ("demand", "rising demand for skilled workers", "words", "", "demand.posts_stated", "", "period"),
    ("investment", "investment in vocational education", "words", "", "funding.pledged", "currency=CNY", "day"),
    ("employed", "skilled workers for economic integration", "words", "", "outcomes.employed_any", "months=6", "period"),
    ("degrees", "degree programmes", "at_least", "1", "programmes.running", "kind=degree", "day"),
    ("vocational", "and vocational training", "at_least", "1", "programmes.running", "kind=vocational", "day"),
]  # fmt: skip
ALL_PERSONS = ("training.persons_completed", "brand=panda", "period")
# Claimed, and in no report: only what is disclosed is counted.
LEFT_OUT = {"funding.pledged"}
EDITION_2023 = [
    ("members.active", "", "day"), ("members.countries", "", "day"), ("agreements.in_force", "", "day"), ("announcements.silent", "", "day"),
    ("sites.operating", "brand=panda", "day"), ("sites.countries", "brand=panda", "day"), ("programmes.running", "", "day"),
    ("training.persons_completed", "brand=panda&kind=teacher", "period"),
    ("training.persons_completed", "brand=panda&kind=company_employee", "period"), ("demand.posts_stated", "", "period"),
    ("credentials.issued", "", "period"),
]  # fmt: skip
CORRECTED = {"brand=panda&kind=teacher", "brand=panda"}
WHY = "Two teachers were registered twice under two romanisations; their records are merged"


def write(book: Book) -> None:
    book.open("claims", "reference,position,words,kind,number,code,scope,on_day,starts_on,ends_on,source")
    for position, (reference, words, kind, number, code, scope, when) in enumerate(CLAIMS, start=1):
        book.add("claims", reference=reference, position=position, words=words, kind=kind, number=number, code=code, scope=scope,
                 source=ARTICLE, **_when(when, DAY))  # fmt: skip
    book.open("editions", "reference,title,day,published_on")
    book.add("editions", reference="2023", title="Figures of the year 2023", day=YEAR_END)
    book.add("editions", reference="2024", title="Annual report 2024", day=DAY, published_on="2024-01-30")
    book.open(
        "edition_figures",
        "edition,position,code,scope,on_day,starts_on,ends_on,frozen_on,signed_by,signed_on,second_by,second_on",
    )
    book.open("merges", "person,into,merged_on,reason")
    book.open(
        "corrections", "code,scope,on_day,starts_on,ends_on,reason,corrected_on,signed_by,signed_on,second_by,second_on"
    )
    asked = [(code, scope, when) for _, _, _, _, code, scope, when in CLAIMS if code not in LEFT_OUT]
    for edition, last, figures in (
        ("2024", DAY, [*dict.fromkeys(asked), ALL_PERSONS]),
        ("2023", YEAR_END, EDITION_2023),
    ):
        for position, (code, scope, when) in enumerate(figures, start=1):
            book.add(
                "edition_figures", edition=edition, position=position, code=code, scope=scope, **_when(when, last), frozen_on="2024-01-19",
                signed_by="secretariat", signed_on="2024-01-19", second_by="council", second_on="2024-01-22",
            )  # fmt: skip
            if code == "training.persons_completed" and scope in CORRECTED:
                book.add(
                    "corrections", code=code, scope=scope, **_when(when, last), reason=WHY, corrected_on="2024-01-25",
                    signed_by="secretariat", signed_on="2024-01-25", second_by="council", second_on="2024-01-26",
                )  # fmt: skip
    _merges(book)


def _merges(book: Book) -> None:
    """The later record of one human being points at the earlier."""
    seen: dict[str, str] = {}
    twice = {"Suksamon Phaengsavan": "Souksamone Phengsavanh", "Houn Vuthi": "Hun Vuthy"}
    for row in book.rows("people"):
        seen[row["romanised_name"]] = row["reference"]
    for later, earlier in twice.items():
        book.add("merges", person=seen[later], into=seen[earlier], merged_on="2024-01-24",
                 reason="The same person under two romanisations; confirmed by the sending school")  # fmt: skip


def _when(when: str, last: str) -> dict[str, str]:
    return {"on_day": last} if when == "day" else {"starts_on": BEGIN, "ends_on": last}
