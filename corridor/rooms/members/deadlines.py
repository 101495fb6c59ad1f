"""When an answer to a data call is in time."""

from datetime import date, datetime

from corridor.kernel.periods import local_day

IN_TIME, LATE, OPEN = "in_time", "late", "open"


def answered_state(answered_at: datetime | None, due_on: date, zone: str) -> str:
    """In time: submitted before the end of the deadline's day where the alliance is at home. The first answer decides, not a correction."""
    if answered_at is None:
        return OPEN
    return IN_TIME if local_day(answered_at, zone) <= due_on else LATE
