"""Money is pledged, corrected while it is a pledge, contracted, and withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import receive
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money, fault_of_payment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import require_come

from ..drafts import CommitmentDraft, ContractDraft, Withdrawal
from ..holding import hold
from ..lifecycle import CommitmentStatus
from ..models import Commitment, Instalment, Movement
from ..refusals import ContractedOtherwise, PaidLater, PaysItself, ReferenceTaken

# What may be corrected: all of it while it is a pledge, and these words ever after.
FIELDS = (
    "agreement", "currency", "pledged_units", "purpose", "what", "pledged_on", "disclosure", "source_mark", "source",
)  # fmt: skip
ALWAYS = frozenset({"purpose", "what", "disclosure", "source_mark", "source"})


@dataclass(frozen=True)
class CommitmentChanged:
    """New values of a commitment (FIELDS)."""

    commitment: Commitment
    values: Mapping[str, Any]


@transaction.atomic
def pledge_commitments(*, commitments: Sequence[CommitmentDraft], at: datetime, by: Actor) -> list[Commitment]:
    """
    Write down who promised whom how much.

    :raises PaysItself: where payer and payee are one. :raises ReferenceTaken: if a reference is in use. :raises BadInput: for no purpose in
        words, or an amount that is not above zero. :raises DayToCome: on a day that has not come.
    """
    by.require(Permission.FUNDING_COMMIT)
    if problems := [each for draft in commitments for each in _faults_of(draft.what, draft.pledged)]:
        raise BadInput(problems)
    for draft in commitments:
        if draft.payer.pk == draft.payee.pk:
            raise PaysItself(N_("%(member)s cannot promise money to itself."), member=draft.payer.reference)
    require_come((draft.pledged_on for draft in commitments), at=at)
    days = [draft.pledged_on for draft in commitments if not draft.reference]
    numbers = iter(give_numbers(model=Commitment, prefix="FND", days=days, gate=Organisation))
    references = [draft.reference or next(numbers) for draft in commitments]
    taken = Commitment.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is a commitment %(reference)s already."), reference=again)
    made = Commitment.objects.bulk_create(
        [
            Commitment(
                id=draft.key or new_id(), reference=reference, status=CommitmentStatus.PLEDGED, payer=draft.payer, payee=draft.payee,
                agreement=draft.agreement, currency=draft.pledged.currency, pledged_units=draft.pledged.units,
                purpose=draft.purpose, what=draft.what.strip(), pledged_on=draft.pledged_on, disclosure=draft.disclosure,
                source_mark=draft.source_mark, source=draft.source, document=draft.document,
            )
            for reference, draft in zip(references, commitments, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("funding.pledged", by=by, subjects=made)
    return made


@transaction.atomic
def change_commitments(*, changes: Sequence[CommitmentChanged], by: Actor) -> list[Commitment]:
    """Correct what was written down. :raises WrongMoment: of the amount, the day and the agreement once it is contracted or withdrawn."""
    by.require(Permission.FUNDING_COMMIT)
    held = {row.pk: row for row in hold([each.commitment.pk for each in changes])}
    for change in changes:
        row = held[change.commitment.pk]
        if row.status != CommitmentStatus.PLEDGED and set(change.values) - ALWAYS:
            raise WrongMoment(
                N_("%(commitment)s is “%(now)s”; how much was pledged and when does not change any more."),
                commitment=row.reference, now=row.get_status_display(),
            )  # fmt: skip
        for field, value in change.values.items():
            setattr(row, field, value)
        row.version += 1
        if problems := _faults_of(row.what, row.pledged):
            raise BadInput(problems)
    Commitment.objects.bulk_update(held.values(), [*FIELDS, "version"], batch_size=500)
    log.record_each("funding.changed", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def contract_commitments(*, contracts: Sequence[ContractDraft], at: datetime, by: Actor) -> list[Commitment]:
    """
    What was pledged is contracted: so much, by these days.

    :raises ContractedOtherwise: in another currency, or with instalments that are more than the whole. :raises WrongMoment: if it is no
        pledge any more. :raises DayToCome: on a day that has not come.
    """
    by.require(Permission.FUNDING_COMMIT)
    require_come((each.on for each in contracts), at=at)
    held = {row.pk: row for row in hold([each.commitment.pk for each in contracts])}
    for contract in contracts:
        row = held[contract.commitment.pk]
        _require_fitting(row, contract)
        row.contracted_units = contract.amount.units
        row.contract = receive(contract.upload, at=at, by=by) if contract.upload else contract.document
        row.version += 1
    Commitment.objects.bulk_update(held.values(), ["contracted_units", "contract", "version"], batch_size=500)
    take_steps(
        [Step(held[each.commitment.pk], CommitmentStatus.CONTRACTED, each.on, each.reason.strip()) for each in contracts], by=by
    )  # fmt: skip
    Instalment.objects.bulk_create(
        [
            Instalment(commitment=held[each.commitment.pk], number=number, due_on=due_on, units=amount.units)
            for each in contracts
            for number, (due_on, amount) in enumerate(each.instalments, start=1)
        ],
        batch_size=500,
    )
    log.record_each("funding.contracted", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def withdraw_commitments(*, withdrawals: Sequence[Withdrawal], at: datetime, by: Actor) -> list[Commitment]:
    """
    It is not paid any more; what was paid stays written. :raises BadInput: without a reason. :raises WrongMoment: if all of it was paid, or it
    is withdrawn already. :raises PaidLater: from a day before its last payment. :raises DayToCome: on a day that has not come.
    """
    by.require(Permission.FUNDING_COMMIT)
    if any(not each.reason.strip() for each in withdrawals):
        raise BadInput([Problem(N_("Say why it is withdrawn."), column="reason")])
    require_come((each.on for each in withdrawals), at=at)
    held = {row.pk: row for row in hold([each.commitment.pk for each in withdrawals])}
    _require_paid_before(withdrawals)
    steps = [
        Step(held[each.commitment.pk], CommitmentStatus.WITHDRAWN, each.on, each.reason.strip()) for each in withdrawals
    ]
    take_steps(steps, by=by)
    log.record_each("funding.withdrawn", by=by, subjects=list(held.values()))
    return list(held.values())


def _require_paid_before(withdrawals: Sequence[Withdrawal]) -> None:
    paid = Movement.objects.filter(
        commitment__in=[each.commitment.pk for each in withdrawals], kind=Movement.Kind.DISBURSEMENT
    )
    last = dict(paid.order_by("on").values_list("commitment", "on"))
    for each in withdrawals:
        if (day := last.get(each.commitment.pk)) is not None and day > each.on:
            raise PaidLater(
                N_("%(commitment)s was paid on %(day)s; withdraw it from that day on, or a later one."),
                commitment=each.commitment.reference, day=day,
            )  # fmt: skip


def _require_fitting(row: Commitment, contract: ContractDraft) -> None:
    parts = [amount for _due_on, amount in contract.instalments]
    places: dict[str, object] = {"commitment": row.reference, "currency": row.currency}
    if any(each.currency != row.currency for each in (contract.amount, *parts)):
        raise ContractedOtherwise(
            N_(
                "%(commitment)s was pledged in %(currency)s. Another currency is another commitment: withdraw this one."
            ),
            **places,
        )
    if problems := [each for each in map(fault_of_payment, (contract.amount, *parts)) if each is not None]:
        raise BadInput(problems)
    if sum(each.units for each in parts) > contract.amount.units:
        raise ContractedOtherwise(N_("The instalments of %(commitment)s are more than what is contracted."), **places)


def _faults_of(what: str, pledged: Money) -> list[Problem]:
    faults = []
    if not what.strip():
        faults.append(Problem(N_("Say what the money is for."), column="what"))
    if (fault := fault_of_payment(pledged)) is not None:
        faults.append(fault)
    return faults
