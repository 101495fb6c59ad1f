"""Who of a cohort could be reached at a moment."""

from dataclasses import dataclass

from .models import ContactCheck, Enrolment, Moment, Reached
from .names import Name


@dataclass(frozen=True, slots=True)
class TouchRow:
    """A learner with the latest check at entry and at exit."""

    enrolment: Enrolment
    name: Name
    entry: ContactCheck | None
    exit: ContactCheck | None


@dataclass(frozen=True, slots=True)
class Contactable:
    """How many of the learners could be reached at a moment, and of how many anybody tried."""

    learners: int
    tried: int
    reached: int


def contactable(rows: list[TouchRow], moment: Moment) -> Contactable:
    """The share that is shown before a cohort ends."""
    checks = [check for row in rows if (check := row.entry if moment == Moment.ENTRY else row.exit) is not None]
    return Contactable(len(rows), len(checks), sum(check.result == Reached.REACHED for check in checks))
