"""When a programme must be looked at again: a year after it began to run, and a year after each review, while it runs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from .lifecycle import ProgrammeStatus
from .models import Programme, ProgrammeReview


def began_on(programme: Programme) -> date | None:
    """The day on which it first ran. Prefetch ``changes``, for many."""
    days = [each.effective_on for each in programme.changes.all() if each.to_status == ProgrammeStatus.RUNNING]
    return min(days, default=None)


def review_due_on(*, programme: Any, reviews: Sequence[ProgrammeReview], on: date) -> date | None:
    """The day by which it is to be reviewed, as it stands on ``on``; None where it does not run then."""
    began = began_on(programme)
    if began is None or began > on or programme.status_then != ProgrammeStatus.RUNNING:
        return None
    last = max((each.reviewed_on for each in reviews if each.reviewed_on <= on), default=began)
    return _a_year_after(last)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
