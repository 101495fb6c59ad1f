"""A register as rows: reading a roll call against the roll, and writing down how one differs from "all present"."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import Attendance, Mark
from .roll import Roll

if TYPE_CHECKING:
    from .models import Enrolment, Session


def read_roll_call(session: "Session", marks: Mapping[int, str]) -> list[tuple["Enrolment", Mark]]:
    """
    Return everybody's mark, in the order of seats.

    :raises BadInput: one problem for each seat left out, each that is not on the roll, each mark that does not exist.
    """
    due = Roll.of([session.cohort_id]).must(session.cohort_id, session.held_on)
    seats = {enrolment.number: enrolment for enrolment in due}
    problems = [
        Problem(N_("Seat %(number)s has no mark."), {"number": number}, column=str(number))
        for number in seats
        if number not in marks
    ]
    called = []
    for number, given in marks.items():
        if number not in seats:
            problems.append(
                Problem(
                    N_("Seat %(number)s is not on the roll of this session."), {"number": number}, column=str(number)
                )
            )
        elif given not in Mark.values:
            problems.append(Problem(N_("“%(mark)s” is not a mark."), {"mark": given}, column=str(number)))
        else:
            called.append((seats[number], Mark(given)))
    if problems:
        raise BadInput(problems)
    return sorted(called, key=lambda pair: pair[0].number)


def marks_of(session: "Session") -> dict[int, str]:
    """The marks as they are stored, by seat number."""
    return dict(
        Attendance.objects.filter(session=session)
        .order_by("enrolment__number")
        .values_list("enrolment__number", "mark")
    )


def exceptions_of(marks: Mapping[int, str]) -> str:
    """A register in one line, for comparing two: who is not simply present ("7 Absent, 19 Late"), else how many are."""
    unusual = [
        f"{number} {Mark(mark).label}"
        for number, mark in sorted(marks.items())
        if mark in Mark.values and mark != Mark.PRESENT
    ]
    return ", ".join(unusual) or f"{Mark.PRESENT.label}: {len(marks)}"
