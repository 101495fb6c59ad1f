"""What people did day by day, a row for each act: done again, in the order of the instants, after everything else is loaded."""

from . import living_registers, living_timetable
from .tables import Book

RULED = ("panda-college", "chinese-port-staff")


def write(book: Book) -> None:
    _rules(book)
    living_timetable.write(book)
    living_registers.write(book)


def _rules(book: Book) -> None:
    """A register is late after two days and closes after ten; what is signed may be corrected for three days more."""
    book.open("living/register_rules", "at,by,programme,late_after_days,closes_after_days,locks_after_days,sign_with")
    for programme in RULED:
        book.add(
            "living/register_rules", at="2024-01-05 15:20+08:00", by="secretariat", programme=programme, late_after_days=2,
            closes_after_days=10, locks_after_days=3, sign_with="name",
        )  # fmt: skip
