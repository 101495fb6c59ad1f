"""A day of birth as it was written, in the calendar in which it was given; and the same day as the world counts it."""

import re
from datetime import date

from corridor.foundations.sheets.cells.cleaning import bare
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.reading import CannotRead, How, Mended
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import BirthCalendar, BirthPrecision

MINGUO_YEARS_BEHIND = 1911
_MINGUO = re.compile(r"(?:民國|民国)?\s?(\d{1,3})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?")


def read_birth_day(written: str, *, calendar: str, column: str) -> date:
    """
    The day that was meant. Years of the Buddhist era and of Minguo are turned into the world's; in the other calendars a day moves from year to
    year, and the world's own is written. The day stands before the month where neither says which it is.

    :raises BadInput: names what is no day, and a year that looks Buddhist where that calendar is not said.
    """
    text = bare(written)
    if calendar == BirthCalendar.MINGUO and (found := _MINGUO.fullmatch(text)):
        text = f"{int(found[1]) + MINGUO_YEARS_BEHIND}-{found[2]}-{found[3]}"
    how = How(order="dmy", buddhist="yes" if calendar == BirthCalendar.BUDDHIST else "")
    try:
        read = day.read(text, how)
    except CannotRead as refused:
        problems = [Problem(refused.message, dict(refused.places), column=column)]
        if refused.rule == "day_buddhist":
            problems.append(
                Problem(N_("Choose the Buddhist calendar, or write the year as the world counts it."), column=column)
            )
        raise BadInput(problems) from None
    found_day = read.value if isinstance(read, Mended) else read
    assert isinstance(found_day, date)
    return found_day


def first_known(born_on: date | None, precision: str) -> date | None:
    """The first day of what is known: of the month, of the year."""
    if born_on is None or precision == BirthPrecision.DAY:
        return born_on
    return born_on.replace(day=1) if precision == BirthPrecision.MONTH else born_on.replace(month=1, day=1)


def faults_of_birth(born_on: date | None, *, on: date, column: str) -> list[Problem]:
    if born_on is None or born_on <= on:
        return []
    return [Problem(N_("Nobody is born on a day to come: %(day)s."), {"day": born_on}, column=column)]
