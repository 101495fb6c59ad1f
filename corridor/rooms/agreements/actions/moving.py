"""Stop, resume and end agreements; and the first delivery, which makes a promise more than paper."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles import own_reasons
from corridor.foundations.lifecycles.moving import Step, move, take_steps
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from ..drafts import AgreementStep
from ..holding import hold
from ..lifecycle import AgreementStatus
from ..models import Agreement
from ..motions import before_suspension
from ..refusals import NotInForce
from ..superseding import require_replaceable
from ..telling import tell_parties

_RESUMED = {AgreementStatus.IN_FORCE, AgreementStatus.ACTIVATED}


@transaction.atomic
def move_agreements(*, steps: Sequence[AgreementStep], by: Actor, at: datetime | None = None) -> list[Agreement]:
    """
    Suspend, resume, terminate or supersede many; one agreement may take several steps, in the order given. Their parties are told (``at``).

    :raises WrongMoment: if the state of one does not lead there, it has changed after that day, or only signatures or a first
        delivery can take it there. :raises CircularSupersession, NotInForce: if it cannot be replaced by that one.
    """
    by.require(Permission.AGREEMENT_TERMINATE)
    held = {row.pk: row for row in hold(step.agreement.pk for step in steps)}
    before = before_suspension(list(held.values()))
    states = {key: AgreementStatus(agreement.status) for key, agreement in held.items()}
    taken = []
    for step in steps:
        key, to = step.agreement.pk, AgreementStatus(step.to)
        if to in _RESUMED and states[key] == AgreementStatus.SUSPENDED:
            to = before[key]
        elif to == AgreementStatus.SUSPENDED:
            before[key] = states[key]
        elif to == AgreementStatus.SUPERSEDED and step.successor is not None:
            require_replaceable(held[key], step.successor, on=step.on)
        elif to != AgreementStatus.TERMINATED:
            raise WrongMoment(
                N_("%(agreement)s is “%(now)s”; it cannot be put to “%(to)s” by hand."),
                agreement=step.agreement.reference, now=states[key].label, to=to.label,
            )  # fmt: skip
        taken.append(Step(held[key], to, step.on, step.reason))
        states[key] = to
    take_steps(taken, by=by)
    for step in steps:
        if step.successor is not None and held[step.agreement.pk].status == AgreementStatus.SUPERSEDED:
            held[step.agreement.pk].superseded_by = step.successor
    Agreement.objects.bulk_update(held.values(), ["superseded_by"])
    for state in {AgreementStatus(step.to) for step in taken}:
        event = "resumed" if state in _RESUMED else state.value
        moved = [step.thing for step in taken if step.to == state]
        log.record_each(f"agreements.{event}", by=by, subjects=moved)
    for agreement in held.values():
        tell_parties(Event.AGREEMENT_MOVED, agreement, at=at, by=by)
    return list(held.values())


def suspend_agreement(*, agreement: Agreement, on: date, by: Actor, reason: str = "") -> Agreement:
    """Nothing new starts under it from that day."""
    return move_agreements(steps=[AgreementStep(agreement, AgreementStatus.SUSPENDED, on, reason)], by=by)[0]


def resume_agreement(*, agreement: Agreement, on: date, by: Actor, reason: str = "") -> Agreement:
    """It is again what it was before: in force, or activated. :raises WrongMoment: if it is not suspended."""
    return move_agreements(steps=[AgreementStep(agreement, AgreementStatus.IN_FORCE, on, reason)], by=by)[0]


def terminate_agreement(*, agreement: Agreement, on: date, by: Actor, reason: str = "") -> Agreement:
    """It ends before its last day. What runs under it is for the journey that calls this."""
    return move_agreements(steps=[AgreementStep(agreement, AgreementStatus.TERMINATED, on, reason)], by=by)[0]


@transaction.atomic
def activate_agreement(*, agreement: Agreement, on: date, by: Actor, what: str = "") -> Agreement:
    """
    The first delivery came on that day: ``what`` says what it was, where nothing was taught. What is activated already stays as it is.

    It may be written down late. Where the agreement has been suspended and resumed since, it is activated from the day of its last
    change, and the reason names the day of the delivery; where it is suspended or has ended by now, its state stays as it is.

    :raises NotInForce: if the agreement was not in force on that day.
    """
    by.require(Permission.AGREEMENT_ACTIVATE, on=agreement)
    (agreement,) = hold([agreement.pk])
    if agreement.changes.filter(to_status=AgreementStatus.ACTIVATED).exists():
        return agreement
    if not agreement.is_in_force(on=on):
        raise NotInForce(
            N_("%(agreement)s is not in force on %(day)s; nothing can be delivered under it that day."),
            agreement=agreement.reference, day=on,
        )  # fmt: skip
    if agreement.status != AgreementStatus.IN_FORCE:
        return agreement
    last = max(agreement.changes.values_list("effective_on", flat=True))
    late = own_reasons.written(own_reasons.WRITTEN_LATER, day=on.isoformat())
    said = [each for each in (what, late if last > on else "") if each]
    move(agreement, to=AgreementStatus.ACTIVATED, on=max(on, last), by=by, reason=" ".join(said))
    log.record("agreements.activated", by=by, subject=agreement)
    return agreement
