"""What follows from the movements of commitments, for many at once: paid, paid back, late."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from corridor.foundations.lifecycles.moving import with_status_on

from .lifecycle import CommitmentStatus
from .models import Commitment, Instalment, Movement

LATE = "late"


def with_movements_on(commitments: QuerySet[Commitment], day: date) -> QuerySet[Any]:
    """
    Annotate ``status_then``, ``paid_then`` (payments by that day), ``refunded_then`` and ``due_then`` (instalments whose day had passed), in
    the smallest units. The same rules as ``Commitment.paid_by`` and ``late_since``.
    """
    of_it = Movement.objects.filter(commitment=OuterRef("pk"), on__lte=day)
    due = Instalment.objects.filter(commitment=OuterRef("pk"), due_on__lt=day)
    return with_status_on(commitments, day).annotate(
        paid_then=_sum(of_it.filter(kind=Movement.Kind.DISBURSEMENT), "commitment"),
        refunded_then=_sum(of_it.filter(kind=Movement.Kind.REFUND), "commitment"),
        due_then=_sum(due, "commitment"),
    )


def late_on(commitments: QuerySet[Commitment], day: date) -> QuerySet[Any]:
    """Those of which an instalment was not whole on its day: contracted still, and less paid than was due."""
    found = with_movements_on(commitments, day).filter(status_then=CommitmentStatus.CONTRACTED)
    return found.filter(Q(due_then__gt=F("paid_then") - F("refunded_then")))


def _sum(rows: QuerySet[Any], by: str) -> Coalesce:
    total = rows.order_by().values(by).annotate(total=Sum("units")).values("total")
    return Coalesce(Subquery(total), Value(0))
