"""What has begun under a programme, by year, to be held against what was planned; and how long was taught in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from corridor.foundations.access import Actor, Permission
from corridor.kernel.small_cells import suppress_line

from ..lifecycle import SessionStatus
from ..models import Cohort, Enrolment, Session
from .teaching import NEVER


@dataclass(frozen=True, slots=True)
class Begun:
    """Cohorts that began, and places in them that were taken up; None where so few that this reader could recognise persons."""

    cohorts: int = 0
    learners: int | None = 0


def begun_by_year(*, programme: UUID, on: date, by: Actor) -> Mapping[int, Begun]:
    """Of each year in which a cohort had begun by that day. Two statements."""
    begun = {"programme": programme, "starts_on__lte": on}
    cohorts = (
        Cohort.objects.filter(**begun).order_by().values(year=ExtractYear("starts_on")).annotate(count=Count("pk"))
    )
    places = Enrolment.objects.filter(**{f"cohort__{name}": value for name, value in begun.items()}).exclude(
        status__in=NEVER
    )
    taken = places.order_by().values(year=ExtractYear("cohort__starts_on")).annotate(count=Count("pk"))
    learners = {row["year"]: row["count"] for row in taken}
    sees_few = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    cells = {str(row["year"]): learners.get(row["year"], 0) for row in cohorts}
    # The whole of a programme stands on its page: a single hidden year could be reckoned from it.
    shown = cells if sees_few else suppress_line(cells, total=sum(cells.values())).cells
    return {row["year"]: Begun(row["count"], shown[str(row["year"])]) for row in cohorts}


def minutes_taught(*, programme: UUID, on: date, by: Actor) -> int:  # noqa: ARG001 (hours of teaching are public)
    """Minutes of the sessions whose registers were signed, of days up to that one. One statement."""
    held = Session.objects.filter(cohort__programme=programme, status=SessionStatus.LOCKED, held_on__lte=on)
    return held.aggregate(minutes=Sum("minutes"))["minutes"] or 0
