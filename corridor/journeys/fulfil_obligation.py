"""
Keeping an obligation by what other rooms hold: a report on an announcement, equipment that came, a cohort that finished, a payment.

Agreements stand before these rooms and cannot look at them. This looks, at the moment when it matters, and writes down which record it was.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements.actions import settle_obligations
from corridor.rooms.agreements.drafts import ObligationStep, RecordShown
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.rooms.agreements.models import Obligation, ShownBy
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.funding import queries as funding
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training
from corridor.rooms.training.lifecycle import CohortStatus

from .first_delivery import note_deliveries

_FINISHED = {
    each.value for each in CohortStatus if each not in {CohortStatus.PLANNED, CohortStatus.RECRUITING, CohortStatus.RUNNING}
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A record that would show it: how it is named, since which day it is there, what it says, and its page."""

    kind: str
    reference: str
    on: date
    words: str
    link: str


class NoSuchRecord(NotFound):
    """The record is not among those that show it."""


def records_showing(*, obligation: Obligation, on: date, by: Actor) -> list[Record]:
    """
    The records that this actor may see and that would show it, the latest first: of the kind that was agreed, under the same agreement, not
    older than the time before and not used for an earlier time.
    """
    look = _LOOKS.get(ShownBy(obligation.shown_by))
    if look is None:
        return []
    times = list(obligation.occurrences.all())
    since = max((each.due_on for each in times), default=date.min)
    used = {each.record_reference for each in times}
    found = [each for each in look(obligation, on, by) if since < each.on <= on and each.reference not in used]
    return sorted(found, key=lambda each: (each.on, each.reference), reverse=True)


@transaction.atomic
def fulfil_obligation(
    *, obligation: Obligation, on: date, today: date, at: datetime, by: Actor, record: str = "", reason: str = "",
    upload: Upload | None = None,
) -> Obligation:  # fmt: skip
    """
    Say that it was kept, this time, and by which record; without one a document or a sentence shows it.
    What a record or a document shows may be the first delivery under the agreement.

    :raises NoSuchRecord: for a record that does not show it, or that this actor may not see. Refuses as settle_obligations does.
    """
    by.require(Permission.OBLIGATION_FULFIL, on=obligation)
    shown = None
    if record:
        found = {each.reference: each for each in records_showing(obligation=obligation, on=today, by=by)}
        if record not in found:
            raise NoSuchRecord(
                N_("“%(record)s” is not among the records that show %(obligation)s. Its page lists them."),
                record=record, obligation=obligation.reference,
            )  # fmt: skip
        shown = RecordShown(found[record].kind, record)
    step = ObligationStep(obligation, ObligationStatus.FULFILLED, on, reason, upload=upload, record=shown)
    settled = settle_obligations(steps=[step], at=at, by=by)[0]
    note_deliveries(agreements=[settled.agreement_id], until=today, by=by)
    return settled


def link_of_record(*, kind: str, reference: str, by: Actor) -> str:  # noqa: ARG001 (the page itself asks who may see it)
    """The page of a record by its kind and name; "" where the kind has none."""
    first = reference.partition("/")[0]
    return {
        ShownBy.REPORT.value: f"/announcements/{reference.rpartition('.')[0]}/",
        ShownBy.EQUIPMENT.value: f"/sites/{first}/equipment/",
        ShownBy.COHORT.value: f"/cohorts/{reference}/",
        ShownBy.PAYMENT.value: f"/funding/{reference.rpartition('.')[0]}/",
    }.get(kind, "")


def _record(kind: ShownBy, reference: str, on: date, words: str, by: Actor) -> Record:
    return Record(kind.value, reference, on, words, link_of_record(kind=kind.value, reference=reference, by=by))


def _reports(obligation: Obligation, on: date, by: Actor) -> Iterator[Record]:  # noqa: ARG001 (each look is asked alike)
    if obligation.agreement.announcement_id is None:
        return
    wanted = obligation.agreement.announcement
    try:
        said = conferences.get_announcement(reference=str(wanted), by=by)
    except NotFound:
        return
    for number, report in enumerate(said.reports.all(), start=1):
        yield _record(ShownBy.REPORT, f"{said.reference}.{number}", report.reported_on, report.text, by)


def _programmes(obligation: Obligation, on: date, by: Actor) -> Iterable[Any]:
    return programmes.list_programmes(by=by, on=on, agreement=obligation.agreement.reference)


def _equipment(obligation: Obligation, on: date, by: Actor) -> Iterator[Record]:
    """At the sites where something is taught under the agreement, and at those that its parties host."""
    places = {place.site.reference for each in _programmes(obligation, on, by) for place in each.places.all()}
    hosts = set(obligation.agreement.parties.values_list("organisation", flat=True))
    for each in sites.list_equipment(by=by, on=on):
        if each.acquired_on is not None and (each.site.reference in places or each.site.host_id in hosts):
            yield _record(ShownBy.EQUIPMENT, str(each), each.acquired_on, each.kind, by)


def _cohorts(obligation: Obligation, on: date, by: Actor) -> Iterator[Record]:
    for programme in _programmes(obligation, on, by):
        for cohort in training.list_cohorts(by=by, programme=programme.pk).prefetch_related("changes"):
            days = [each.effective_on for each in cohort.changes.all() if each.to_status in _FINISHED]
            if days:
                yield _record(ShownBy.COHORT, cohort.reference, min(days), cohort.programme.reference, by)


def _payments(obligation: Obligation, on: date, by: Actor) -> Iterator[Record]:  # noqa: ARG001 (each look is asked alike)
    paid = funding.payments_of(payer=obligation.organisation, agreement=obligation.agreement, by=by)
    for each in paid:
        yield _record(ShownBy.PAYMENT, str(each), each.on, f"{each.money} · {each.commitment.what}", by)


_LOOKS: dict[ShownBy, Callable[[Obligation, date, Actor], Iterator[Record]]] = {
    ShownBy.REPORT: _reports,
    ShownBy.EQUIPMENT: _equipment,
    ShownBy.COHORT: _cohorts,
    ShownBy.PAYMENT: _payments,
}
