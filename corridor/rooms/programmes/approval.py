"""The steps of approval that a programme needs, as they stood on a day: which was approved, which was returned, which is open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import ApprovalStep, NeededStep, Programme, StepFinding, StepOutcome


@dataclass(frozen=True)
class StepState:
    """A step, whether its kind needs it, and everything that was found at it by the day, the latest last."""

    step: ApprovalStep
    is_needed: bool
    findings: tuple[StepFinding, ...]

    @property
    def latest(self) -> StepFinding | None:
        return self.findings[-1] if self.findings else None

    @property
    def is_approved(self) -> bool:
        return self.latest is not None and self.latest.outcome == StepOutcome.APPROVED

    @property
    def is_returned(self) -> bool:
        return self.latest is not None and self.latest.outcome == StepOutcome.RETURNED

    @property
    def is_open(self) -> bool:
        """It is needed, and nobody has approved it."""
        return self.is_needed and not self.is_approved


def needed_by_kind() -> dict[str, list[ApprovalStep]]:
    """The steps that each kind needs, in their order; a kind that needs none is not there."""
    found: dict[str, list[ApprovalStep]] = {}
    for each in NeededStep.objects.order_by("kind", "position"):
        found.setdefault(each.kind, []).append(ApprovalStep(each.step))
    return found


def findings_of(programmes: Iterable[Programme]) -> dict[Any, list[StepFinding]]:
    """What was found at the steps of each, in the order of days."""
    found: dict[Any, list[StepFinding]] = {programme.pk: [] for programme in programmes}
    rows = StepFinding.objects.filter(programme__in=found).select_related("document")
    for each in rows.order_by("found_on", "recorded_at", "pk"):
        found[each.programme_id].append(each)
    return found


def states_of(needed: Sequence[ApprovalStep], findings: Sequence[StepFinding], *, on: date) -> list[StepState]:
    """The steps in their order, needed ones first; a step that was looked at without being needed stands too."""
    by_step: dict[str, list[StepFinding]] = {}
    for each in findings:
        if each.found_on <= on:
            by_step.setdefault(each.step, []).append(each)
    others = [step for step in ApprovalStep if step not in needed and step in by_step]
    return [StepState(step, step in needed, tuple(by_step.get(step, ()))) for step in [*needed, *others]]


class Approvals:
    """The steps of some programmes on any day, read in two statements; for an action that asks about many days."""

    def __init__(self, programmes: Sequence[Programme]) -> None:
        self._needed: Mapping[str, list[ApprovalStep]] = needed_by_kind()
        self._findings = findings_of(programmes)

    def states(self, programme: Programme, day: date) -> list[StepState]:
        return states_of(self._needed.get(programme.kind, []), self._findings[programme.pk], on=day)

    def first_open(self, programme: Programme, day: date) -> StepState | None:
        return next((each for each in self.states(programme, day) if each.is_open), None)

    def latest_day(self, programme: Programme) -> date | None:
        return max((each.found_on for each in self._findings[programme.pk]), default=None)

    def add(self, finding: StepFinding) -> None:
        """Count with one that is written in the same action."""
        self._findings[finding.programme_id].append(finding)
