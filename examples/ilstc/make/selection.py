"""How the teachers' second intake is chosen: points, offers, a waiting list, and what the applicants have answered so far."""

from datetime import timedelta

from .cohorts import CHOOSING, TODAY
from .tables import Book, draws

JUDGED = [("Entry test", 60, 25), ("Interview", 40, 15)]
# So many applied too late to have been judged yet, and so many wait.
NOT_YET, WAIT = 2, 3
OFFERED_ON, UNTIL = TODAY - timedelta(days=7), TODAY + timedelta(days=5)


def write(book: Book) -> None:
    book.open("selection_criteria", "cohort,title,most,least")
    book.open("selection_scores", "cohort,number,title,points")
    book.open("offers", "cohort,number,choice,chosen_on,until,answer,answered_on")
    for cohort, places in CHOOSING.items():
        _choose(book, cohort, places)


def _choose(book: Book, cohort: str, places: int) -> None:
    random = draws(f"selection {cohort}")
    for title, most, least in JUDGED:
        book.add("selection_criteria", cohort=cohort, title=title, most=most, least=least)
    seats = [int(row["number"]) for row in book.rows("enrolments") if row["cohort"] == cohort]
    totals = {}
    for seat in seats[:-NOT_YET]:
        reached = [random.randint(most * 55 // 100, most * 97 // 100) for _title, most, _least in JUDGED]
        if seat == seats[3]:
            # One stays under the least of the test, whatever the interview gave.
            reached[0] = 21
        for (title, _most, _least), points in zip(JUDGED, reached, strict=True):
            book.add("selection_scores", cohort=cohort, number=seat, title=title, points=points)
        if all(points >= least for points, (_title, _most, least) in zip(reached, JUDGED, strict=True)):
            totals[seat] = sum(reached)
    order = sorted(totals, key=lambda seat: (-totals[seat], seat))
    for place, seat in enumerate(order[: places + WAIT]):
        if place >= places:
            book.add("offers", cohort=cohort, number=seat, choice="waiting")
            continue
        # The fifth has declined, so the first who waits was offered the place; the last four have not answered.
        answer = "declined" if place == 4 else "accepted" if place < places - 4 else ""
        answered = OFFERED_ON + timedelta(days=3 if answer == "declined" else random.randint(1, 6)) if answer else ""
        book.add(
            "offers", cohort=cohort, number=seat, choice="offered", chosen_on=OFFERED_ON, until=UNTIL, answer=answer, answered_on=answered,
        )  # fmt: skip
