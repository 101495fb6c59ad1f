"""Every way to read what parties owe: under agreements whose text the reader may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import ObligationStatus
from ..models import AgreementText, Obligation, ObligationChange, ObligationOccurrence

OVERDUE, TO_COME = "overdue", "to_come"


def list_obligations(
    *, by: Actor, on: date, member: str = "", agreement: str = "", state: str = "", after: str = ""
) -> QuerySet[Obligation]:
    """
    What is owed under agreements whose text this actor may read, by the day on which it is due now, each with ``status_then``,
    ``due_then`` (the due day that stood on that day) and ``standing_then`` (also "overdue"). ``member`` and ``agreement`` are references; an
    overdue one is open still. ``after`` is the last one read, like "2024-03-01 OBL-2024-0001".
    """
    later = ObligationOccurrence.objects.filter(obligation=OuterRef("pk"), settled_on__gt=on).order_by("number")
    found: QuerySet[Any] = with_status_on(Obligation.objects.visible_to(by), on).annotate(
        due_then=Coalesce(Subquery(later.values("due_on")[:1]), F("due_on"))
    )
    found = found.annotate(
        standing_then=Case(
            When(due_then__lt=on, status_then=ObligationStatus.OPEN, then=Value(OVERDUE)),
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
    return _whole(found).order_by("due_on", "reference")


def late_obligations(
    *, by: Actor, on: date, until: date | None = None, member: str = "", own: bool = False, behind: tuple[date, str] | None = None
) -> QuerySet[Obligation]:  # fmt: skip
    """
    What is open as it stands now and was due before that day (or is due up to ``until``, inside), by day and reference: for long lists.

    It reads the row alone and no history, so that a first page costs what it shows. ``own``: of the members this actor speaks for;
    ``behind``: the day and the reference of the last one read.
    """
    found: QuerySet[Any] = Obligation.objects.visible_to(by).filter(status=ObligationStatus.OPEN)
    found = found.filter(due_on__lte=until) if until is not None else found.filter(due_on__lt=on)
    if own:
        found = found.filter(organisation__in=by.ids_with(Permission.OBLIGATION_FULFIL, "member"))
    if member:
        found = found.filter(organisation__reference=member)
    if behind is not None:
        found = found.filter(Q(due_on__gt=behind[0]) | Q(due_on=behind[0], reference__gt=behind[1]))
    return (
        found.select_related("agreement", "organisation")
        .prefetch_related("organisation__names")
        .order_by("due_on", "reference")
    )


def count_obligations(*, by: Actor, on: date) -> dict[str, int]:
    """How many there are in each standing, as ``list_obligations`` finds them: the overdue are among the open; "all" is the sum."""
    counts = {"all": 0}
    found = (
        list_obligations(by=by, on=on).order_by().values("status_then", "standing_then").annotate(number=Count("pk"))
    )
    for status, standing, number in found.values_list("status_then", "standing_then", "number"):
        for name in {"all", status, standing}:
            counts[name] = counts.get(name, 0) + number
    return counts


def get_obligation(*, reference: str, by: Actor, on: date | None = None) -> Obligation:
    """With ``on`` it has ``standing_then``. :raises NotFound: if there is none of that reference, or none for this actor."""
    rows = Obligation.objects.visible_to(by) if on is None else list_obligations(by=by, on=on)
    found = rows.filter(reference=reference).select_related("agreement", "organisation").first()
    if found is None:
        raise NotFound(N_("There is no obligation %(reference)s that you may see."), reference=reference)
    return found


def obligations_owed_by(*, by: Actor, on: date) -> QuerySet[Obligation]:
    """For a desk: what is open for the members this actor speaks for, the longest due first."""
    members = by.ids_with(Permission.OBLIGATION_FULFIL, "member")
    return list_obligations(by=by, on=on, state=ObligationStatus.OPEN.value).filter(organisation__in=members)


def open_obligation_evidence(*, reference: str, by: Actor, on: date, number: int = 0) -> tuple[Document, bytes]:
    """The document that shows that it was kept, that time or the latest. :raises NotFound: if there is none."""
    found = get_obligation(reference=reference, by=by, on=on)
    shown = [each for each in found.occurrences.all() if each.evidence is not None and number in (0, each.number)]
    if not shown or shown[-1].evidence is None:
        raise NotFound(N_("No document is kept with %(reference)s."), reference=reference)
    return shown[-1].evidence, bytes_of(shown[-1].evidence)


@dataclass(frozen=True)
class Due:
    """One time that something falls due: settled, open, overdue, or still to come of what returns."""

    on: date
    obligation: Obligation
    number: int
    standing: str
    settled_on: date | None = None


def obligations_due(*, first: date, last: date, on: date, by: Actor, own: bool = False) -> list[Due]:
    """
    Everything that falls due from the first day to the last, both inside, as it stands on ``on``: for a calendar. What returns is there each
    time, until its agreement ends. ``own``: of the members this actor speaks for.
    """
    rows = list_obligations(by=by, on=on).filter(Q(due_on__lte=last) | Q(occurrences__due_on__range=(first, last)))
    if own:
        rows = rows.filter(organisation__in=by.ids_with(Permission.OBLIGATION_FULFIL, "member"))
    found = [each for row in rows.distinct() for each in _times(row, last)]
    return sorted(
        (each for each in found if first <= each.on <= last), key=lambda each: (each.on, str(each.obligation))
    )


def _times(row: Any, last: date) -> Iterator[Due]:
    for each in row.occurrences.all():
        yield Due(each.due_on, row, each.number, each.settled_as, each.settled_on)
    if row.status != ObligationStatus.OPEN:
        return
    yield Due(row.due_on, row, row.turn, row.standing_then)
    ends_before, turn = row.agreement.ends_before, row.turn + 1
    while row.every_months and (day := row.due_at(turn)) <= last and (ends_before is None or day < ends_before):
        yield Due(day, row, turn, TO_COME)
        turn += 1


def _behind(after: str) -> Q:
    """What comes after the last one read; what no page wrote is nothing."""
    day, _space, reference = after.partition(" ")
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        return Q()
    return Q(due_on__gt=due_on) | Q(due_on=due_on, reference__gt=reference)


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    changes = Prefetch("changes", ObligationChange.objects.order_by("effective_on", "recorded_at", "pk"))
    times = Prefetch("occurrences", ObligationOccurrence.objects.select_related("evidence").order_by("number"))
    titles = Prefetch("agreement__texts", AgreementText.objects.defer("body"))
    return found.select_related("agreement", "organisation").prefetch_related(
        changes, times, titles, "organisation__names"
    )
