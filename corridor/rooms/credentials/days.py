"""The day on which something is issued is a day of its place: it is not signed before that day has begun there."""

from datetime import date, datetime

from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_
from corridor.rooms.members.refusals import DayToCome


def require_begun(day: date, *, at: datetime, zone: str) -> None:
    """:raises DayToCome: for a day that has not begun in that zone at that instant."""
    if day > local_day(at, zone):
        raise DayToCome(N_("%(day)s is still to come; nothing is recorded for it yet."), day=day)


def begun(day: date, *, at: datetime, zone: str) -> date:
    """That day, or the one that is still going on in the zone while it is already over where somebody acts."""
    return min(day, local_day(at, zone))
