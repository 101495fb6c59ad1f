"""Learners in companies: what they do there, their logbooks, visits, and the mentors' words week by week. Every mentor is invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .cohorts import TODAY, closed_days
from .judging import FINISHED, RUNNING
from .references import References
from .tables import Book, draws

INSURED = "Accident insurance of the college"
INSPECTION = [
    ("Receive vehicles and check their papers", "VI-01", ["Took in four minibuses and compared the frame numbers.", "Two papers did not match the plates; told the office."]),
    ("Look over brakes, steering and tyres with the fitter", "VI-02", ["Measured brake pads on three pick-ups; one under two millimetres.", "Found play in a steering joint; the fitter showed how it is pressed out."]),
    ("Check lights before the yearly inspection", "VI-04", ["Set headlights of five vans with the gauge.", "A brake light did not work: a corroded earth, cleaned."]),
    ("Write the report and explain it to the driver", "VI-06", ["Wrote six reports; the foreman corrected two words.", "Explained to a driver why the tyre must go."]),
]  # fmt: skip
DEGREE = [
    ("Read the fault memory of returned vehicles", "AD-02", ["Read out nine cars and sorted the faults by network.", "One node was silent; the plug was wet."]),
    ("Build and try a bench for battery fans", "AD-03", ["Drew the bench and ordered the parts.", "First run: too loud on the second step; noted the current."]),
]  # fmt: skip
REMARKS = ["Stayed an hour longer for a late bus.", "Came an hour earlier on one day, to load."]


@dataclass
class Stay:
    cohort: str
    seats: list[int]
    company: str
    mentor: tuple[str, str, str]
    first: date
    last: date
    weekdays: set[int]
    minutes: int
    tasks: list
    visits: list[tuple[date, str]]


def _stays(refer: References) -> list[Stay]:
    return [
        Stay(FINISHED, [1, 2, 4], "sainamkhong-fleet-service", ("Khamphet Duangmala", "mentor@sainamkhong.example", "lo"),
             date(2023, 11, 6), date(2024, 1, 12), {0, 2, 4}, 180, INSPECTION,
             [(date(2023, 11, 22), "Works beside the fitter, with goggles on; the logbook is kept."),
              (date(2024, 1, 10), "Takes vehicles in alone and asks when in doubt.")]),
        Stay(FINISHED, [5, 7, 8], "phoukhamkeo-transport", ("Souliya Vongphrachan", "workshop@phoukhamkeo.example", "lo"),
             date(2023, 11, 6), date(2024, 1, 12), {1, 3}, 240, INSPECTION,
             [(date(2023, 11, 23), "The second bay is narrow, but safe; more work on brakes was agreed.")]),
        Stay(RUNNING, [1, 2, 3], "phoukhamkeo-transport", ("Souliya Vongphrachan", "workshop@phoukhamkeo.example", "lo"),
             date(2024, 1, 13), date(2024, 3, 30), {5}, 360, INSPECTION[:2],
             [(date(2024, 1, 20), "A good beginning; gloves in smaller sizes are missing.")]),
        Stay("DEG-AUT-2023", [1, 2], refer("@cq-company-1"), ("周若林", "mentor@supplier.example", "zh-Hans"),
             date(2024, 1, 9), date(2024, 6, 27), {1, 3}, 240, DEGREE, []),
    ]  # fmt: skip


# One was broken off: the last day there, and why.
BROKEN = {(FINISHED, 7): (date(2023, 12, 8), "The company closed its second bay; there was no work to learn from.")}


def write(book: Book, refer: References) -> None:
    which = "cohort,number,starts_on"
    book.open(
        "placements",
        f"{which},ends_on,company,hours,mentor_name,mentor_email,mentor_language,insurance,insured_until,broken_off_on,broken_off_because",
    )
    book.open("placement_tasks", f"{which},text,unit")
    book.open("placement_logbook", f"{which},done_on,minutes,text,task")
    book.open("placement_visits", f"{which},visited_on,found")
    book.open("placement_weeks", f"{which},week,minutes,remark")
    random = draws("placements")
    for stay in _stays(refer):
        for seat in stay.seats:
            _place(book, stay, seat, random)


def _place(book: Book, stay: Stay, seat: int, random: Random) -> None:
    which = {"cohort": stay.cohort, "number": seat, "starts_on": stay.first}
    broken_on, because = BROKEN.get((stay.cohort, seat), ("", ""))
    days = _days(book, stay)
    name, mail, language = stay.mentor
    book.add(
        "placements", **which, ends_on=stay.last, company=stay.company, hours=len(days) * stay.minutes // 60, mentor_name=name,
        mentor_email=mail, mentor_language=language, insurance=INSURED, insured_until=stay.last, broken_off_on=broken_on,
        broken_off_because=because,
    )  # fmt: skip
    for text, unit, _said in stay.tasks:
        book.add("placement_tasks", **which, text=text, unit=unit)
    until = min(broken_on or stay.last, TODAY - timedelta(days=1))
    logged: dict[date, int] = {}
    for place, on in enumerate(day for day in days if day <= until):
        if random.random() < 0.06:
            continue
        text, _unit, said = stay.tasks[place // 2 % len(stay.tasks)]
        minutes = stay.minutes + random.choice([0, 0, 0, -30, 30])
        book.add("placement_logbook", **which, done_on=on, minutes=minutes, text=random.choice(said), task=text)
        week = on - timedelta(days=on.weekday())
        logged[week] = logged.get(week, 0) + minutes
    for visited_on, found in stay.visits:
        if visited_on <= until:
            book.add("placement_visits", **which, visited_on=visited_on, found=found)
    # The last week still waits for the mentor's word.
    for week, minutes in list(logged.items())[:-1]:
        differs = random.random() < 0.08
        book.add(
            "placement_weeks", **which, week=week, minutes=minutes + (60 if differs else 0), remark=random.choice(REMARKS) if differs else "",
        )  # fmt: skip


def _days(book: Book, stay: Stay) -> list[date]:
    site = next(row["site"] for row in book.rows("cohorts") if row["reference"] == stay.cohort)
    country = next(row["country"] for row in book.rows("sites") if row["reference"] == site)
    closed = closed_days()[country]
    span = [stay.first + timedelta(days=count) for count in range((stay.last - stay.first).days + 1)]
    return [day for day in span if day.weekday() in stay.weekdays and day.strftime("%m-%d") not in closed]
