"""Which cohorts there are, when they meet, and who sits in which seat: the exact numbers of persons are decided here."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from .people import People
from .references import References
from .tables import day, draws, pool

TODAY = date(2024, 2, 2)
NO_DEMAND = "Teacher training follows from the agreement of the schools, not from an employer's demand"
# Weekday, hour, minute, minutes of each meeting in a week.
RHYTHMS = {
    "days": [(d, h, 30, 180) for d in range(5) for h in (8, 13)],
    "mornings": [(d, 8, 30, 180) for d in range(5)],
    "evenings": [(0, 17, 30, 150), (1, 17, 30, 150), (3, 17, 30, 150), (5, 8, 30, 180)],
    "twice": [(2, 17, 30, 120), (4, 17, 30, 120)],
    "thrice": [(0, 13, 30, 150), (2, 13, 30, 150), (4, 13, 30, 150)],
}
# Where the learners of a site come from, by kind (the rest from the site's own country).
ABROAD = {
    ("wks-rayong", "teacher"): "MM MM ID ID PH PH LK LK PK KR SG NZ AU KH".split(),
    ("wks-rayong", "company_employee"): "MM MM MM ID ID ID PH PH LK PK KR SG AU HK".split(),
    ("wks-phnom-penh", "teacher"): "MM ID PK LK PH PH".split(),
    ("wks-phnom-penh", "company_employee"): "CN CN MM PH SG".split(),
    ("wks-sihanoukville", "company_employee"): "CN PH PH ID LK LK".split(),
    ("wks-sihanoukville", "teacher"): "PH ID LK".split(),
    ("wks-vientiane", "company_employee"): "CN CN TH TH MM".split(),
    ("wks-vientiane", "teacher"): "TH MM MM KH".split(),
    ("wks-luang-prabang", "company_employee"): "CN TH MM".split(),
    ("wks-luang-prabang", "teacher"): "TH TH MM".split(),
}  # fmt: skip
SHARE_FROM_ABROAD = {"wks-rayong": 0.32, "wks-sihanoukville": 0.16}
# Persons in two cohorts: (kind in the first, cohort), (kind in the second, cohort), how many.
TEACHERS_TWICE = [("LPQ-TT-01", "VTE-TT-01", 2), ("LPQ-TT-02", "VTE-TT-03", 1), ("PNH-TT-01", "KOS-TT-01", 3),
                  ("RYG-TT-01", "PNH-TT-02", 1), ("RYG-TT-02", "VTE-TT-03", 1)]  # fmt: skip
EMPLOYEES_TWICE = [("LPQ-BS-01", "VTE-BS-03", 2), ("PNH-ES-01", "KOS-PE-02", 2), ("RYG-PT-02", "KOS-PE-04", 1)]
BOTH_KINDS = [
    ("VTE-TT-01", "VTE-BS-03", 1),
    ("LPQ-TT-01", "LPQ-BS-05", 1),
    ("KOS-TT-01", "KOS-PE-04", 1),
    ("RYG-TT-01", "RYG-PT-04", 1),
]
TWO_BRANDS = [("VTE-BS-02", "VTE-CR-01", 12)]
LATER_AT_THE_COLLEGE = [("VTE-CW-01", "LGTC-VI-2023-A", 6), ("VTE-CW-01", "LGTC-VI-2024-A", 7)]
# One human being, registered twice under two spellings: (cohort, own name, romanised, sex, born) of both records.
DUPLICATES = [
    (("LPQ-TT-02", "ສຸກສະໝອນ ແພງສະຫວັນ", "Souksamone Phengsavanh", "f", "1986-04-19"),
     ("VTE-TT-02", "ສຸກສະໝອນ ແພງສະຫວັນ", "Suksamon Phaengsavan", "f", "1986-04-19")),
    (("PNH-TT-01", "ហ៊ុន វុទ្ធី", "Hun Vuthy", "m", "1979-11-02"), ("RYG-TT-02", "ហ៊ុន វុទ្ធី", "Houn Vuthi", "m", "")),
]  # fmt: skip
# Taught to the end, every decision final: closing it is left to be done by hand.
TO_BE_CLOSED = "LGTC-VI-2023-A"
# More apply than there are places: who gets one is decided by points and offers.
CHOOSING = {"VTE-TT-04": 15}
# Completed by the paper, with not one counted attendance and no decision: shown beside, never counted.
WITHOUT_EVIDENCE = {"PNH-TT-02": 1, "LPQ-BS-02": 1, "KOS-PE-03": 1}


@dataclass
class Seat:
    person: str
    country: str
    # completed, withdrew, never_started, transferred, suspended, without_evidence; "taught" where the cohort is still to be closed;
    # nothing while it goes on.
    ends_as: str


@dataclass
class Cohort:
    reference: str
    programme: str
    taught: str
    site: str
    country: str
    brand: str
    demand: str
    kind: str
    completing: int
    others: int
    starts: date
    sessions: int
    rhythm: str
    last_step: str
    award_after: str
    expires: str
    days: list = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    @property
    def ends(self) -> date:
        return self.days[-1][0]

    @property
    def is_over(self) -> bool:
        return self.last_step not in {"running", "recruiting", "planned"}


def plan(people: People, refer: References, sites: dict[str, dict[str, str]]) -> list[Cohort]:
    closed = closed_days()
    cohorts = []
    for row in pool("cohorts"):
        country = sites[row[3]]["country"]
        cohort = Cohort(*row[:4], country, row[4], row[5] if row[5] != "*" else NO_DEMAND, row[6], int(row[7]), int(row[8]), day(row[9]),
                        int(row[10]), *row[11:])  # fmt: skip
        cohort.days = meetings(cohort, closed[country])
        cohorts.append(cohort)
    _seat(cohorts, people, refer)
    return cohorts


def meetings(cohort: Cohort, closed: set[str]) -> list[tuple[date, int, int, int]]:
    """Day, hour, minute and length of every meeting, in order, on days on which the site teaches."""
    found: list[tuple[date, int, int, int]] = []
    on = cohort.starts
    while len(found) < cohort.sessions:
        if on.strftime("%m-%d") not in closed:
            found += [(on, h, m, length) for d, h, m, length in RHYTHMS[cohort.rhythm] if d == on.weekday()]
        on += timedelta(days=1)
    return found[: cohort.sessions]


def closed_days() -> dict[str, set[str]]:
    closed: dict[str, set[str]] = defaultdict(set)
    for country, first, last in pool("places_and_days"):
        on, end = day(f"2023-{first}"), day(f"2023-{last}")
        while on <= end:
            closed[country].add(on.strftime("%m-%d"))
            on += timedelta(days=1)
    return closed


def _seat(cohorts: list[Cohort], people: People, refer: References) -> None:
    by = {cohort.reference: cohort for cohort in cohorts}
    random = draws("seats")
    waiting: dict[str, list[Seat]] = defaultdict(list)
    khamla = people.make_named(
        "ຄຳຫຼ້າ ພົມມະຈັນ", "Khamla Phommachanh", "lo", "LA", "f", born_on="2004-03-08", other=("坎拉·蓬玛占", "zh-Hans")
    )
    waiting["VTE-CW-01"].append(Seat(khamla, "LA", "completed"))
    waiting["LGTC-VI-2024-A"].append(Seat(khamla, "LA", ""))
    nimali = people.make_named("නිමාලි පෙරේරා", "Nimali Perera", "si", "LK", "f", born_on="1991-09-14")
    waiting["RYG-TT-02"].append(Seat(nimali, "LK", "completed"))
    for pair in DUPLICATES:
        for cohort, own, roman, sex, born in pair:
            country = by[cohort].country if own.startswith("ສ") else "KH"
            waiting[cohort].append(
                Seat(
                    people.make_named(own, roman, "lo" if country == "LA" else "km", country, sex, born_on=born),
                    country,
                    "completed",
                )
            )
    for first, second, count in TEACHERS_TWICE + EMPLOYEES_TWICE + BOTH_KINDS + TWO_BRANDS + LATER_AT_THE_COLLEGE:
        for _ in range(count):
            country = by[first].country
            person = people.make(country, ages=(17, 20) if by[first].kind == "student" else (24, 48))
            waiting[first].append(Seat(person, country, "completed"))
            waiting[second].append(Seat(person, country, "completed" if by[second].completing else ""))
    for cohort in cohorts:
        ages = (17, 22) if cohort.kind == "student" else (23, 54)
        seats = waiting[cohort.reference]
        while len(seats) < (cohort.completing or cohort.others):
            country = _country(cohort, random, refer)
            seats.append(Seat(people.make(country, ages=ages), country, "completed" if cohort.completing else ""))
        if cohort.completing:
            for _ in range(cohort.others):
                ends_as = random.choices(["withdrew", "never_started", "transferred"], weights=[6, 3, 1])[0]
                seats.append(Seat(people.make(cohort.country, ages=ages), cohort.country, ends_as))
            for _ in range(WITHOUT_EVIDENCE.get(cohort.reference, 0)):
                seats.append(Seat(people.make(cohort.country, ages=ages), cohort.country, "without_evidence"))
        _leave_early(cohort, seats)
        if cohort.reference == TO_BE_CLOSED:
            for seat in seats:
                seat.ends_as = "taught" if seat.ends_as == "completed" else seat.ends_as
        first = [seat for seat in seats if seat.person == khamla]
        rest = [seat for seat in seats if seat.person != khamla]
        random.shuffle(rest)
        cohort.seats = first + rest


def _leave_early(cohort: Cohort, seats: list[Seat]) -> None:
    """In cohorts that still run, a few have stopped."""
    stops = {
        "DEG-AUT-2023": ["withdrew", "suspended"],
        "LPQ-LO-01": ["withdrew", "never_started"],
        "KOS-CP-01": ["never_started"],
    }
    for seat, ends_as in zip(reversed(seats), stops.get(cohort.reference, []), strict=False):
        seat.ends_as = ends_as


def _country(cohort: Cohort, random, refer: References) -> str:
    """Where a learner comes from; only from countries with a member that can have sent them by then."""
    if cohort.site == "college-chongqing":
        return "LA"
    if random.random() < SHARE_FROM_ABROAD.get(cohort.site, 0.08) and (cohort.site, cohort.kind) in ABROAD:
        country = random.choice(ABROAD[cohort.site, cohort.kind])
        if senders(refer, country, cohort):
            return country
    return cohort.country


def senders(refer: References, country: str, cohort: Cohort) -> list[str]:
    kind = "company" if cohort.kind == "company_employee" else "school"
    by_then = cohort.starts.isoformat()
    return [key for key in refer.of(country, kind) if refer.active[key] <= by_then]
