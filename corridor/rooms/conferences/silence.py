"""Silence becomes visible by itself: the report day has passed without a report (docs/rules/figures.md, `announcements.silent`)."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from corridor.foundations.lifecycles.moving import with_status_on

from .lifecycle import ENDED
from .models import Announcement, AnnouncementReport

__all__ = ["ENDED", "with_silence_on"]


def with_silence_on(announcements: QuerySet[Announcement], day: date) -> QuerySet[Any]:
    """
    Annotate ``status_then``, ``due_then`` (the report day that stood on that day) and ``silent_then`` (true or false).

    The same rule as ``Announcement.is_silent``, in one statement. Done, withdrawn and merged ones owe no report.
    """
    reports = AnnouncementReport.objects.filter(announcement=OuterRef("pk"))
    told = reports.filter(reported_on__lte=day).order_by("-reported_on", "-pk").values("next_due_on")[:1]
    first = reports.order_by("reported_on", "pk").values("due_on")[:1]
    due = Coalesce(Subquery(told), Subquery(first), F("next_report_due_on"))
    return (
        with_status_on(announcements, day)
        .annotate(due_then=due)
        .annotate(
            silent_then=Case(
                When(status_then__in=ENDED, then=Value(value=False)),
                When(due_then__lt=day, then=Value(value=True)),
                default=Value(value=False),
                output_field=BooleanField(),
            )
        )
    )
