"""Follow-up waves and what graduates answered."""

from collections.abc import Sequence
from datetime import date

from corridor.rooms.outcomes.models import FollowUp, Wave
from corridor.rooms.people.models import Purpose
from corridor.rooms.people.purposes import FOLLOW_UP
from corridor.rooms.training.models import Cohort

OPENS_ON = date(2024, 1, 8)
CLOSES_ON = date(2024, 1, 26)


def make_wave(
    reference: str = "WAVE-2024-06",
    *,
    cohorts: Sequence[Cohort] = (),
    months: int = 6,
    status: str = "open",
    opens_on: date = OPENS_ON,
    closes_on: date = CLOSES_ON,
) -> Wave:
    """
    A wave in that state; unless it is only planned, everybody who completed one of the cohorts is in it, not asked yet. Unless a test wrote the
    purpose down before, nobody's consent is needed.
    """
    if not Purpose.objects.filter(code=FOLLOW_UP).exists():
        Purpose.objects.create(code=FOLLOW_UP, legal_basis="public_task", need="required")
    wave = Wave.objects.create(
        reference=reference, months=months, opens_on=opens_on, closes_on=closes_on, status=status
    )
    for cohort in cohorts:
        wave.cohorts.create(cohort=cohort)
    ways = {"planned": [], "open": [("open", opens_on)], "closed": [("open", opens_on), ("closed", closes_on)]}
    before = "planned"
    for step, day in ways[status]:
        wave.changes.create(from_status=before, to_status=step, effective_on=day, by_label="secretariat")
        before = step
    if status != "planned":
        for cohort in cohorts:
            for enrolment in cohort.enrolments.filter(status="completed"):
                FollowUp.objects.create(wave=wave, enrolment=enrolment)
    return wave


def answer(follow_up: FollowUp, *, working: str = "yes", relevant: str = "yes", source: str = "self") -> FollowUp:
    """Give a graduate's answer, on the wave's first day."""
    day = follow_up.wave.opens_on
    follow_up.attempts, follow_up.asked_on, follow_up.reached_on, follow_up.answered_on = 1, day, day, day
    follow_up.working, follow_up.relevant, follow_up.source = working, relevant, source
    follow_up.save()
    return follow_up
