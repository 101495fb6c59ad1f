"""An obligation is kept, or let off: this time, or for good. One that returns falls due again, counted from its first day."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import receive
from corridor.foundations.lifecycles.moving import Step, take_back, take_steps
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import require_come

from ..drafts import ObligationStep
from ..holding import hold_obligations
from ..letting_off import require_may_let_off
from ..lifecycle import AgreementStatus, ObligationStatus
from ..models import Obligation, ObligationOccurrence, ShownBy
from ..refusals import NotShown

MOVED = ("due_on", "turn")


@transaction.atomic
def settle_obligations(*, steps: Sequence[ObligationStep], at: datetime, by: Actor) -> list[Obligation]:
    """
    Say that obligations were kept, for who speaks for the party, or let them off, for the other parties and the secretariat.

    Several steps of one obligation are several of its times, in the order given. What returns stays open and falls due again; the last time
    before the agreement ends, it is fulfilled (or waived) for good, as it is at once with ``whole``.

    :raises WrongMoment: if one is settled already. :raises DayToCome: on a day that has not come. :raises BadInput: to let one off without a
        reason. :raises OwnObligation: to let off what the own member owes. :raises NotShown: without what was agreed to show it.
    """
    held = {row.pk: row for row in hold_obligations([step.obligation.pk for step in steps])}
    for step in steps:
        _require_right(held[step.obligation.pk], step, by=by)
    require_come((step.on for step in steps), at=at)
    last: dict[UUID, Step] = {}
    made = []
    for step in steps:
        row = held[step.obligation.pk]
        if row.pk in last or row.status != ObligationStatus.OPEN:
            now = last[row.pk].to if row.pk in last else ObligationStatus(row.status)
            raise WrongMoment(
                N_("%(thing)s is “%(now)s”; it cannot become “%(to)s”."),
                thing=row.reference, now=now.label, to=step.to.label,
            )  # fmt: skip
        made.append(_occurrence(row, step, at=at, by=by))
        day = None if step.whole or row.agreement.status == AgreementStatus.TERMINATED else row.next_due_on()
        if day is None:
            last[row.pk] = Step(row, step.to, step.on, step.reason.strip())
        else:
            row.due_on, row.turn = day, row.turn + 1
    ObligationOccurrence.objects.bulk_create(made, batch_size=500)
    Obligation.objects.bulk_update(held.values(), MOVED, batch_size=500)
    take_steps(list(last.values()), by=by)
    log.record_each("agreements.obligation_settled", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def reopen_obligations(*, keys: Sequence[UUID], by: Actor) -> int:
    """Open again what an import settled by mistake: the last time of each is taken back."""
    held = hold_obligations(keys)
    for row in held:
        if row.status == ObligationStatus.WAIVED:
            require_may_let_off(row, by=by)
        else:
            by.require(Permission.OBLIGATION_FULFIL, on=row)
        if row.status != ObligationStatus.OPEN:
            take_back(row)
        last = row.occurrences.order_by("number").last()
        if last is not None:
            row.due_on, row.turn = last.due_on, last.number
            last.delete()
    Obligation.objects.bulk_update(held, MOVED, batch_size=500)
    log.record_each("agreements.obligation_reopened", by=by, subjects=held)
    return len(held)


def _require_right(row: Obligation, step: ObligationStep, *, by: Actor) -> None:
    if step.to == ObligationStatus.WAIVED:
        require_may_let_off(row, by=by)
        if not step.reason.strip():
            raise BadInput([Problem(N_("Say why it is let off."), column="reason")])
        return
    by.require(Permission.OBLIGATION_FULFIL, on=row)
    has_document = step.evidence is not None or step.upload is not None
    if row.shown_by == ShownBy.DOCUMENT and not has_document:
        raise NotShown(N_("It was agreed that a document shows it. Send it along."))
    if row.shown_by not in {ShownBy.WORD, ShownBy.DOCUMENT} and step.record is None and not has_document:
        raise NotShown(
            N_("It was agreed what shows it: %(what)s. Choose that record, or send a document that shows the same."),
            what=ShownBy(row.shown_by).label,
        )


def _occurrence(row: Obligation, step: ObligationStep, *, at: datetime, by: Actor) -> ObligationOccurrence:
    is_kept = step.to == ObligationStatus.FULFILLED
    evidence = receive(step.upload, at=at, by=by) if step.upload else step.evidence
    return ObligationOccurrence(
        obligation=row, number=row.turn, due_on=row.due_on, settled_as=step.to.value, settled_on=step.on,
        reason=step.reason.strip(), evidence=evidence if is_kept else None, by_label=by.label,
        record_kind=step.record.kind if is_kept and step.record else "",
        record_reference=step.record.reference if is_kept and step.record else "",
    )  # fmt: skip
