"""Money moves under a commitment: it is paid, and paid back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import receive
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput
from corridor.kernel.money import Money, fault_of_payment
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import require_come

from ..drafts import MovementDraft
from ..holding import hold
from ..lifecycle import CommitmentStatus
from ..models import Commitment, Movement
from ..refusals import ContractedOtherwise, MoreThanContracted, MoreThanPaid, MovementNotShown, NotContracted

_OPEN = {CommitmentStatus.CONTRACTED.value, CommitmentStatus.DISBURSED.value}


@transaction.atomic
def record_movements(*, movements: Sequence[MovementDraft], at: datetime, by: Actor) -> list[Movement]:
    """
    Write down payments and refunds, in the order given: for who speaks for the payer or the payee, and the secretariat. Once all that was
    contracted is paid, the commitment is disbursed.

    :raises NotContracted: on a day on which nothing was contracted (a refund is taken of what was withdrawn too).
    :raises MoreThanContracted: for more than was contracted, without a reason. :raises MoreThanPaid: for a refund of more than was paid.
    :raises MovementNotShown: without a document and without a reason. :raises ContractedOtherwise: in another currency.
    :raises DayToCome: on a day that has not come.
    """
    held = {row.pk: row for row in hold([each.commitment.pk for each in movements])}
    for row in held.values():
        by.require(Permission.FUNDING_PAY, on=row)
    require_come((each.on for each in movements), at=at)
    standing: dict[UUID, list[Movement]] = defaultdict(list)
    for each in Movement.objects.filter(commitment__in=held).order_by("number"):
        standing[each.commitment_id].append(each)
    made, paid_off = [], {}
    for draft in movements:
        row, before = held[draft.commitment.pk], standing[draft.commitment.pk]
        _require_shown(row, draft)
        _require_open(row, draft)
        _require_room(row, draft, before)
        movement = Movement(
            commitment=row, number=len(before) + 1, kind=draft.kind, on=draft.on, units=draft.amount.units,
            document=receive(draft.upload, at=at, by=by) if draft.upload else draft.document,
            reason=draft.reason.strip(), by_label=by.label,
        )  # fmt: skip
        before.append(movement)
        made.append(movement)
        if row.status == CommitmentStatus.CONTRACTED and sum(each.units_out for each in before) >= (
            row.contracted_units or 0
        ):
            paid_off.setdefault(row.pk, Step(row, CommitmentStatus.DISBURSED, max(each.on for each in before)))
    Movement.objects.bulk_create(made, batch_size=500)
    take_steps(list(paid_off.values()), by=by)
    log.record_each("funding.moved", by=by, subjects=list(held.values()))
    return made


def _require_shown(row: Commitment, draft: MovementDraft) -> None:
    if (fault := fault_of_payment(draft.amount)) is not None:
        raise BadInput([fault])
    if draft.amount.currency != row.currency:
        raise ContractedOtherwise(
            N_("%(commitment)s is in %(currency)s. What was paid in another currency belongs to another commitment."),
            commitment=row.reference, currency=row.currency,
        )  # fmt: skip
    if draft.document is None and draft.upload is None and not draft.reason.strip():
        raise MovementNotShown(N_("Send the document that shows it, or say why there is none."))


def _require_open(row: Commitment, draft: MovementDraft) -> None:
    then = row.status_on(draft.on)
    is_refund_after = draft.kind == Movement.Kind.REFUND and then == CommitmentStatus.WITHDRAWN
    if then not in _OPEN and not is_refund_after:
        raise NotContracted(
            N_("%(commitment)s was “%(then)s” on %(day)s; money moves under a contract, from its day."),
            commitment=row.reference, then=CommitmentStatus(then).label, day=draft.on,
        )  # fmt: skip


def _require_room(row: Commitment, draft: MovementDraft, before: Sequence[Movement]) -> None:
    if draft.kind == Movement.Kind.REFUND:
        if draft.amount.units > (left := _least_left(before, draft.on)):
            raise MoreThanPaid(
                N_("On %(day)s only %(paid)s of %(commitment)s was paid and not paid back; more cannot be paid back."),
                commitment=row.reference, paid=str(Money.of_units(left, row.currency)), day=draft.on,
            )  # fmt: skip
        return
    paid = sum(each.units_out for each in before)
    if paid + draft.amount.units > (row.contracted_units or 0) and not draft.reason.strip():
        raise MoreThanContracted(
            N_("With it %(paid)s would be paid of %(contracted)s. Say why it is more than was contracted."),
            paid=str(Money.of_units(paid + draft.amount.units, row.currency)), contracted=str(row.contracted),
        )  # fmt: skip


def _least_left(before: Sequence[Movement], day: date) -> int:
    """What is paid and not paid back on that day; a refund that was written down for a later day has taken its part of it."""
    days = {day, *(each.on for each in before if each.on > day)}
    return min(sum(each.units_out for each in before if each.on <= then) for then in days)
