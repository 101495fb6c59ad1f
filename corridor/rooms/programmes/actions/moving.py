"""Approve, run, suspend, complete and cancel programmes."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.agreements.standing import StatesByDay

from ..drafts import ProgrammeStep
from ..lifecycle import ProgrammeStatus
from ..models import MemberRole, Programme, ProgrammeMember
from ..refusals import AgreementNotInForce, AgreementNotSigned, NobodyLeads

_SIGNED = {AgreementStatus.SIGNED.value, AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value}


@transaction.atomic
def move_programmes(*, steps: Sequence[ProgrammeStep], by: Actor) -> list[Programme]:
    """
    Take programmes further in their lives; one may take several steps, in the order given.

    Approving needs a lead and an agreement that all had signed by that day; running needs it in force on that day.

    :raises AgreementNotSigned, NobodyLeads, AgreementNotInForce: where that is not so.
    :raises WrongMoment: if the state of one does not lead there, or it has changed after that day.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    held = {row.pk: row for row in _hold(step.programme.pk for step in steps)}
    agreements = StatesByDay(programme.agreement for programme in held.values())
    led = set(
        ProgrammeMember.objects.filter(programme__in=held, role=MemberRole.LEAD).values_list("programme", flat=True)
    )
    for step in steps:
        _refuse_step(step, held[step.programme.pk], agreements, is_led=step.programme.pk in led)
    taken = [Step(held[step.programme.pk], step.to, step.on, step.reason) for step in steps]
    take_steps(taken, by=by)
    for state in {ProgrammeStatus(step.to) for step in taken}:
        moved = [step.thing for step in taken if step.to == state]
        log.record_each(f"programmes.{state.value}", by=by, subjects=moved)
    return list(held.values())


def move_programme(*, programme: Programme, to: ProgrammeStatus, on: date, by: Actor, reason: str = "") -> Programme:
    return move_programmes(steps=[ProgrammeStep(programme, to, on, reason)], by=by)[0]


@transaction.atomic
def suspend_programmes_under(*, agreement: Agreement, on: date, by: Actor, reason: str = "") -> int:
    """Suspend what still runs under an agreement, and return how many. Learners already enrolled finish."""
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    running = Programme.objects.filter(agreement=agreement, status=ProgrammeStatus.RUNNING)
    steps = [ProgrammeStep(programme, ProgrammeStatus.SUSPENDED, on, reason) for programme in running]
    return len(move_programmes(steps=steps, by=by))


def _hold(keys: Iterable[object]) -> list[Programme]:
    wanted = set(keys)
    locked = Programme.objects.select_for_update(of=("self",)).select_related("agreement")
    held = list(locked.filter(pk__in=wanted).order_by("pk"))
    if len(held) < len(wanted):
        raise NotFound(N_("There is no such programme."))
    return held


def _refuse_step(step: ProgrammeStep, programme: Programme, agreements: StatesByDay, *, is_led: bool) -> None:
    key = programme.agreement_id
    places: dict[str, object] = {
        "programme": programme.reference, "agreement": programme.agreement.reference, "day": step.on,
    }  # fmt: skip
    if step.to == ProgrammeStatus.APPROVED:
        if agreements.status_on(key, step.on) not in _SIGNED:
            raise AgreementNotSigned(
                N_("%(programme)s stands under %(agreement)s, which not all had signed on %(day)s."), **places
            )
        if not is_led:
            raise NobodyLeads(N_("Nobody leads %(programme)s yet; name a member as its lead."), **places)
    if step.to == ProgrammeStatus.RUNNING and not agreements.is_in_force(key, step.on):
        raise AgreementNotInForce(
            N_("%(programme)s stands under %(agreement)s, which is not in force on %(day)s."), **places
        )
