"""Who trains: the register, what they learned, who was sent where, sessions that were watched; and trained teachers who teach themselves."""

from collections import defaultdict
from datetime import date, timedelta

from .cohorts import DUPLICATES, TODAY
from .staff import Staff
from .tables import Book, draws, pool

# Teachers trained in the first cohort, so many of whom teach in the other.
TEACH_LATER = [
    ("RYG-TT-01", "RYG-PT-02", 2), ("RYG-TT-01", "RYG-PT-04", 1), ("RYG-TT-01", "RYG-PT-05", 1), ("PNH-TT-01", "PNH-ES-02", 2),
    ("PNH-TT-01", "PNH-ES-05", 1), ("LPQ-TT-01", "LPQ-BS-02", 2), ("LPQ-TT-01", "LPQ-LO-01", 1), ("VTE-TT-01", "VTE-BS-02", 2),
    ("VTE-TT-01", "VTE-BS-04", 1), ("KOS-TT-01", "KOS-PE-03", 2), ("KOS-TT-01", "KOS-PE-05", 1), ("RYG-TT-02", "RYG-PT-05", 1),
    ("VTE-TT-03", "VTE-VI-01", 1),
]  # fmt: skip
# A cohort of teachers that trained teachers taught by themselves.
BY_THE_TRAINED = ("VTE-TT-01", "VTE-TT-03", 2)
FIRST_LANGUAGE = {
    "LA": "lo",
    "CN": "zh-Hans",
    "KH": "km",
    "TH": "th",
    "MM": "my",
    "PH": "fil",
    "ID": "id",
    "LK": "si",
    "PK": "ur",
    "KR": "ko",
}
RUBRIC_FROM = {1: date(2022, 1, 1), 2: date(2023, 7, 1)}
WATCHED = [
    # cohort, whose place among its trainers, who watched ("" is the secretariat, a site its third trainer), which session, levels, remarks, agreed
    ("VTE-BS-02", 2, "wks-vientiane/1", 12, "3;2;3;2", "The aim was clear; two of twelve learners did the work, the others looked on.",
     "Let every learner measure once before the next step", "2023-04-03"),
    ("VTE-BS-04", 0, "wks-vientiane/1", 10, "4;3;4;3;3", "Safe from the first minute; the questions were open.",
     "Show the younger trainer how the safety talk is given", "2024-02-15"),
    ("RYG-PT-02", 2, "", 9, "2;2;3;3", "Much was told, little was shown.", "Turn the first piece in front of everybody", "2022-11-01"),
    ("LPQ-BS-02", 2, "", 14, "3;3;2;3", "Learners explained to each other in their own words.", "", ""),
    ("PNH-ES-05", 2, "", 8, "3;3;3;2;2", "Good order at the boards; the summary was left out.", "Close with two questions", "2023-11-30"),
]  # fmt: skip
STAYS = [
    # person ("site/place" in the staff), kind, sent by, site, country, city, from, to, what for, paid by, what it cost
    ("wks-rayong/1", "posting", "cqipc", "wks-rayong", "", "", "2021-11-22", "2023-06-30", "To teach at the workshop and to guide its teachers", "cqipc", ""),
    ("college-chongqing/1", "posting", "cqipc", "wks-vientiane", "", "", "2023-09-04", "", "To guide the practice of vehicle inspection", "lgtvc", ""),
    ("college-chongqing/1", "trip", "cqipc", "wks-luang-prabang", "", "", "2023-11-20", "2023-11-24", "To look at the workshop before its review", "cqipc", ""),
    ("college-chongqing/0", "trip", "cqipc", "wks-vientiane", "", "", "2022-10-10", "2022-10-21", "To open the first course for teachers", "cqipc", ""),
    ("college-chongqing/0", "trip", "cqipc", "wks-phnom-penh", "", "", "2023-05-15", "2023-05-26", "To prepare the second course for teachers", "cqipc", ""),
    ("wks-vientiane/0", "learning", "lgtvc", "", "CN", "Chongqing", "2023-07-17", "2023-07-28", "To learn on the new brake tester", "cqipc",
     "18400.00 CNY"),
    ("wks-vientiane/1", "learning", "lgtvc", "", "CN", "Chongqing", "2023-07-17", "2023-07-28", "To learn on the new brake tester", "cqipc",
     "17950.50 CNY"),
]  # fmt: skip


def write(book: Book, staff: Staff) -> None:
    """After the enrolments and the sessions: it reads who completed what."""
    _let_trained_teach(book)
    _register(book, staff)
    _rubrics(book)
    _watched(book, staff)
    _stays(book, staff)


def _let_trained_teach(book: Book) -> None:
    twice = {one[1] for pair in DUPLICATES for one in pair}
    names = {row["reference"]: row["own_name"] for row in book.rows("people")}
    completed = defaultdict(list)
    for row in book.rows("enrolments"):
        if (
            row["exit_status"] == "completed"
            and row["participant_kind"] == "teacher"
            and names[row["person"]] not in twice
        ):
            completed[row["cohort"]].append(row["person"])
    taught = {row["reference"]: row for row in book.rows("cohorts")}
    learns = defaultdict(set)
    for row in book.rows("enrolments"):
        learns[row["cohort"]].add(row["person"])
    used: set[str] = set()

    def chosen(first: str, later: str, count: int) -> list[str]:
        free = [person for person in completed[first] if person not in learns[later] | used]
        found = sorted(draws(f"teach {first} {later}").sample(free, count))
        used.update(found)
        return found

    first, later, count = BY_THE_TRAINED
    taught[later]["trainers"] = ";".join(chosen(first, later, count))
    for first, later, count in TEACH_LATER:
        taught[later]["trainers"] = ";".join([taught[later]["trainers"], *chosen(first, later, count)])


def _register(book: Book, staff: Staff) -> None:
    book.open("trainers", "person,employer,starts_on,ends_on,languages,units")
    book.open("trainer_qualifications", "person,what,awarded_by,awarded_on,valid_until,document")
    people = {row["reference"]: row for row in book.rows("people")}
    hosts = {row["reference"]: row["host"] for row in book.rows("sites")}
    sent = {
        row["person"]: row["sending_organisation"]
        for row in book.rows("enrolments")
        if row["participant_kind"] == "teacher"
    }
    learned = {
        row["person"]: row["exit_on"]
        for row in book.rows("enrolments")
        if row["participant_kind"] == "teacher" and row["exit_on"]
    }
    employed = {person: hosts[site] for site, some in staff.trainers.items() for person in some}
    teaching = defaultdict(list)
    for row in book.rows("cohorts"):
        for person in filter(None, row["trainers"].split(";")):
            teaching[person].append(row)
    units = defaultdict(list)
    for row in book.rows("units"):
        units[row["curriculum"], row["version"]].append(f"{row['curriculum']}.{row['version']}.{row['code']}")
    papers = pool("trainer_papers")
    for person in sorted(teaching):
        random = draws(f"trainer {person}")
        first = min(date.fromisoformat(row["starts_on"]) for row in teaching[person])
        since = first - timedelta(days=30)
        if person not in employed:
            since = max(since, date.fromisoformat(learned[person]) + timedelta(days=1))
        home = people[person]["residence_country"]
        spoken = [f"{FIRST_LANGUAGE.get(home, 'en')} first"]
        if FIRST_LANGUAGE.get(home):
            spoken.append(f"en cefr {random.choice(['A2', 'B1', 'B2'])} {random.choice(['own_word', 'certificate'])}")
        if home not in {"CN"} and random.random() < 0.4:
            spoken.append(f"zh-Hans hsk_2010 {random.choice('234')} certificate")
        may = sorted({name for row in teaching[person] for name in units[row["curriculum"], row["version"]]})
        book.add(
            "trainers", person=person, employer=employed.get(person) or sent.get(person, ""), starts_on=since, ends_on="",
            languages="; ".join(spoken), units=may,
        )  # fmt: skip
        for what, awarded_by, years in random.sample(papers, 2 if person in employed else 1):
            on = since - timedelta(days=random.randint(200, 1500))
            until = on + timedelta(days=365 * int(years)) if years else ""
            book.add(
                "trainer_qualifications",
                person=person,
                what=what,
                awarded_by=awarded_by,
                awarded_on=on,
                valid_until=until,
            )


def _rubrics(book: Book) -> None:
    book.open("rubrics", "code,version,starts_on,part,position,language,text")
    for version, part, position, *texts in pool("rubric"):
        for language, text in zip(("en", "zh-Hans", "lo"), texts, strict=True):
            book.add(
                "rubrics", code="teaching", version=version, starts_on=RUBRIC_FROM[int(version)], part=part, position=position,
                language=language, text=text,
            )  # fmt: skip


def _watched(book: Book, staff: Staff) -> None:
    book.open("observed_sessions", "person,cohort,session,observer,rubric,version,levels,remarks,agreed,agreed_by")
    trainers = {row["reference"]: row["trainers"].split(";") for row in book.rows("cohorts")}
    locked = defaultdict(list)
    for row in book.rows("sessions"):
        if row["status"] == "locked":
            locked[row["cohort"]].append(row)
    for cohort, place, observer, number, levels, remarks, agreed, agreed_by in WATCHED:
        session = locked[cohort][number]
        version = 2 if date.fromisoformat(session["begins_at"][:10]) >= RUBRIC_FROM[2] else 1
        assert date.fromisoformat(session["begins_at"][:10]) < TODAY, cohort
        book.add(
            "observed_sessions", person=trainers[cohort][place], cohort=cohort, session=session["number"],
            observer=_of_the_staff(staff, observer) if observer else staff.mei, rubric="teaching", version=version, levels=levels,
            remarks=remarks, agreed=agreed, agreed_by=agreed_by,
        )  # fmt: skip


def _stays(book: Book, staff: Staff) -> None:
    book.open("stays", "person,kind,sent_by,site,country,city,starts_on,ends_on,purpose,paid_by,cost,currency")
    for who, kind, sent_by, site, country, city, starts_on, ends_on, purpose, paid_by, cost in STAYS:
        amount, _space, currency = cost.partition(" ")
        book.add(
            "stays", person=_of_the_staff(staff, who), kind=kind, sent_by=sent_by, site=site, country=country, city=city,
            starts_on=starts_on, ends_on=ends_on, purpose=purpose, paid_by=paid_by, cost=amount, currency=currency,
        )  # fmt: skip


def _of_the_staff(staff: Staff, named: str) -> str:
    site, _slash, place = named.partition("/")
    return staff.trainers[site][int(place)]
