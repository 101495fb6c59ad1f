"""Rows of acts (living/), and how the files name a place: what the makers of acts share."""

from datetime import datetime

from .tables import Book


def add_act(book: Book, table: str, at: str, by: str, **row: object) -> None:
    book.add(f"living/{table}", at=at, by=by, **row)


def laos(instant: datetime) -> str:
    """By the clocks of Laos."""
    return f"{instant:%Y-%m-%d %H:%M}+07:00"


def person_at(book: Book, cohort: str, seat: int) -> str:
    return next(
        row["person"] for row in book.rows("enrolments") if (row["cohort"], row["number"]) == (cohort, str(seat))
    )


def name_at(book: Book, cohort: str, seat: int) -> str:
    person = person_at(book, cohort, seat)
    return next(row["own_name"] for row in book.rows("people") if row["reference"] == person)
