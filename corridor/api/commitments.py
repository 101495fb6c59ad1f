"""Commitments of money and what moved under them. Amounts are exact decimals, written as text. funding.py has totals, rates and shares."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.money import Money, written
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.funding import actions, queries
from corridor.rooms.funding.drafts import CommitmentDraft, ContractDraft, MovementDraft, Withdrawal
from corridor.rooms.members import queries as members

from .asking import After, Code, Day, Limit, On, Page, Reference, States, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import MoneyOut, Named, Step, member, money, steps
from .tokens import PRIVATE, PUBLIC

TAG = "funding"
router = Router(auth=PUBLIC)
Currency = Annotated[str, Query(pattern="^([A-Z]{3})?$", description="ISO 4217")]
Amount = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=3)]


class InstalmentOut(Schema):
    number: int
    due_on: date
    amount: str


class MovementOut(Schema):
    """A payment (disbursement) or a refund."""

    number: int
    kind: str
    on: date
    amount: str
    reason: str
    document: str | None


class CommitmentOut(Schema):
    """
    ``status`` is the state of the day asked for; ``paid`` and ``refunded`` are of that day too. ``late_since``: the due day of the first
    instalment that was not whole.
    """

    reference: str
    payer: Named
    payee: Named
    agreement: str | None
    pledged: MoneyOut
    contracted: MoneyOut | None
    paid: MoneyOut
    refunded: MoneyOut
    purpose: str
    what: str
    pledged_on: date
    disclosure: str
    status: str
    late_since: date | None
    instalments: list[InstalmentOut]
    movements: list[MovementOut]
    timeline: list[Step]
    source_mark: str
    source: str


class CommitmentIn(Schema):
    payer: Words
    payee: Words
    amount: Amount
    currency: str = Field(pattern="^[A-Z]{3}$")
    purpose: Words = Field(
        pattern="^(equipment|building|training|staff|scholarships|travel|running_costs|maintenance|other)$"
    )
    what: Words
    pledged_on: Day
    agreement: Words = ""
    disclosure: Words = Field("parties", pattern="^(public|parties)$")
    source_mark: Words = Field("assumed", pattern="^(named|assumed)$")
    source: Words = ""


class PartIn(Schema):
    due_on: Day
    amount: Amount


class ContractIn(Schema):
    on: Day
    amount: Amount
    instalments: list[PartIn] = []


class MovementIn(Schema):
    """What a document shows is sent on the page; here a reason says it."""

    kind: Words = Field(pattern="^(disbursement|refund)$")
    on: Day
    amount: Amount
    reason: Words


class WithdrawalIn(Schema):
    on: Day
    reason: Words


@router.get("/commitments", response=Page[CommitmentOut])
def list_commitments(
    request: HttpRequest,
    on: On = None,
    member: Code = "",
    agreement: Code = "",
    purpose: Code = "",
    currency: Currency = "",
    status: States = [],  # noqa: B006 (read, never changed)
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Commitments of money as they stood on a day, by reference; ``status`` may be late too."""
    day = on or clock.today()
    found = queries.list_commitments(
        by=request.auth, on=day, member=member, agreement=agreement, purpose=purpose, currency=currency, states=status, after=after
    )  # fmt: skip
    return page(found, lambda each: _drawn(each, day), limit=limit, key=lambda each: each.reference)


@router.post("/commitments", response={201: CommitmentOut}, openapi_extra=MAKES, auth=PRIVATE)
def pledge(request: HttpRequest, response: HttpResponse, sent: CommitmentIn) -> Status[CommitmentOut]:
    """Write down who promised whom how much."""
    by = request.auth

    def make() -> CommitmentOut:
        agreement = agreements.get_agreement(reference=sent.agreement, by=by) if sent.agreement else None
        draft = CommitmentDraft(
            members.get_organisation(reference=sent.payer, by=by), members.get_organisation(reference=sent.payee, by=by),
            Money(sent.amount, sent.currency), sent.what, sent.pledged_on, purpose=sent.purpose, agreement=agreement,
            disclosure=sent.disclosure, source_mark=sent.source_mark, source=sent.source,
        )  # fmt: skip
        made = actions.pledge_commitments(commitments=[draft], at=clock.now(), by=by)[0]
        return _read(made.reference, by)

    return Status(201, made_once(request, response, CommitmentOut, make))


@router.get("/commitments/{reference}", response=CommitmentOut)
def get_commitment(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> CommitmentOut:
    return tagged(_read(reference, request.auth, on), response)


@router.post("/commitments/{reference}/contract", response=CommitmentOut, auth=PRIVATE)
def contract(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ContractIn) -> CommitmentOut:
    """What was pledged is contracted, in instalments or in one sum."""
    by, found = request.auth, _held(request, reference)
    parts = [(each.due_on, Money(each.amount, found.currency)) for each in sent.instalments]
    draft = ContractDraft(found, sent.on, Money(sent.amount, found.currency), parts)
    actions.contract_commitments(contracts=[draft], at=clock.now(), by=by)
    return tagged(_read(reference, by), response)


@router.post("/commitments/{reference}/movements", response=CommitmentOut, auth=PRIVATE)
def record_movement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: MovementIn
) -> CommitmentOut:
    """Write down a payment or a refund."""
    by, found = request.auth, _held(request, reference)
    draft = MovementDraft(found, sent.on, Money(sent.amount, found.currency), sent.kind, sent.reason)
    actions.record_movements(movements=[draft], at=clock.now(), by=by)
    return tagged(_read(reference, by), response)


@router.post("/commitments/{reference}/withdrawal", response=CommitmentOut, auth=PRIVATE)
def withdraw(request: HttpRequest, response: HttpResponse, reference: Reference, sent: WithdrawalIn) -> CommitmentOut:
    """It is not paid any more; it stays to be read."""
    by, found = request.auth, _held(request, reference)
    actions.withdraw_commitments(withdrawals=[Withdrawal(found, sent.on, sent.reason)], at=clock.now(), by=by)
    return tagged(_read(reference, by), response)


def _held(request: HttpRequest, reference: str) -> Any:
    """The commitment, where the version that was read is named."""
    require_version(request, _read(reference, request.auth))
    return queries.get_commitment(reference=reference, by=request.auth, on=clock.today())


def _read(reference: str, by: Any, on: date | None = None) -> CommitmentOut:
    day = on or clock.today()
    return _drawn(queries.get_commitment(reference=reference, by=by, on=day), day)


def _drawn(each: Any, day: date) -> CommitmentOut:
    def text(units: int) -> str:
        return written(Money.of_units(units, each.currency).amount, each.currency)

    return CommitmentOut(
        reference=each.reference, payer=member(each.payer), payee=member(each.payee),
        agreement=each.agreement.reference if each.agreement else None, pledged=money(each.pledged),
        contracted=money(each.contracted) if each.contracted else None,
        paid=money(Money.of_units(each.paid_then, each.currency)),
        refunded=money(Money.of_units(each.refunded_then, each.currency)), purpose=each.purpose, what=each.what,
        pledged_on=each.pledged_on, disclosure=each.disclosure, status=each.status_then,
        late_since=each.late_since(day) if each.status_then == "contracted" else None,
        instalments=[
            InstalmentOut(number=part.number, due_on=part.due_on, amount=text(part.units)) for part in each.instalments.all()
        ],
        movements=[
            MovementOut(
                number=moved.number, kind=moved.kind, on=moved.on, amount=text(moved.units), reason=moved.reason,
                document=moved.document.reference if moved.document else None,
            )
            for moved in each.movements.all()
        ],
        timeline=steps(each.changes.all()), source_mark=each.source_mark, source=each.source,
    )  # fmt: skip
