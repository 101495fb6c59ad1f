"""Money that anyone may read of: promised, contracted, paid, paid back. Each currency for itself, counted in its smallest unit."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotAdditive, NotCollected
from corridor.kernel.wording import N_
from corridor.rooms.funding.lifecycle import CommitmentStatus
from corridor.rooms.funding.models import Commitment, Disclosure, Movement
from corridor.rooms.funding.standing import with_movements_on
from corridor.rooms.members.merging import references_that_stand

from ..scopes import Scope
from .definition import Collect, Definition, Form, Gathered, Time, When, Words

_UNDER_CONTRACT = [CommitmentStatus.CONTRACTED, CommitmentStatus.DISBURSED]
_COMMITMENT = ("currency", "purpose", "payer__reference", "payee__reference", "source_mark", "disclosure")


def _on_day(states: list[CommitmentStatus], units: str) -> Collect:
    def collect(scope: Scope, when: When) -> Gathered:
        currency = _currency_of(scope)
        known: Any = Commitment.objects.filter(currency=currency, pledged_on__lte=when.day)
        found = with_movements_on(known, when.day).filter(status_then__in=states).order_by("pk")
        return _gathered(
            ("commitment", *row) for row in found.values_list("pk", "pk", units, "pledged_on", *_COMMITMENT)
        )

    return collect


def _moved(kind: Movement.Kind) -> Collect:
    def collect(scope: Scope, when: When) -> Gathered:
        found = Movement.objects.filter(
            kind=kind, commitment__currency=_currency_of(scope), on__gte=when.period.first_day, on__lte=when.day
        ).order_by("pk")
        fields = (f"commitment__{name}" for name in _COMMITMENT)
        return _gathered(("movement", *row) for row in found.values_list("pk", "commitment", "units", "on", *fields))

    return collect


def _currency_of(scope: Scope) -> str:
    """:raises NotCollected: where nobody writes down money. :raises NotAdditive: without a currency."""
    if not Commitment.objects.exists():
        raise NotCollected(
            N_("No records of money promised, contracted or paid are collected. That is not the same as zero.")
        )
    if not (currency := scope.get("currency")):
        raise NotAdditive(N_("Name the currency: two currencies are never added."))
    return currency


def _gathered(found: Iterable[tuple[Any, ...]]) -> Gathered:
    """What is for the parties alone is shown as a number of commitments or movements, and stands in no row."""
    stands = references_that_stand()
    rows, left_out, days = [], [], {}
    for kind, key, subject, units, day, currency, purpose, payer, payee, mark, disclosure in found:
        codes = {
            "currency": currency, "purpose": purpose, "payer": stands.get(payer, payer), "payee": stands.get(payee, payee),
            "source": mark,
        }  # fmt: skip
        row = EvidenceRow(kind, str(key), str(subject), amount=units, codes=codes)
        if disclosure == Disclosure.PUBLIC:
            rows.append(row)
            days[str(key)] = day
        else:
            left_out.append(row)
    return Gathered(rows, left_out, days)


def _money(code: str, version: int, title: Words, counted: Words, time: Time, collect: Collect) -> Definition:
    on_day = time is Time.ON_DAY
    return Definition(
        code=code,
        version=version,
        title=title,
        counted=counted,
        unit=Unit.MONEY,
        additivity=Additivity.ON_A_DAY if on_day else Additivity.ADDS,
        time=time,
        form=Form.MONEY,
        rule=Rule.SUM_AMOUNTS,
        collect=collect,
        dimensions=("purpose", "payer", "payee", "source"),
        keys=("currency", "purpose"),
        needs=("currency",),
        left_out=_("What is for the parties alone: who may read it finds it under Funding."),
        wrong_way=_("Adding the states of one commitment, or two currencies; calling a promise a payment."),
        follows=_("Our own choice."),
    )


DEFINITIONS = (
    _money(
        "funding.pledged",
        2,
        _("Money pledged"),
        _("Commitments that were pledged on the day and neither contracted nor withdrawn, in one currency."),
        Time.ON_DAY,
        _on_day([CommitmentStatus.PLEDGED], "pledged_units"),
    ),
    _money(
        "funding.contracted",
        2,
        _("Money contracted"),
        _("Commitments under a contract on the day, paid or not, in one currency; withdrawn ones are not."),
        Time.ON_DAY,
        _on_day(_UNDER_CONTRACT, "contracted_units"),
    ),
    _money(
        "funding.disbursed",
        2,
        _("Money disbursed"),
        _("Payments made in the period, in one currency; refunds are shown apart."),
        Time.PERIOD,
        _moved(Movement.Kind.DISBURSEMENT),
    ),
    _money(
        "funding.refunded",
        1,
        _("Money paid back"),
        _("Refunds made in the period, in one currency. They are not taken away from what was paid."),
        Time.PERIOD,
        _moved(Movement.Kind.REFUND),
    ),
)
