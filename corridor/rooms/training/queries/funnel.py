"""The way from the application to the end of a cohort: how many came how far, and how the others left."""

from dataclasses import dataclass
from uuid import UUID

from corridor.foundations.access import Actor, Permission

from ..lifecycle import EnrolmentStatus
from ..models import Cohort, Enrolment, EnrolmentChange, ExitReason

_S = EnrolmentStatus
# Who reached a later stage passed the earlier ones, whatever was written down.
STAGES = (_S.APPLIED, _S.SELECTED, _S.ENROLLED, _S.ATTENDING, _S.COMPLETED)
INSIDE, OUTSIDE = "transferred_inside", "transferred_outside"


@dataclass(frozen=True, slots=True)
class Exit:
    """How some left: the state, and the reason where leaving is counted by it ("" where nobody wrote one)."""

    state: str
    reason: str
    enrolments: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The keys of the places that reached each stage, and of those that left, by how. Everyone counted may be opened."""

    cohort: Cohort
    stages: dict[str, tuple[UUID, ...]]
    exits: tuple[Exit, ...]

    def places(self, what: str) -> tuple[UUID, ...] | None:
        """The places behind one number: a stage, or "state" or "state.reason" of an exit; None for a number that is not here."""
        if what in self.stages:
            return self.stages[what]
        found = [each for each in self.exits if what == f"{each.state}.{each.reason}"]
        return found[0].enrolments if found else None


def get_funnel(*, cohort: Cohort, by: Actor) -> Funnel:
    """Two statements. :raises AccessDenied: a funnel is of all learners, for whoever sees them all."""
    by.require(Permission.LEARNER_VIEW, on=cohort)
    rows = list(
        Enrolment.objects.filter(cohort=cohort)
        .order_by("number")
        .values_list("pk", "status", "exit_reason", "moved_to")
    )
    reached: dict[UUID, set[str]] = {key: {_S.APPLIED.value, status} for key, status, _reason, _to in rows}
    for key, state in EnrolmentChange.objects.filter(enrolment__cohort=cohort).values_list("enrolment_id", "to_status"):
        reached[key].add(state)
    stages: dict[str, tuple[UUID, ...]] = {}
    for place, stage in enumerate(STAGES):
        later = {each.value for each in STAGES[place:]}
        stages[stage.value] = tuple(key for key, *_rest in rows if reached[key] & later)
    left: dict[tuple[str, str], list[UUID]] = {}
    for key, status, reason, moved_to in rows:
        if (way := _way(status, reason, moved_to)) is not None:
            left.setdefault(way, []).append(key)
    order = [_S.WITHDREW.value, _S.NEVER_STARTED.value, _S.SUSPENDED.value, INSIDE, OUTSIDE]
    reasons = ["", *ExitReason.values]
    exits = sorted(left, key=lambda way: (order.index(way[0]), reasons.index(way[1])))
    return Funnel(cohort, stages, tuple(Exit(*way, tuple(left[way])) for way in exits))


def _way(status: str, reason: str, moved_to: UUID | None) -> tuple[str, str] | None:
    if status == _S.TRANSFERRED:
        return (INSIDE if moved_to else OUTSIDE, "")
    if status in {_S.WITHDREW, _S.NEVER_STARTED}:
        return (status, reason)
    return (status, "") if status == _S.SUSPENDED else None
