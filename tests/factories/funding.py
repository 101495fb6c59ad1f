"""Money that Chongqing promises Vientiane, and what is paid of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from corridor.foundations.access import NIGHTLY
from corridor.kernel.money import Money
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.funding import actions
from corridor.rooms.funding.drafts import CommitmentDraft, ContractDraft, MovementDraft, RateDraft
from corridor.rooms.funding.models import Commitment, ExchangeRate, Movement
from corridor.rooms.members.models import Organisation

from .agreements import find_or_make_member

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
PLEDGED_ON, CONTRACTED_ON = date(2023, 6, 1), date(2023, 7, 1)


def cny(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


def make_commitment(
    amount: Money | None = None,
    *,
    payer: str | Organisation = "chongqing",
    payee: str | Organisation = "vientiane",
    reference: str = "",
    what: str = "Two brake testers",
    purpose: str = "equipment",
    disclosure: str = "public",
    agreement: Agreement | None = None,
) -> Commitment:
    """A pledge of 100,000 CNY, or of as much as is said."""
    sides = [find_or_make_member(each) if isinstance(each, str) else each for each in (payer, payee)]
    draft = CommitmentDraft(
        sides[0], sides[1], amount or cny(100_000), what, PLEDGED_ON, purpose=purpose, agreement=agreement,
        disclosure=disclosure, reference=reference,
    )  # fmt: skip
    return actions.pledge_commitments(commitments=[draft], at=AT, by=NIGHTLY)[0]


def make_contract(
    amount: Money | None = None, *, instalments: tuple[tuple[date, Money], ...] = (), **more: object
) -> Commitment:
    """Contracted for as much as was pledged."""
    made = make_commitment(amount, **more)  # type: ignore[arg-type]
    contract = ContractDraft(made, CONTRACTED_ON, made.pledged, instalments)
    return actions.contract_commitments(contracts=[contract], at=AT, by=NIGHTLY)[0]


def make_movement(
    commitment: Commitment,
    amount: Money,
    *,
    on: date = date(2023, 9, 1),
    kind: str = Movement.Kind.DISBURSEMENT,
    reason: str = "Shown by the bank",
) -> Movement:
    draft = MovementDraft(commitment, on, amount, kind, reason)
    return actions.record_movements(movements=[draft], at=AT, by=NIGHTLY)[0]


def make_rate(
    of: str = "LAK",
    into: str = "CNY",
    value: str = "0.000346",
    *,
    on: date = date(2024, 1, 31),
    source: str = "Central bank",
) -> ExchangeRate:
    return actions.set_rates(rates=[RateDraft(of, into, on, Decimal(value), source)], at=AT, by=NIGHTLY)[0]
