"""Every way commitments of money can be read. Anyone reads what is disclosed; the rest is for those concerned and oversight."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.money import Money, Reckoned, reckon, totals
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_

from .lifecycle import CommitmentStatus
from .models import Commitment, CommitmentChange, ExchangeRate, Instalment, Movement, Purpose
from .standing import LATE, late_on, with_movements_on

# (code, label) of every purpose, for a form that narrows a list.
PURPOSES = Purpose.choices


def list_commitments(
    *,
    by: Actor,
    on: date,
    member: str = "",
    agreement: str = "",
    purpose: str = "",
    currency: str = "",
    states: Collection[str] = (),
    after: str = "",
) -> QuerySet[Commitment]:
    """
    Commitments by reference, as they stood on that day: each with ``status_then``, ``paid_then``, ``refunded_then`` and ``due_then`` (smallest
    units). ``member`` pays or is paid; ``states`` may hold "late" too. Names, instalments and movements come with the rows: eight statements.
    """
    visible = Commitment.objects.visible_to(by).filter(pledged_on__lte=on)
    found: QuerySet[Any] = late_on(visible, on) if LATE in states else with_movements_on(visible, on)
    if wanted := [each for each in states if each != LATE]:
        found = found.filter(status_then__in=wanted)
    if member:
        found = found.filter(Q(payer__reference=member) | Q(payee__reference=member))
    if agreement:
        found = found.filter(agreement__reference=agreement)
    if purpose:
        found = found.filter(purpose=purpose)
    if currency:
        found = found.filter(currency=currency)
    if after:
        found = found.filter(reference__gt=after)
    return _whole(found).order_by("reference")


def get_commitment(*, reference: str, by: Actor, on: date) -> Commitment:
    """One of them, with its changes. :raises NotFound: if there is none, or none for this actor."""
    found = with_movements_on(Commitment.objects.visible_to(by), on)
    row = _whole(found).filter(reference=reference).first()
    if row is None:
        raise NotFound(N_("There is no commitment %(reference)s that you may see."), reference=reference)
    return row


def find_commitment(*, reference: str, by: Actor) -> Commitment:
    """The bare row. :raises NotFound: if there is none, or none for this actor."""
    row = Commitment.objects.visible_to(by).filter(reference=reference).first()
    if row is None:
        raise NotFound(N_("There is no commitment %(reference)s that you may see."), reference=reference)
    return row


def count_commitments(*, by: Actor, on: date) -> dict[str, int]:
    """How many stood in each state on that day; "all" is the sum, and the late are among the contracted."""
    visible = Commitment.objects.visible_to(by).filter(pledged_on__lte=on)
    counts = {"all": 0, LATE: late_on(visible, on).count()}
    for state in with_movements_on(visible, on).order_by().values_list("status_then", flat=True):
        counts["all"] += 1
        counts[state] = counts.get(state, 0) + 1
    return counts


@dataclass(frozen=True)
class Total:
    """What stands in one currency: pledged and not contracted, contracted, paid and paid back. The four are never added."""

    currency: str
    pledged: Money
    contracted: Money
    disbursed: Money
    refunded: Money


def total_of(*, rows: QuerySet[Any], by: Actor) -> list[Total]:  # noqa: ARG001 (the rows are the reader's)
    """The totals of commitments that were read, each currency for itself; what was withdrawn counts with what was paid of it."""
    zero: dict[str, dict[str, int]] = {}
    fields = ("currency", "status_then", "pledged_units", "contracted_units", "paid_then", "refunded_then")
    for currency, state, pledged, contracted, paid, refunded in rows.order_by().values_list(*fields):
        sums = zero.setdefault(currency, {"pledged": 0, "contracted": 0, "disbursed": 0, "refunded": 0})
        sums["pledged"] += pledged if state == CommitmentStatus.PLEDGED else 0
        sums["contracted"] += (contracted or 0) if state in _CONTRACTED else 0
        sums["disbursed"] += paid
        sums["refunded"] += refunded
    return [
        Total(currency, **{name: Money.of_units(units, currency) for name, units in sums.items()})
        for currency, sums in sorted(zero.items())
    ]


def reckoned_totals(*, found: list[Total], into: str, on: date, by: Actor) -> dict[str, Reckoned]:
    """
    The same in one currency, by the latest rates of that day or before, which the answer names: "pledged", "contracted", "disbursed", "refunded".

    :raises NoRate: for a currency without a rate. :raises BadInput: into what is no currency.
    """
    rates = [each.as_rate() for each in latest_rates(into=into, on=on, by=by)]
    names = ("pledged", "contracted", "disbursed", "refunded")
    return {
        name: reckon(totals(getattr(each, name) for each in found).values(), into=into, rates=rates) for name in names
    }


def list_rates(*, by: Actor, of: str = "", into: str = "", after: str = "") -> QuerySet[ExchangeRate]:  # noqa: ARG001 (rates are public)
    """Rates, the latest first. ``after`` is the last one read, like "2024-01-31 LAK CNY"."""
    found: QuerySet[Any] = ExchangeRate.objects.all()
    if of:
        found = found.filter(of=of)
    if into:
        found = found.filter(into=into)
    if after:
        found = found.filter(_before(after))
    return found.order_by("-on", "of", "into")


def latest_rates(*, into: str, on: date, by: Actor) -> list[ExchangeRate]:
    """The latest rate from each currency into that one, of that day or before."""
    found: dict[str, ExchangeRate] = {}
    for each in list_rates(by=by, into=into).filter(on__lte=on):
        found.setdefault(each.of, each)
    return list(found.values())


def currencies_reached(*, by: Actor) -> list[str]:  # noqa: ARG001 (rates are public)
    """Currencies into which some rate leads."""
    return sorted(ExchangeRate.objects.values_list("into", flat=True).distinct())


def payments_of(*, payer: Any, agreement: Any, by: Actor) -> QuerySet[Movement]:
    """What that organisation paid under that agreement, as far as this actor may see it; for a journey."""
    visible = Commitment.objects.visible_to(by).filter(payer=payer, agreement=agreement)
    found = Movement.objects.filter(commitment__in=visible, kind=Movement.Kind.DISBURSEMENT)
    return found.select_related("commitment").order_by("on", "commitment__reference", "number")


def late_payments(*, on: date, by: Actor, own: bool = False, member: str = "") -> QuerySet[Commitment]:
    """Commitments of which an instalment is late that day; ``own``: those that a member this actor speaks for has to pay."""
    found: QuerySet[Any] = late_on(Commitment.objects.visible_to(by), on)
    if own:
        found = found.filter(payer__in=by.ids_with(Permission.FUNDING_PAY, "member"))
    if member:
        found = found.filter(payer__reference=member)
    return _whole(found).order_by("reference")


def payments_due(
    *, on: date, by: Actor, until: date | None = None, own: bool = False, member: str = ""
) -> list[tuple[Commitment, date]]:
    """
    Commitments of which an instalment is late on that day, or is due by ``until`` and not paid, each with its due day; for what is owed.
    """
    day = until + ONE_DAY if until is not None else on
    found: QuerySet[Any] = with_movements_on(Commitment.objects.visible_to(by), on)
    found = found.filter(status_then=CommitmentStatus.CONTRACTED)
    if own:
        found = found.filter(payer__in=by.ids_with(Permission.FUNDING_PAY, "member"))
    if member:
        found = found.filter(payer__reference=member)
    found = found.filter(Exists(Instalment.objects.filter(commitment=OuterRef("pk"), due_on__lt=day)))
    return [(each, late) for each in _whole(found).order_by("reference") if (late := each.late_since(day, paid_on=on))]


def open_paper(*, reference: str, paper: str, on: date, by: Actor) -> tuple[Document, bytes]:
    """A document of a commitment: "pledge", "contract", or the number of a movement. :raises NotFound: if there is none."""
    found = get_commitment(reference=reference, by=by, on=on)
    papers = {"pledge": found.document, "contract": found.contract}
    papers |= {str(each.number): each.document for each in found.movements.all()}
    document = papers.get(paper)
    if document is None:
        raise NotFound(N_("No document is kept with %(reference)s."), reference=reference)
    return document, bytes_of(document)


_CONTRACTED = {CommitmentStatus.CONTRACTED.value, CommitmentStatus.DISBURSED.value}


def _before(after: str) -> Q:
    """What comes after the last rate read; what no page wrote is nothing."""
    day, _space, pair = after.partition(" ")
    of, _space, into = pair.partition(" ")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Q()
    return Q(on__lt=on) | Q(on=on, of__gt=of) | Q(on=on, of=of, into__gt=into)


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    changes = Prefetch("changes", CommitmentChange.objects.order_by("effective_on", "recorded_at", "pk"))
    return found.select_related("payer", "payee", "agreement", "document", "contract").prefetch_related(
        changes, "payer__names", "payee__names",
        Prefetch("instalments", Instalment.objects.order_by("number")),
        Prefetch("movements", Movement.objects.select_related("document").order_by("number")),
    )  # fmt: skip
