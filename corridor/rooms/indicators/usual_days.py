"""
On which days a period of a figure about persons is broken down for everyone (docs/rules/figures.md, "Small cells"). Our own choice.

Two periods that differ by a day would tell the one person who lies between, so breakdowns stand for whole quarters, and for the days
that are asked for anyway: from the alliance's beginning, to today, to the day of a kept figure.
"""

from datetime import date, datetime

from corridor.kernel.periods import MONTHS_IN_A_QUARTER, ONE_DAY, local_day

from .asking import Question, beginning
from .definitions import Time
from .models import Figure


def is_usual(question: Question, *, at: datetime) -> bool:
    """Whether the breakdowns of this question tell nothing that another day hides."""
    if question.definition.time is not Time.PERIOD:
        return True
    began_on, zone = beginning()
    period = question.when.period
    if period.first_day != began_on and not begins_a_quarter(period.first_day):
        return False
    after = question.when.day + ONE_DAY
    return (
        begins_a_quarter(after)
        or question.when.day == local_day(at, zone)
        or Figure.objects.filter(ends_before=after).exists()
    )


def begins_a_quarter(day: date) -> bool:
    return day.day == 1 and day.month % MONTHS_IN_A_QUARTER == 1
