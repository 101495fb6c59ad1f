"""Every way to read what parties owe: under agreements whose text the reader may read."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Prefetch, Q, QuerySet, Value, When

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import ObligationStatus
from ..models import AgreementText, Obligation, ObligationChange

OVERDUE = "overdue"


def list_obligations(
    *, by: Actor, on: date, member: str = "", agreement: str = "", state: str = "", after: str = ""
) -> QuerySet[Obligation]:
    """
    What is owed under agreements whose text this actor may read, by the day on which it is due, each with ``status_then`` and
    ``standing_then`` (also "overdue"). ``member`` and ``agreement`` are references; an overdue one is open still. ``after`` is the last one
    read, like "2024-03-01 OBL-2024-0001".
    """
    found: QuerySet[Any] = with_status_on(Obligation.objects.visible_to(by), on).annotate(
        standing_then=Case(
            When(due_on__lt=on, status_then=ObligationStatus.OPEN, then=Value(OVERDUE)),
            default=F("status_then"),
            output_field=CharField(),
        )
    )
    if member:
        found = found.filter(organisation__reference=member)
    if agreement:
        found = found.filter(agreement__reference=agreement)
    if state:
        found = found.filter(Q(standing_then=state) | Q(status_then=state))
    if after:
        found = found.filter(_behind(after))
    changes = Prefetch("changes", ObligationChange.objects.order_by("effective_on", "recorded_at", "pk"))
    titles = Prefetch("agreement__texts", AgreementText.objects.defer("body"))
    return (
        found.select_related("agreement", "organisation", "evidence")
        .prefetch_related(changes, titles, "organisation__names")
        .order_by("due_on", "reference")
    )


def _behind(after: str) -> Q:
    """What comes after the last one read; what no page wrote is nothing."""
    day, _space, reference = after.partition(" ")
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        return Q()
    return Q(due_on__gt=due_on) | Q(due_on=due_on, reference__gt=reference)


def count_obligations(*, by: Actor, on: date) -> dict[str, int]:
    """How many there are in each standing, as ``list_obligations`` finds them: the overdue are among the open; "all" is the sum."""
    counts = {"all": 0}
    for status, standing in list_obligations(by=by, on=on).order_by().values_list("status_then", "standing_then"):
        for name in {"all", status, standing}:
            counts[name] = counts.get(name, 0) + 1
    return counts


def get_obligation(*, reference: str, by: Actor, on: date | None = None) -> Obligation:
    """With ``on`` it has ``standing_then``. :raises NotFound: if there is none of that reference, or none for this actor."""
    rows = Obligation.objects.visible_to(by) if on is None else list_obligations(by=by, on=on)
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no obligation %(reference)s that you may see."), reference=reference)
    return found


def obligations_owed_by(*, by: Actor, on: date) -> QuerySet[Obligation]:
    """For a desk: what is open for the members this actor speaks for, the longest due first."""
    members = by.ids_with(Permission.OBLIGATION_FULFIL, "member")
    return list_obligations(by=by, on=on, state=ObligationStatus.OPEN.value).filter(organisation__in=members)


def open_obligation_evidence(*, reference: str, by: Actor, on: date) -> tuple[Document, bytes]:
    """The document that shows that it was kept. :raises NotFound: if there is none."""
    found = get_obligation(reference=reference, by=by, on=on)
    if found.evidence is None:
        raise NotFound(N_("No document is kept with %(reference)s."), reference=reference)
    return found.evidence, bytes_of(found.evidence)
