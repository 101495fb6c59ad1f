"""Places in cohorts with those to which their learners were moved, what stands behind each, and how they ended."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import batched
from uuid import UUID

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.foundations.lifecycles.timelines import Timelines
from corridor.kernel.periods import Period
from corridor.rooms.assessment.counting import counting_decisions
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment

from ..reading_once import are_counted_together, shared
from ..scopes import Scope
from .definition import When
from .learners import AT_ONCE, Learners, narrowed

EXIT = "exit"
# How a place ended, or that it has not; suspended is an exit of its own, for the learner may come back.
EXIT_OF = {
    EnrolmentStatus.COMPLETED: "completed", EnrolmentStatus.WITHDREW: "withdrew", EnrolmentStatus.SUSPENDED: "suspended",
    EnrolmentStatus.NEVER_STARTED: "never_started", EnrolmentStatus.APPLIED: "waiting", EnrolmentStatus.SELECTED: "waiting",
}  # fmt: skip


@dataclass(frozen=True)
class Entrant:
    """A place in a cohort; ``places`` are it and those to which its learner was moved, the last one last."""

    enrolment: UUID
    places: tuple[UUID, ...]
    state: str
    state_at_last: str

    @property
    def is_moved(self) -> bool:
        return len(self.places) > 1

    @property
    def exit(self) -> str:
        if self.state == EnrolmentStatus.TRANSFERRED:
            return "transferred_inside" if self.is_moved else "transferred_outside"
        return EXIT_OF.get(EnrolmentStatus(self.state), "attending")


@shared
def entrants(scope: Scope, when: When) -> tuple[list[Entrant], Learners]:
    """
    Who attended at least once by the day, by the first place that they had: who came by being moved belongs to the cohort that they came from.
    """
    places = narrowed(scope, Enrolment.objects.filter(moved_from__isnull=True))
    keys = attended_by(places.order_by().values_list("pk", flat=True), when.day)
    return with_states(keys, when.day), Learners.of(keys)


def with_states(keys: Collection[UUID], day: date) -> list[Entrant]:
    """Each first place with those that followed it, as they were on the day; a step through moved places is one statement per ten thousand."""
    chains: dict[UUID, list[UUID]] = {key: [key] for key in keys}
    first_of = {key: key for key in keys}
    fresh: Collection[UUID] = list(keys)
    while fresh:
        moved = dict(_moved(fresh))
        first_of |= {to: first_of[whence] for whence, to in moved.items()}
        for to in moved.values():
            chains[first_of[to]].append(to)
        fresh = list(moved.values())
    states = Timelines.of(Enrolment, first_of)
    return [
        Entrant(key, tuple(chains[key]), states.state(key, day), states.state(chains[key][-1], day))
        for key in sorted(keys)
    ]


def attended_by(places: Iterable[UUID], day: date) -> set[UUID]:
    """Those of these places in which somebody was in the room by the day."""
    if are_counted_together():
        return _attended(day).intersection(places)
    rows = counted_attendance(Period(date.min, _after(day)))
    found: set[UUID] = set()
    for some in batched(places, AT_ONCE):
        there = rows.filter(enrolment__in=some).order_by()
        found.update(there.values_list("enrolment_id", flat=True).distinct())
    return found


@shared
def _attended(day: date) -> set[UUID]:
    """All places in which somebody was: one read for many figures."""
    there = counted_attendance(Period(date.min, _after(day))).order_by()
    return set(there.values_list("enrolment_id", flat=True).distinct())


def decided_by(places: Iterable[UUID], day: date) -> dict[UUID, dict[UUID, str]]:
    """What the latest final decision of each unit says, of those that were final by the day and nobody appeals against."""
    found: dict[UUID, dict[UUID, str]] = {}
    for some in batched(places, AT_ONCE):
        rows = counting_decisions(on=day).filter(enrolment__in=some).order_by("attempt")
        for enrolment, unit, result in rows.values_list("enrolment_id", "unit_id", "result"):
            found.setdefault(enrolment, {})[unit] = result
    return found


def awarded_by(places: Iterable[UUID], day: date) -> set[UUID]:
    """Those of these places for which an award was issued by the day that was neither revoked nor replaced on it."""
    return certified_by(places, day, kinds=(CredentialKind.AWARD,))


def certified_by(places: Iterable[UUID], day: date, *, kinds: Collection[CredentialKind]) -> set[UUID]:
    """Those of these places for which a credential of such a kind was issued by the day that was neither revoked nor replaced on it."""
    found: set[UUID] = set()
    for some in batched(places, AT_ONCE):
        rows = Credential.objects.filter(enrolment__in=some, kind__in=kinds, issued_on__lte=day)
        gone = (CredentialStatus.DRAFT, CredentialStatus.REVOKED, CredentialStatus.REPLACED)
        found.update(with_status_on(rows, day).exclude(status_then__in=gone).values_list("enrolment_id", flat=True))
    return found


def _moved(keys: Iterable[UUID]) -> Iterable[tuple[UUID, UUID]]:
    for some in batched(keys, AT_ONCE):
        yield from Enrolment.objects.filter(moved_from__in=some).values_list("moved_from_id", "pk")


def _after(day: date) -> date:
    return Period.on(day).ends_before or date.max
