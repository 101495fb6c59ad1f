"""What follows from an agreement's days, for many at once: expiring and lapsed are never stored."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.periods import Period

from .lifecycle import AgreementStatus
from .models import EXPIRING_DAYS, Agreement, AgreementChange

EXPIRING, LAPSED = "expiring", "lapsed"
_RUNS = [AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value]


def with_standing_on(agreements: QuerySet[Agreement], day: date, *, within_days: int = EXPIRING_DAYS) -> QuerySet[Any]:
    """
    Annotate ``status_then`` (the state on that day) and ``standing_then``: "expiring", "lapsed", or the same as ``status_then``.

    The same rules as ``Agreement.is_expiring`` and ``is_lapsed``, in one statement.
    """
    lapsed = Q(ends_before__lte=day, status_then__in=[*_RUNS, AgreementStatus.SUSPENDED.value])
    soon = Q(
        starts_on__lte=day,
        ends_before__gt=day,
        ends_before__lte=day + timedelta(days=within_days + 1),
        status_then__in=_RUNS,
    )
    return with_status_on(agreements, day).annotate(
        standing_then=Case(
            When(lapsed, then=Value(LAPSED)),
            When(soon, then=Value(EXPIRING)),
            default=F("status_then"),
            output_field=CharField(),
        )
    )


def in_force_on(agreements: QuerySet[Agreement], day: date) -> QuerySet[Any]:
    """Those in force or activated on that day, and inside their period; expiring ones are."""
    inside = agreements.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day)
    return with_standing_on(inside, day).filter(status_then__in=_RUNS)


class StatesByDay:
    """The states of some agreements on any day, read in one statement; for an action that asks about many days."""

    def __init__(self, agreements: Iterable[Agreement]) -> None:
        self._agreements = {agreement.pk: agreement for agreement in agreements}
        self._changes: dict[Any, list[tuple[date, str]]] = {key: [] for key in self._agreements}
        rows = AgreementChange.objects.filter(agreement__in=self._changes)
        ordered = rows.order_by("effective_on", "recorded_at", "pk")
        for key, day, state in ordered.values_list("agreement", "effective_on", "to_status"):
            self._changes[key].append((day, state))

    def status_on(self, key: Any, day: date) -> str:
        """The same as ``Agreement.status_on``."""
        reached = [state for since, state in self._changes[key] if since <= day]
        return reached[-1] if reached else AgreementStatus.DRAFT.value

    def is_in_force(self, key: Any, day: date) -> bool:
        """The same as ``Agreement.is_in_force``."""
        agreement = self._agreements[key]
        inside = Period(agreement.starts_on, agreement.ends_before).contains(day)
        return inside and self.status_on(key, day) in _RUNS
