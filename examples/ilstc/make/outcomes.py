"""One closed wave of questions: everybody of five cohorts was to be asked; some were not reached, some did not answer."""

from datetime import date, timedelta

from .cohorts import Cohort
from .tables import Book, draws

WAVE = "WAVE-6M-2023H1"
ASKED = ("VTE-BS-02", "LPQ-BS-03", "PNH-ES-03", "RYG-PT-03", "KOS-PE-02")
OPENS, CLOSES = date(2023, 12, 1), date(2024, 1, 12)
OCCUPATION = {"VTE-BS-02": "7231", "LPQ-BS-03": "7231", "PNH-ES-03": "7412", "RYG-PT-03": "7223", "KOS-PE-02": "8343"}


def write(book: Book, cohorts: list[Cohort]) -> None:
    book.open("waves", "reference,months,opens_on,closes_on,status,cohorts")
    book.add("waves", reference=WAVE, months=6, opens_on=OPENS, closes_on=CLOSES, status="closed", cohorts=ASKED)
    book.open(
        "follow_ups",
        "wave,cohort,number,attempts,asked_on,reached_on,answered_on,source,working,relevant,occupation_code",
    )
    random = draws("outcomes")
    by = {cohort.reference: cohort for cohort in cohorts}
    for reference in ASKED:
        for number, seat in enumerate(by[reference].seats, start=1):
            if seat.ends_as in {"completed", "without_evidence"}:
                _follow(book, random, reference, number)


def _follow(book: Book, random, cohort: str, number: int) -> None:
    row = {"wave": WAVE, "cohort": cohort, "number": number, "attempts": 0, "working": "unknown", "relevant": "unknown"}
    if random.random() < 0.97:
        row |= {
            "attempts": random.choices([1, 2, 3, 4], weights=[50, 25, 15, 10])[0],
            "asked_on": OPENS + timedelta(days=random.randint(0, 12)),
        }
        if random.random() < 0.84:
            reached = row["asked_on"] + timedelta(days=random.randint(0, 20))
            row |= {"reached_on": reached}
            if random.random() < 0.9:
                row |= _answer(random, cohort, min(reached + timedelta(days=random.randint(0, 3)), CLOSES), "self")
        elif random.random() < 0.3:
            row |= _answer(
                random, cohort, CLOSES - timedelta(days=random.randint(1, 9)), random.choice(["proxy", "employer"])
            )
    book.add("follow_ups", **row)


def _answer(random, cohort: str, on: date, source: str) -> dict[str, object]:
    is_working = source == "employer" or random.random() < 0.83
    if not is_working:
        return {"answered_on": on, "source": source, "working": "no", "relevant": "no"}
    is_relevant = random.random() < 0.78
    occupation = OCCUPATION[cohort] if is_relevant else random.choice(["5223", "9333", "8322"])
    return {
        "answered_on": on,
        "source": source,
        "working": "yes",
        "relevant": "yes" if is_relevant else "no",
        "occupation_code": occupation,
    }
