"""
What counts in figures (docs/rules/figures.md, "Counts as evidence", "Completed"): everybody's, whoever asks.

Figures count all records and then show each reader only what they may see, so nothing here is asked who reads. Persons are as enrolled;
merges are followed by the one who counts.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from corridor.kernel.periods import Period

from .lifecycle import EnrolmentStatus, SessionStatus
from .models import IN_THE_ROOM, Attendance, Enrolment, EnrolmentChange


def counted_attendance(period: Period | None = None) -> QuerySet[Attendance]:
    """Attendance that is evidence: in the room (present, late, or left early), in a locked session with a day and a signer."""
    rows = Attendance.objects.filter(
        Q(session__status=SessionStatus.LOCKED, session__signed_at__isnull=False) & ~Q(session__signed_by=""),
        mark__in=IN_THE_ROOM,
    )
    return _in_days(rows, "session__held_on", period)


def minutes_counted(places: Collection[UUID], *, on: date) -> dict[UUID, int]:
    """By place: the minutes of counted attendance until that day, less those late. One statement."""
    found: dict[UUID, int] = {}
    rows = counted_attendance().filter(enrolment__in=places, session__held_on__lte=on)
    for place, minutes, late in rows.values_list("enrolment", "session__minutes", "minutes_late"):
        found[place] = found.get(place, 0) + max(0, minutes - (late or 0))
    return found


def with_attendance(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Each enrolment with ``attended``: whether it has at least one counted attendance."""
    return enrolments.annotate(attended=Exists(counted_attendance().filter(enrolment=OuterRef("pk"))))


def completed_enrolments(period: Period | None = None) -> QuerySet[Enrolment]:
    """
    Enrolments that entered ``completed`` in the period and still are, each with ``completed_on`` and ``attended``.

    Completed counts only with evidence: ``attended``, or a final decision (the room of assessment knows).
    """
    entered = _in_days(
        EnrolmentChange.objects.filter(enrolment=OuterRef("pk"), to_status=EnrolmentStatus.COMPLETED),
        "effective_on",
        period,
    ).order_by("effective_on")
    return with_attendance(Enrolment.objects.filter(Exists(entered), status=EnrolmentStatus.COMPLETED)).annotate(
        completed_on=_first_day(entered)
    )


def _first_day(changes: QuerySet[EnrolmentChange]) -> Subquery:
    return Subquery(changes.values("effective_on")[:1])


def _in_days[Rows: QuerySet[Any]](rows: Rows, day: str, period: Period | None) -> Rows:
    if period is None:
        return rows
    rows = rows.filter(**{f"{day}__gte": period.starts_on})
    return rows if period.ends_before is None else rows.filter(**{f"{day}__lt": period.ends_before})
