"""Say which steps a kind of programme needs, and what was found at them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import receive
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..approval import Approvals
from ..drafts import FindingDraft
from ..models import ApprovalStep, NeededStep, Programme, ProgrammeKind, StepFinding, StepOutcome
from ..refusals import LookedAtThatDay, StepIsApproved, StepNotNeeded, StepStillOpen
from .proposing import ENDED


@transaction.atomic
def need_steps(*, steps: Sequence[tuple[ProgrammeKind, Sequence[ApprovalStep]]], by: Actor) -> list[NeededStep]:
    """
    Say which steps programmes of a kind need from now on, in their order. What runs already goes on.

    :raises BadInput: for a step named twice.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    for kind, needed in steps:
        if len(set(needed)) < len(needed):
            problem = Problem(N_("“%(kind)s” names a step twice."), {"kind": ProgrammeKind(kind).label}, column="step")
            raise BadInput([problem])
    before = NeededStep.objects.filter(kind__in=[kind for kind, _needed in steps])
    gone = [each for each in before if each.kind not in {kind for kind, needed in steps if needed}]
    before.delete()
    made = NeededStep.objects.bulk_create(
        [
            NeededStep(kind=kind, step=step, position=place)
            for kind, needed in steps for place, step in enumerate(needed, start=1)
        ]
    )  # fmt: skip
    # A kind that needs nothing any more is remembered by the steps that it needed.
    log.record_each("programmes.steps_needed", by=by, subjects=[*made, *gone])
    return made


@transaction.atomic
def find_at_steps(*, findings: Sequence[FindingDraft], at: datetime, by: Actor) -> list[StepFinding]:
    """
    Write down what was found at steps of approval, in the order given.

    :raises StepNotNeeded: for a step that its kind does not need. :raises StepStillOpen: while an earlier step is open.
    :raises StepIsApproved: for one that is approved. :raises LookedAtThatDay: for a second finding of a day.
    :raises WrongMoment: for a programme that has ended. :raises BadInput: without words, or before the day of the finding before.
    """
    by.require(Permission.PROGRAMME_JUDGE)
    keys = {draft.programme.pk for draft in findings}
    held = {row.pk: row for row in Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(held) < len(keys):
        raise NotFound(N_("There is no such programme."))
    approvals = Approvals(list(held.values()))
    made = []
    for draft in findings:
        programme = held[draft.programme.pk]
        _require_words(draft)
        _refuse(draft, programme, approvals)
        finding = StepFinding(
            programme=programme, step=draft.step, found_on=draft.on, found_by=draft.found_by.strip(),
            outcome=draft.outcome, finding=draft.finding.strip(), reason=draft.reason.strip(),
            document=receive(draft.upload, at=at, by=by) if draft.upload else draft.document, by_label=by.label,
        )  # fmt: skip
        approvals.add(finding)
        made.append(finding)
    StepFinding.objects.bulk_create(made, batch_size=500)
    for outcome in StepOutcome:
        of_it = [held[each.programme_id] for each in made if each.outcome == outcome]
        log.record_each(f"programmes.step_{outcome.value}", by=by, subjects=of_it)
    return made


def _require_words(draft: FindingDraft) -> None:
    places: dict[str, object] = {"programme": draft.programme.reference}
    faults = []
    if not draft.found_by.strip():
        faults.append(Problem(N_("%(programme)s: say which office or board looked at it."), places, column="found_by"))
    if not draft.finding.strip():
        faults.append(Problem(N_("%(programme)s: say what was found."), places, column="finding"))
    if draft.outcome == StepOutcome.RETURNED and not draft.reason.strip():
        faults.append(
            Problem(N_("%(programme)s: say why it is returned, so that it can be mended."), places, column="reason")
        )
    if faults:
        raise BadInput(faults)


def _refuse(draft: FindingDraft, programme: Programme, approvals: Approvals) -> None:
    places: dict[str, object] = {
        "programme": programme.reference, "step": ApprovalStep(draft.step).label, "day": draft.on,
    }  # fmt: skip
    if programme.status in ENDED:
        raise WrongMoment(
            N_("%(programme)s is “%(now)s”; no step of it is looked at any more."),
            programme=programme.reference, now=programme.get_status_display(),
        )  # fmt: skip
    states = approvals.states(programme, date.max)
    needed = [each for each in states if each.is_needed]
    state = next((each for each in needed if each.step == draft.step), None)
    if state is None:
        raise StepNotNeeded(N_("Programmes of this kind do not need the step “%(step)s”."), **places)
    if state.is_approved:
        raise StepIsApproved(
            N_("The step “%(step)s” of %(programme)s is approved already; write a decision instead."), **places
        )
    earlier = next((each for each in needed[: needed.index(state)] if each.is_open), None)
    if earlier is not None:
        raise StepStillOpen(
            N_("%(programme)s waits for the step “%(earlier)s”; “%(step)s” comes after it."),
            **places, earlier=earlier.step.label,
        )  # fmt: skip
    if any(each.found_on == draft.on for each in state.findings):
        raise LookedAtThatDay(N_("The step “%(step)s” of %(programme)s was looked at on %(day)s already."), **places)
    last = approvals.latest_day(programme)
    if last is not None and last > draft.on:
        problem = Problem(
            N_("%(programme)s was looked at on %(last)s; a step cannot be of a day before that."),
            {**places, "last": last},
            column="on",
        )
        raise BadInput([problem])
