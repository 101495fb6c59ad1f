"""
Counting a figure of the loaded example, with breakdowns, evidence and fingerprints, against one bare count in SQL; and every figure that needs
no choice, counted together as the list of figures does, against each alone.
"""

from datetime import UTC, date, datetime

from django.db import connection

from corridor.commands.example import the_example
from corridor.foundations.access import NIGHTLY
from corridor.journeys.load_alliance import load_alliance
from corridor.rooms.indicators.definitions import DEFINITIONS
from corridor.rooms.indicators.queries import FigureAsk, show_figure, show_figures
from corridor.rooms.training.models import Attendance

from . import stores
from .measuring import Result, mean_milliseconds, milliseconds

ON = date(2024, 1, 18)
AT = datetime(2024, 2, 2, 4, tzinfo=UTC)
ROUNDS = 5
FIGURES = {
    "training.persons_completed": """
        SELECT count(DISTINCT e.person_id) FROM training_enrolment e JOIN training_cohort c ON c.id = e.cohort_id
        WHERE e.status = 'completed' AND EXISTS (
            SELECT 1 FROM training_attendance a JOIN training_session s ON s.id = a.session_id
            WHERE a.enrolment_id = e.id AND a.mark IN ('present', 'late') AND s.status = 'locked')""",
    "members.active": """
        SELECT count(DISTINCT m.organisation_id) FROM members_membership m WHERE (
            SELECT h.to_status FROM members_membershipchange h WHERE h.membership_id = m.id AND h.effective_on <= '2024-01-18'
            ORDER BY h.effective_on DESC, h.recorded_at DESC, h.id DESC LIMIT 1) = 'active'""",
}


def measure(seconds: float) -> list[Result]:
    with stores.kept("figures"):
        load_alliance(folder=the_example(), by=NIGHTLY, at=AT)
        marks = Attendance.objects.count()
        return [*(_compare(code, sql, seconds, marks) for code, sql in FIGURES.items()), _together()]


def _together() -> Result:
    asks = [FigureAsk(code, on=ON) for code, each in DEFINITIONS.items() if not each.needs]

    def together() -> None:
        show_figures(asks=asks, at=AT, by=NIGHTLY)

    def alone() -> None:
        for each in asks:
            show_figures(asks=[each], at=AT, by=NIGHTLY)

    pairs = [(milliseconds(together), milliseconds(alone)) for _ in range(ROUNDS)]
    return Result.of(
        f"count {len(asks)} figures together", "each alone", "ms", [pair[0] for pair in pairs], [pair[1] for pair in pairs],
        note="as the list of figures does; kept ones answer from their rows",
    )  # fmt: skip


def _compare(code: str, sql: str, seconds: float, marks: int) -> Result:
    def ours() -> None:
        show_figure(code=code, on=ON, at=AT, by=NIGHTLY, fresh=True)

    def theirs() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()

    pairs = [(mean_milliseconds(ours, seconds / 2), mean_milliseconds(theirs, seconds / 2)) for _ in range(ROUNDS)]
    return Result.of(
        f"count {code}", "one bare count", "ms", [pair[0] for pair in pairs], [pair[1] for pair in pairs],
        note=f"{marks:,} marks; with all breakdowns, evidence rows and their hash",
    )  # fmt: skip
