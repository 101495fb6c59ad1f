"""Postings and trips, and their days in a period."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import merged_persons

from ..away import DaysAway, days_away
from ..models import Stay


def stays_of(*, by: Actor, kind: str = "", member: str = "", site: str = "") -> QuerySet[Stay]:
    """Postings and trips that the reader may see, the latest first."""
    given = {"kind": kind, "sent_by__reference": member, "site__reference": site}
    found = Stay.objects.visible_to(by).filter(person__erased_at__isnull=True)
    return found.filter(**{path: value for path, value in given.items() if value}).with_all()


def get_stay(*, key: UUID, by: Actor) -> Stay:
    """:raises NotFound: if there is none, or none for this reader."""
    found = stays_of(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such posting or trip that you may see."))
    return found


def days_in(*, period: Period, by: Actor, kind: str = "", member: str = "", site: str = "") -> DaysAway:
    """The person-days of those stays in the period, days that two stays share counted once and named."""
    inside = stays_of(by=by, kind=kind, member=member, site=site).filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=period.first_day)
    )
    if period.ends_before is not None:
        inside = inside.filter(starts_on__lt=period.ends_before)
    return days_away(inside, period=period, heirs=merged_persons())


def stays_today(*, on: date, by: Actor) -> QuerySet[Stay]:
    """Who is away on that day."""
    return stays_of(by=by).filter(Q(ends_before__isnull=True) | Q(ends_before__gt=on), starts_on__lte=on)
