"""How much was taught at a place between two days: counts, never a row about a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from corridor.foundations.access import Actor, Permission
from corridor.kernel.small_cells import is_small

from ..lifecycle import SessionStatus
from ..models import IN_THE_ROOM, Attendance, Session


@dataclass(frozen=True, slots=True)
class Taught:
    """``learners`` are distinct persons who were there; None where they are so few that this reader could recognise them."""

    sessions: int
    held: int
    learners: int | None


def taught_between(*, site: UUID, first: date, last: date, by: Actor) -> Taught:
    """Sessions at a site between two days (both inside) but cancelled ones, those of them with a signed register, and who came. Two statements."""
    sessions = Session.objects.filter(cohort__site=site, held_on__range=(first, last))
    counts = sessions.exclude(status=SessionStatus.CANCELLED).aggregate(
        sessions=Count("pk"), held=Count("pk", filter=Q(status=SessionStatus.LOCKED))
    )
    marks = Attendance.objects.filter(
        session__cohort__site=site, session__held_on__range=(first, last), session__status=SessionStatus.LOCKED,
        mark__in=IN_THE_ROOM,
    )  # fmt: skip
    person = Coalesce("enrolment__person__merged_into", "enrolment__person")
    learners = marks.order_by().values(one=person).distinct().count()
    sees_few = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    return Taught(counts["sessions"], counts["held"], learners if sees_few or not is_small(learners) else None)
