"""Approve, run, suspend, complete and cancel programmes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.agreements.standing import StatesByDay

from ..approval import Approvals
from ..drafts import ProgrammeStep
from ..lifecycle import ProgrammeStatus
from ..models import MemberRole, Programme, ProgrammeAgreement, ProgrammeMember
from ..refusals import AgreementNotInForce, AgreementNotSigned, NobodyLeads, StepStillOpen

_SIGNED = {AgreementStatus.SIGNED.value, AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value}


@transaction.atomic
def move_programmes(*, steps: Sequence[ProgrammeStep], by: Actor) -> list[Programme]:
    """
    Take programmes further in their lives; one may take several steps, in the order given.

    Approving needs a lead and an agreement that all had signed by that day; running needs one in force on that day. Of several agreements
    one is enough. Both need every step of approval that programmes of its kind need.

    :raises AgreementNotSigned, NobodyLeads, AgreementNotInForce, StepStillOpen: where that is not so.
    :raises WrongMoment: if the state of one does not lead there, or it has changed after that day.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    held = {row.pk: row for row in _hold(step.programme.pk for step in steps)}
    under = _agreements_of(held)
    agreements = StatesByDay(each for several in under.values() for each in several)
    approvals = Approvals(list(held.values()))
    led = set(
        ProgrammeMember.objects.filter(programme__in=held, role=MemberRole.LEAD).values_list("programme", flat=True)
    )
    for step in steps:
        key = step.programme.pk
        _refuse_step(step, held[key], under[key], agreements, is_led=key in led)
        _refuse_open(step, held[key], approvals)
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
    """
    Suspend what still runs under an agreement, and return how many. Learners already enrolled finish; what stands under another agreement
    that is in force goes on.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    rows = Programme.objects.filter(agreements_under__agreement=agreement, status=ProgrammeStatus.RUNNING).order_by(
        "pk"
    )
    running = {programme.pk: programme for programme in rows}
    under = _agreements_of(running)
    others = {each.pk: each for several in under.values() for each in several if each.pk != agreement.pk}
    states = StatesByDay(others.values())
    steps = [
        ProgrammeStep(programme, ProgrammeStatus.SUSPENDED, on, reason)
        for key, programme in running.items()
        if not any(states.is_in_force(each.pk, on) for each in under[key] if each.pk in others)
    ]
    return len(move_programmes(steps=steps, by=by))


def _hold(keys: Iterable[object]) -> list[Programme]:
    wanted = set(keys)
    locked = Programme.objects.select_for_update(of=("self",)).select_related("agreement")
    held = list(locked.filter(pk__in=wanted).order_by("pk"))
    if len(held) < len(wanted):
        raise NotFound(N_("There is no such programme."))
    return held


def _agreements_of(programmes: Collection[Any]) -> dict[Any, list[Agreement]]:
    """The agreements that each stands under, the first first; one statement."""
    found: dict[Any, list[Agreement]] = {key: [] for key in programmes}
    rows = ProgrammeAgreement.objects.filter(programme__in=found).select_related("agreement")
    for each in rows.order_by("programme", "position"):
        found[each.programme_id].append(each.agreement)
    return found


def _refuse_step(
    step: ProgrammeStep, programme: Programme, under: Sequence[Agreement], agreements: StatesByDay, *, is_led: bool
) -> None:
    places: dict[str, object] = {
        "programme": programme.reference, "agreement": programme.agreement.reference, "day": step.on,
    }  # fmt: skip
    if step.to == ProgrammeStatus.APPROVED:
        if not any(agreements.status_on(each.pk, step.on) in _SIGNED for each in under):
            raise AgreementNotSigned(
                N_("%(programme)s stands under %(agreement)s, which not all had signed on %(day)s."), **places
            )
        if not is_led:
            raise NobodyLeads(N_("Nobody leads %(programme)s yet; name a member as its lead."), **places)
    if step.to == ProgrammeStatus.RUNNING and not any(agreements.is_in_force(each.pk, step.on) for each in under):
        raise AgreementNotInForce(
            N_("%(programme)s stands under %(agreement)s, which is not in force on %(day)s."), **places
        )


def _refuse_open(step: ProgrammeStep, programme: Programme, approvals: Approvals) -> None:
    if step.to not in {ProgrammeStatus.APPROVED, ProgrammeStatus.RUNNING}:
        return
    waiting = approvals.first_open(programme, step.on)
    if waiting is None:
        return
    places: dict[str, object] = {"programme": programme.reference, "step": waiting.step.label, "day": step.on}
    if waiting.latest is not None:
        raise StepStillOpen(
            N_("%(programme)s: the step “%(step)s” was returned on %(returned)s and is not approved on %(day)s; mend what was found first."),
            **places, returned=waiting.latest.found_on,
        )  # fmt: skip
    raise StepStillOpen(
        N_(
            "%(programme)s waits for the step “%(step)s”, which nobody had approved on %(day)s; write down what was found at it first."
        ),
        **places,
    )
