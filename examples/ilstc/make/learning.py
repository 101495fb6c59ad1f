"""Whether learners could be reached, how well they speak Chinese, what waits for them, and where their courses stand in a learning platform."""

from datetime import date

from .tables import Book, draws

# Cohort, moment, day, how many of ten thousand were reached, not reached, and left untried; the rest have no channel.
CHECKS = [
    ("VTE-BS-04", "entry", date(2023, 8, 30), 9600, 200, 0), ("VTE-BS-04", "exit", date(2023, 12, 1), 8500, 1000, 0),
    ("LGTC-VI-2023-A", "entry", date(2023, 6, 14), 8800, 900, 0), ("LGTC-VI-2023-A", "exit", date(2024, 1, 22), 7600, 1700, 0),
    ("LPQ-LO-01", "entry", date(2023, 10, 12), 8600, 900, 0), ("LGTC-VI-2024-A", "entry", date(2024, 1, 10), 8500, 800, 400),
    ("KOS-CP-01", "entry", date(2024, 1, 11), 5000, 900, 3900),
]  # fmt: skip
GOALS = [("VTE-CW-01", "hsk_2010", "2", 180), ("LGTC-VI-2023-A", "hsk_2010", "2", 120), ("LGTC-VI-2024-A", "hsk_2010", "2", 200),
         ("KOS-CP-01", "cefr", "A2", 96)]  # fmt: skip
# Cohort, moment, day, scale, source, the levels with their weights ("-" says nothing).
LEVELS = [
    ("VTE-CW-01", "entry", date(2022, 11, 22), "cefr", "own_word", {"A1": 3, "-": 7}),
    ("VTE-CW-01", "exit", date(2023, 3, 3), "hsk_2010", "test", {"1": 3, "2": 6, "3": 1}),
    ("LGTC-VI-2023-A", "entry", date(2023, 6, 13), "hsk_2010", "test", {"1": 5, "2": 1, "-": 4}),
    ("LGTC-VI-2023-A", "entry", date(2023, 6, 13), "cefr", "own_word", {"A1": 4, "-": 6}),
    ("LGTC-VI-2023-A", "exit", date(2024, 1, 19), "hsk_2010", "test", {"1": 2, "2": 6, "3": 2}),
    ("LGTC-VI-2023-A", "exit", date(2024, 1, 23), "hsk_2010", "certificate", {"2": 3, "-": 7}),
    ("LGTC-VI-2024-A", "entry", date(2024, 1, 9), "hsk_2010", "certificate", {"1": 2, "2": 1, "-": 7}),
    ("LGTC-VI-2024-A", "entry", date(2024, 1, 9), "cefr", "own_word", {"A1": 5, "A2": 1, "-": 4}),
    ("KOS-CP-01", "entry", date(2024, 1, 9), "cefr", "test", {"A1": 6, "-": 4}),
]
LINKS = [
    (
        "LGTC-VI-2024-A",
        "Vehicle inspection: films and exercises",
        "https://learn.panda-college.example/course/vi-2024-a",
    ),
    ("LGTC-VI-2024-A", "Chinese for the workshop", "https://learn.panda-college.example/course/zh-workshop"),
    ("DEG-AUT-2023", "Automotive degree, second year", "https://classroom.cqipc.example/auto-2023"),
]
JOBS = {
    "VTE-TT-04": ["Teacher of vehicle mechanics", "Teacher of electrical work", "Head of the workshop of the school"],
    "VTE-BS-05": ["Fitter in the brake bay", "Driver and second fitter", "Foreman of the night shift"],
}


def write(book: Book) -> None:
    book.open("jobs_to_return", "cohort,number,job")
    book.open("contact_checks", "cohort,number,moment,checked_on,result")
    book.open("language_goals", "cohort,language,scale,level,hours")
    book.open("language_levels", "cohort,number,moment,language,scale,level,source,stated_on")
    book.open("platform_links", "cohort,title,address")
    random = draws("learning")
    for cohort, jobs in JOBS.items():
        for seat in _seats(book, cohort):
            # Some employers promise nothing.
            if random.random() < 0.8:
                book.add("jobs_to_return", cohort=cohort, number=seat, job=random.choice(jobs))
    for cohort, moment, on, reached, missed, untried in CHECKS:
        shares = [reached, missed, untried, 10_000 - reached - missed - untried]
        for seat in _seats(book, cohort):
            result = random.choices(["reached", "not_reached", "", "no_channel"], weights=shares)[0]
            if result:
                book.add("contact_checks", cohort=cohort, number=seat, moment=moment, checked_on=on, result=result)
    for cohort, scale, level, hours in GOALS:
        book.add("language_goals", cohort=cohort, language="zh-Hans", scale=scale, level=level, hours=hours)
    for cohort, moment, on, scale, source, levels in LEVELS:
        for seat in _seats(book, cohort):
            level = random.choices(list(levels), weights=list(levels.values()))[0]
            if level != "-":
                book.add(
                    "language_levels", cohort=cohort, number=seat, moment=moment, language="zh-Hans", scale=scale, level=level,
                    source=source, stated_on=on,
                )  # fmt: skip
    for cohort, title, address in LINKS:
        book.add("platform_links", cohort=cohort, title=title, address=address)


def _seats(book: Book, cohort: str) -> list[str]:
    """Of those who came and stayed."""
    gone = {"withdrew", "never_started", "transferred"}
    return [
        row["number"]
        for row in book.rows("enrolments")
        if row["cohort"] == cohort and row["exit_status"] not in gone
    ]  # fmt: skip
