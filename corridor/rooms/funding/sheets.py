"""The sheets of money, in the order in which they load: pledges, contracts with their instalments, movements, withdrawals, rates."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.errors import BadInput
from corridor.kernel.money import Money
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.models import Organisation, SourceMark

from . import actions
from .drafts import CommitmentDraft, ContractDraft, MovementDraft, RateDraft, Withdrawal
from .models import Commitment, Disclosure, Movement, Purpose


def _money(row: Row, findings: Findings, currency: str) -> Money | None:
    try:
        return Money(row["amount"], currency)
    except BadInput as wrong:
        for each in wrong.problems:
            findings.add(row, each.column, each.message, **each.places)
        return None


def take_commitments(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    members = by_reference(Organisation.objects.all(), (row[side] for row in rows for side in ("payer", "payee")))
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    drafts = []
    for row in rows:
        payer, payee = findings.find(row, "payer", members), findings.find(row, "payee", members)
        agreement, document = findings.find(row, "agreement", agreements), findings.find(row, "document", documents)
        amount = _money(row, findings, row["currency"])
        if payer and payee and amount:
            drafts.append(
                CommitmentDraft(
                    payer, payee, amount, row["what"], row["pledged_on"], purpose=row["purpose"], agreement=agreement,
                    disclosure=row["disclosure"], source_mark=row["source_mark"], source=row["source"], document=document,
                    reference=row["reference"],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.pledge_commitments(commitments=drafts, at=at, by=by))


def take_contracts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """One row for a contract in one sum; a row for each instalment otherwise, which together are the whole."""
    findings, found, documents, amounts = _moving(rows)
    parts: dict[str, list[tuple[Row, Money]]] = defaultdict(list)
    for row, amount in amounts:
        parts[row["commitment"]].append((row, amount))
    findings.refuse_if_any()
    contracts = []
    for reference, each in parts.items():
        first = each[0][0]
        whole = Money.of_units(sum(amount.units for _row, amount in each), each[0][1].currency)
        instalments = [(row["due_on"], amount) for row, amount in each if row["due_on"]]
        contracts.append(
            ContractDraft(found[reference], first["contracted_on"], whole, instalments, document=documents.get(first["document"]))
        )  # fmt: skip
    with refusals_in(rows):
        actions.contract_commitments(contracts=contracts, at=at, by=by)
    return len(rows)


def take_movements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings, found, documents, amounts = _moving(rows)
    findings.refuse_if_any()
    drafts = [
        MovementDraft(
            found[row["commitment"]], row["on"], amount, row["kind"], row["reason"], documents.get(row["document"])
        )
        for row, amount in amounts
    ]
    with refusals_in(rows):
        return len(actions.record_movements(movements=drafts, at=at, by=by))


def take_withdrawals(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    found = by_reference(Commitment.objects.all(), (row["commitment"] for row in rows))
    gone = [
        Withdrawal(each, row["on"], row["reason"]) for row in rows if (each := findings.find(row, "commitment", found))
    ]
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.withdraw_commitments(withdrawals=gone, at=at, by=by))


def take_rates(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    drafts = [RateDraft(row["of"], row["into"], row["on"], row["value"], row["source"]) for row in rows]
    with refusals_in(rows):
        return len(actions.set_rates(rates=drafts, at=at, by=by))


def _moving(rows: Sequence[Row]) -> tuple[Findings, dict[str, Any], dict[str, Any], list[tuple[Row, Money]]]:
    findings = Findings()
    found = by_reference(Commitment.objects.all(), (row["commitment"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    amounts = []
    for row in rows:
        commitment = findings.find(row, "commitment", found)
        findings.find(row, "document", documents)
        amount = _money(row, findings, commitment.currency) if commitment else None
        if amount:
            amounts.append((row, amount))
    return findings, found, documents, amounts


_AMOUNT = Column("amount", read.decimal(3, 0))
_COMMITMENT = Column("commitment", read.reference(20))
_DOCUMENT = Column("document", read.reference(60), required=False, about="What shows it.")
_REASON = Column("reason", read.text(300), required=False)


def _kind(name: str, columns: tuple[Column, ...], take: Callable[..., int], unique: tuple[str, ...] = ()) -> SheetKind:
    return SheetKind(name=name, pattern=f"{name}.*", columns=columns, take=take, optional=True, unique=unique)


SHEETS: tuple[SheetKind, ...] = (
    _kind(
        "commitments",
        (
            Column("reference", read.reference(20)),
            Column("payer", read.reference(60)),
            Column("payee", read.reference(60)),
            Column("agreement", read.reference(20), required=False),
            _AMOUNT,
            Column("currency", read.text(3), about="ISO 4217"),
            Column("purpose", read.choice(Purpose)),
            Column("what", read.text(300)),
            Column("pledged_on", read.day),
            Column("disclosure", read.choice(Disclosure)),
            Column("source_mark", read.choice(SourceMark)),
            Column("source", read.text(300), required=False),
            _DOCUMENT,
        ),
        take_commitments,
        ("reference",),
    ),
    _kind(
        "commitment_contracts",
        (
            _COMMITMENT,
            Column("contracted_on", read.day),
            Column("due_on", read.day, required=False, about="Of this instalment; empty: one sum, on no day."),
            _AMOUNT,
            _DOCUMENT,
        ),
        take_contracts,
    ),
    _kind(
        "commitment_movements",
        (_COMMITMENT, Column("kind", read.choice(Movement.Kind)), Column("on", read.day), _AMOUNT, _DOCUMENT, _REASON),
        take_movements,
    ),
    _kind(
        "commitment_withdrawals",
        (_COMMITMENT, Column("on", read.day), Column("reason", read.text(300))),
        take_withdrawals,
        ("commitment",),
    ),
    _kind(
        "exchange_rates",
        (
            Column("of", read.text(3), about="ISO 4217"),
            Column("into", read.text(3), about="ISO 4217"),
            Column("on", read.day),
            Column("value", read.decimal(9, 0), about="One of the first is so many of the second."),
            Column("source", read.text(300)),
        ),
        take_rates,
        ("of", "into", "on"),
    ),
)
