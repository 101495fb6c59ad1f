"""A register as rows: reading a roll call against the roll, and writing down how one differs from "all present"."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .agreeing import LONGEST_REMARK, Value
from .models import Attendance, Mark
from .roll import seats_due

if TYPE_CHECKING:
    from .models import Session


LONGEST_MINUTES = 600
MARKS = frozenset(Mark.values)


def read_roll_call(session: "Session", marks: Mapping[int, str | Value]) -> list[tuple[UUID, Value]]:
    """
    Return everybody's mark, by the key of their place, in the order of seats.

    :raises BadInput: one problem for each seat left out, each that is not on the roll, each mark that does not exist.
    """
    seats = seats_due(session)
    problems = [
        Problem(N_("Seat %(number)s has no mark."), {"number": number}, column=str(number))
        for number in seats
        if number not in marks
    ]
    called = {}
    for number, sent in marks.items():
        given = sent if isinstance(sent, Value) else Value(sent)
        if number not in seats:
            problems.append(
                Problem(
                    N_("Seat %(number)s is not on the roll of this session."), {"number": number}, column=str(number)
                )
            )
        else:
            problems += problems_of(given, column=str(number))
            called[number] = given
    if problems:
        raise BadInput(problems)
    return [(key, called[number]) for number, key in seats.items()]


def problems_of(value: Value, *, column: str = "") -> list[Problem]:
    """What is wrong with one mark: it does not exist, its minutes are no part of a session, its remark is too long."""
    found = []
    if value.mark not in MARKS:
        found.append(Problem(N_("“%(mark)s” is not a mark."), {"mark": value.mark}, column=column))
    if value.minutes_late is not None and not 0 <= value.minutes_late <= LONGEST_MINUTES:
        found.append(
            Problem(N_("Somebody is at most %(most)s minutes late."), {"most": LONGEST_MINUTES}, column=column)
        )
    if len(value.remark) > LONGEST_REMARK:
        found.append(Problem(N_("A remark has at most %(most)s characters."), {"most": LONGEST_REMARK}, column=column))
    return found


def marks_of(session: "Session") -> dict[int, str]:
    """The marks as they are stored, by seat number."""
    return dict(
        Attendance.objects.filter(session=session)
        .order_by("enrolment__number")
        .values_list("enrolment__number", "mark")
    )


def values_of(session: "Session") -> dict[int, Value]:
    """The same with the minutes and the remarks."""
    rows = Attendance.objects.filter(session=session).order_by("enrolment__number")
    told = rows.values_list("enrolment__number", "mark", "minutes_late", "remark")
    return {number: Value(mark, minutes, remark) for number, mark, minutes, remark in told}


def exceptions_of(marks: Mapping[int, str | Value]) -> str:
    """A register in one line, for comparing two: who is not simply present ("7 Absent, 19 Late"), else how many are."""
    words = {number: sent.mark if isinstance(sent, Value) else sent for number, sent in marks.items()}
    unusual = [
        f"{number} {Mark(mark).label}"
        for number, mark in sorted(words.items())
        if mark in Mark.values and mark != Mark.PRESENT
    ]
    return ", ".join(unusual) or f"{Mark.PRESENT.label}: {len(marks)}"
