"""Whether a reason of law keeps a record from being erased on a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.kernel.wording import N_

from .models import Hold
from .rights_refusals import OnHold


def holds_on(day: date) -> QuerySet[Hold]:
    return Hold.objects.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day)


def require_no_hold(persons: Iterable[UUID], *, on: date) -> None:
    """:raises OnHold: names the person and the reason."""
    found = holds_on(on).filter(person__in=list(persons)).select_related("person").order_by("starts_on").first()
    if found is not None:
        raise OnHold(
            N_("The record of %(person)s must be kept for now: %(reason)s"),
            person=found.person.reference, reason=found.reason,
        )  # fmt: skip
