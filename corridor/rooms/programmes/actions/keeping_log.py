"""Keep the log of a programme: what may go wrong, what became of it, and what was decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences, values_of
from corridor.foundations.inserting import insert_all
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..drafts import DecisionDraft, RiskDraft, RiskStep
from ..lifecycle import RiskStatus
from ..models import Programme, ProgrammeDecision, ProgrammeMember, ProgrammeRisk
from ..refusals import TakesNoPart


@transaction.atomic
def log_risks(*, risks: Sequence[RiskDraft], by: Actor) -> list[ProgrammeRisk]:
    """
    Write down what may go wrong; each gets the next number of its programme.

    :raises TakesNoPart: for an owner that takes no part in the programme. :raises BadInput: without words, or due before it was noticed.
    """
    held = _hold({draft.programme.pk for draft in risks})
    for draft in risks:
        by.require(Permission.PROGRAMME_KEEP_LOG, on=held[draft.programme.pk])
        _require_sound(draft.programme, draft.what, draft.noticed_on, draft.due_on)
    _require_part([(held[draft.programme.pk], draft.owner) for draft in risks])
    last = dict.fromkeys(held, 0)
    for key, number in ProgrammeRisk.objects.filter(programme__in=held).values_list("programme", "number"):
        last[key] = max(last[key], number)
    made = []
    for draft in risks:
        last[draft.programme.pk] += 1
        made.append(
            ProgrammeRisk(
                programme=held[draft.programme.pk], number=last[draft.programme.pk], status=RiskStatus.OPEN,
                what=draft.what.strip(), likelihood=draft.likelihood, effect=draft.effect, owner=draft.owner,
                noticed_on=draft.noticed_on, due_on=draft.due_on,
            )
        )  # fmt: skip
    insert_all(made)
    log.record_each("programmes.risk_logged", by=by, subjects=[each.programme for each in made])
    return made


@transaction.atomic
def change_risk(
    *, risk: ProgrammeRisk, likelihood: str, effect: str, owner: Organisation, due_on: date, by: Actor
) -> ProgrammeRisk:
    """
    Judge a risk anew: how likely, how bad, whose and by when.

    :raises WrongMoment: for one that is closed. :raises TakesNoPart: for an owner that takes no part in the programme.
    """
    by.require(Permission.PROGRAMME_KEEP_LOG, on=risk)
    risk = ProgrammeRisk.objects.select_for_update().get(pk=risk.pk)
    if risk.status == RiskStatus.CLOSED:
        raise WrongMoment(N_("The risk %(risk)s is closed; open it again before it is judged anew."), risk=str(risk))
    _require_sound(risk.programme, risk.what, risk.noticed_on, due_on)
    _require_part([(risk.programme, owner)])
    columns = ["likelihood", "effect", "owner", "due_on"]
    before = values_of(risk, columns)
    risk.likelihood, risk.effect, risk.owner, risk.due_on = likelihood, effect, owner, due_on
    risk.save(update_fields=columns)
    changes = differences(before, values_of(risk, columns))
    log.record("programmes.risk_changed", by=by, subject=risk.programme, changes=changes)
    return risk


@transaction.atomic
def move_risks(*, steps: Sequence[RiskStep], by: Actor) -> list[ProgrammeRisk]:
    """
    Say what became of risks: one came true, is closed, or is open again.

    :raises WrongMoment: if its state does not lead there. :raises BadInput: without a reason, or of a day before it was noticed.
    """
    keys = {step.risk.pk for step in steps}
    locked = ProgrammeRisk.objects.select_for_update(of=("self",)).select_related("programme")
    held = {row.pk: row for row in locked.filter(pk__in=keys).order_by("pk")}
    if len(held) < len(keys):
        raise NotFound(N_("There is no such risk."))
    for step in steps:
        risk = held[step.risk.pk]
        by.require(Permission.PROGRAMME_KEEP_LOG, on=risk)
        places: dict[str, object] = {"risk": str(risk), "day": risk.noticed_on}
        if not step.reason.strip():
            raise BadInput([Problem(N_("%(risk)s: say what happened, or why it is closed."), places, column="reason")])
        if step.on < risk.noticed_on:
            raise BadInput(
                [Problem(N_("%(risk)s was noticed on %(day)s; it cannot change before that."), places, column="on")]
            )
    take_steps([Step(held[step.risk.pk], step.to, step.on, step.reason.strip()) for step in steps], by=by)
    for state in {RiskStatus(step.to) for step in steps}:
        moved = [held[step.risk.pk].programme for step in steps if step.to == state]
        log.record_each(f"programmes.risk_{state.value}", by=by, subjects=moved)
    return list(held.values())


@transaction.atomic
def log_decisions(*, decisions: Sequence[DecisionDraft], by: Actor) -> list[ProgrammeDecision]:
    """Write down what was decided about programmes. :raises BadInput: where it does not say what, or who."""
    held = _hold({draft.programme.pk for draft in decisions})
    faults = []
    for draft in decisions:
        by.require(Permission.PROGRAMME_KEEP_LOG, on=held[draft.programme.pk])
        places: dict[str, object] = {"programme": draft.programme.reference}
        if not draft.what.strip():
            faults.append(Problem(N_("%(programme)s: say what was decided."), places, column="what"))
        if not draft.decided_by.strip():
            faults.append(Problem(N_("%(programme)s: say which office or board decided."), places, column="decided_by"))
    if faults:
        raise BadInput(faults)
    made = ProgrammeDecision.objects.bulk_create(
        [
            ProgrammeDecision(
                programme=held[draft.programme.pk], decided_on=draft.on, decided_by=draft.decided_by.strip(),
                what=draft.what.strip(), by_label=by.label,
            )
            for draft in decisions
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("programmes.decided", by=by, subjects=[each.programme for each in made])
    return made


def _hold(keys: set[Any]) -> dict[Any, Programme]:
    held = {row.pk: row for row in Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(held) < len(keys):
        raise NotFound(N_("There is no such programme."))
    return held


def _require_sound(programme: Programme, what: str, noticed_on: date, due_on: date) -> None:
    places: dict[str, object] = {"programme": programme.reference, "day": noticed_on}
    faults = []
    if not what.strip():
        faults.append(Problem(N_("%(programme)s: say what may go wrong."), places, column="what"))
    if due_on < noticed_on:
        faults.append(
            Problem(
                N_("%(programme)s: the risk was noticed on %(day)s; nothing is due before that."),
                places,
                column="due_on",
            )
        )
    if faults:
        raise BadInput(faults)


def _require_part(owned: Sequence[tuple[Programme, Organisation]]) -> None:
    rows = ProgrammeMember.objects.filter(programme__in=[programme for programme, _owner in owned])
    taking_part = set(rows.values_list("programme", "organisation"))
    for programme, owner in owned:
        if (programme.pk, owner.pk) not in taking_part:
            raise TakesNoPart(
                N_("%(member)s takes no part in %(programme)s; name a member that does, or add it first."),
                member=owner.reference, programme=programme.reference,
            )  # fmt: skip
