"""
What cannot be in two places at once: a trainer, a room, a machine, a learner, a cohort. Found for sessions that are planned and for those
to be, across sites and zones: instants are compared, never times of the day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import batched, pairwise
from uuid import UUID

from django.db.models import Q

from corridor.kernel.periods import local_day
from corridor.rooms.people.merging import AT_ONCE, final_person_ids, same_person_ids
from corridor.rooms.sites.models import Equipment

from .lifecycle import EnrolmentStatus, SessionStatus
from .models import Cohort, CohortTrainer, Enrolment, EquipmentBooking, Session, SessionTrainer, TrainerRole

LONGEST_SESSION = timedelta(minutes=1_440)
LEARNING = [EnrolmentStatus.ENROLLED.value, EnrolmentStatus.ATTENDING.value]


class ClashKind(StrEnum):
    TRAINER = "trainer"
    ROOM = "room"
    EQUIPMENT = "equipment"
    LEARNER = "learner"
    COHORT = "cohort"


@dataclass(frozen=True)
class Slot:
    """A session that is planned, or to be (without a key): when, whose, and what it needs. ``joint`` is the same for rows of one session."""

    cohort: Cohort
    number: int
    begins_at: datetime
    minutes: int
    key: UUID | None = None
    trainers: frozenset[UUID] = frozenset()
    room: UUID | None = None
    equipment: dict[UUID, int] = field(default_factory=dict, hash=False)
    joint: UUID | None = None

    def __str__(self) -> str:
        """As a session is called that has been written down."""
        return f"{self.cohort.reference}/s{self.number}"

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Slot") -> bool:
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


@dataclass(frozen=True)
class Clash:
    """Two sessions that need the same: the person, room or machine (its key); of learners how many are in both."""

    kind: ClashKind
    ours: Slot
    theirs: Slot
    what: UUID | None = None
    count: int = 1


def slots_of(sessions: Iterable[Session]) -> list[Slot]:
    """Planned sessions (with their cohorts and sites) as slots. Three statements."""
    rows = list(sessions)
    keys = [each.pk for each in rows]
    named: dict[UUID, set[UUID]] = defaultdict(set)
    for session, person in SessionTrainer.objects.filter(session__in=keys).values_list("session_id", "person_id"):
        named[session].add(person)
    booked: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for booking in EquipmentBooking.objects.filter(session__in=keys):
        booked[booking.session_id][booking.equipment_id] = booking.count
    leads = _leads({each.cohort_id for each in rows})
    return [
        Slot(
            each.cohort, each.number, each.begins_at, each.minutes, each.pk,
            frozenset(named[each.pk] or {place.person_id for place in leads[each.cohort_id] if place.teaches(on=each.held_on)}),
            each.room_id, booked[each.pk], each.joint_with_id or each.pk,
        )
        for each in rows
    ]  # fmt: skip


def find_clashes(slots: Sequence[Slot]) -> list[Clash]:
    """The clashes of these with one another, and with everything else that is planned; each pair once for each thing both need."""
    if not slots:
        return []
    slots = _with_leads(slots)
    shared = _shared_learners({slot.cohort.pk for slot in slots})
    others = [
        each for each in slots_of(_near(slots, shared)) if each.key not in {slot.key for slot in slots if slot.key}
    ]
    ours = {id(slot) for slot in slots}
    found: list[Clash] = []
    final = final_person_ids({person for slot in [*slots, *others] for person in slot.trainers})
    running: list[Slot] = []
    for slot in sorted([*slots, *others], key=lambda each: each.begins_at):
        running = [each for each in running if each.ends_at > slot.begins_at]
        for other in running:
            if id(slot) in ours or id(other) in ours:
                first, second = (slot, other) if id(slot) in ours else (other, slot)
                found += _between(first, second, shared, final)
        running.append(slot)
    return [*found, *_overbooked(slots, others)]


def _between(ours: Slot, theirs: Slot, shared: dict[frozenset[UUID], int], final: dict[UUID, UUID]) -> Iterable[Clash]:
    if ours.joint is not None and ours.joint == theirs.joint:
        return
    if ours.cohort.pk == theirs.cohort.pk:
        yield Clash(ClashKind.COHORT, ours, theirs)
    elif count := shared.get(frozenset({ours.cohort.pk, theirs.cohort.pk}), 0):
        yield Clash(ClashKind.LEARNER, ours, theirs, count=count)
    for person in sorted({final[each] for each in ours.trainers} & {final[each] for each in theirs.trainers}):
        yield Clash(ClashKind.TRAINER, ours, theirs, person)
    if ours.room is not None and ours.room == theirs.room:
        yield Clash(ClashKind.ROOM, ours, theirs, ours.room)


def _overbooked(slots: Sequence[Slot], others: Sequence[Slot]) -> Iterable[Clash]:
    """A line of the inventory of which more is booked at an instant than there is."""
    there = _counts({key for slot in slots for key in slot.equipment})
    for slot in slots:
        for key, wanted in slot.equipment.items():
            beside = [
                each
                for each in [*slots, *others]
                if each is not slot
                and key in each.equipment
                and each.overlaps(slot)
                and (slot.joint is None or each.joint != slot.joint)
            ]
            if not beside or wanted + _most_at_once(beside, key) <= there.get(key, 0):
                continue
            first = min(beside, key=lambda each: each.begins_at)
            if first not in slots or slots.index(first) > slots.index(slot):
                yield Clash(ClashKind.EQUIPMENT, slot, first, key)


def _most_at_once(slots: Sequence[Slot], key: UUID) -> int:
    instants = sorted({instant for each in slots for instant in (each.begins_at, each.ends_at)})
    return max(
        (
            sum(each.equipment[key] for each in slots if each.begins_at < until and each.ends_at > since)
            for since, until in pairwise(instants)
        ),
        default=0,
    )


def _near(slots: Sequence[Slot], shared: dict[frozenset[UUID], int]) -> Iterable[Session]:
    cohorts = {slot.cohort.pk for slot in slots} | {key for pair in shared for key in pair}
    persons = {person for slot in slots for person in slot.trainers}
    needs = (
        Q(cohort__in=cohorts)
        | Q(trainers__person__in=persons)
        | Q(cohort__trainers__person__in=persons, cohort__trainers__role=TrainerRole.LEAD)
        | Q(room__in={slot.room for slot in slots if slot.room})
        | Q(bookings__equipment__in={key for slot in slots for key in slot.equipment})
    )
    first, last = min(slot.begins_at for slot in slots), max(slot.ends_at for slot in slots)
    rows = Session.objects.filter(needs, begins_at__gt=first - LONGEST_SESSION, begins_at__lt=last)
    return rows.exclude(status=SessionStatus.CANCELLED).select_related("cohort__site").order_by().distinct()


def _with_leads(slots: Sequence[Slot]) -> list[Slot]:
    """What is planned without named trainers is taught by who leads the cohort that day."""
    leads = _leads({slot.cohort.pk for slot in slots if not slot.trainers})
    found = []
    for slot in slots:
        day = local_day(slot.begins_at, slot.cohort.site.zone)
        persons = frozenset(place.person_id for place in leads[slot.cohort.pk] if place.teaches(on=day))
        found.append(slot if slot.trainers else replace(slot, trainers=persons))
    return found


def _leads(cohorts: set[UUID]) -> dict[UUID, list[CohortTrainer]]:
    found: dict[UUID, list[CohortTrainer]] = defaultdict(list)
    for place in CohortTrainer.objects.filter(cohort__in=cohorts, role=TrainerRole.LEAD):
        found[place.cohort_id].append(place)
    return found


def _shared_learners(cohorts: set[UUID]) -> dict[frozenset[UUID], int]:
    """How many learn in both, for each pair of one of these cohorts and another; all records of one human being are one learner."""
    here = Enrolment.objects.filter(cohort__in=cohorts, status__in=LEARNING).values_list("person_id", "cohort_id")
    mine: dict[UUID, set[UUID]] = defaultdict(set)
    for person, cohort in here:
        mine[person].add(cohort)
    records = same_person_ids(mine)
    learner = {key: keys for person, keys in records.items() for key in (person, *keys)}
    both: dict[frozenset[UUID], set[frozenset[UUID]]] = defaultdict(set)
    for some in batched(sorted(learner), AT_ONCE):
        rows = Enrolment.objects.filter(person__in=some, status__in=LEARNING).values_list("person_id", "cohort_id")
        for person, cohort in rows:
            for own in {each for key in learner[person] for each in mine.get(key, ())}:
                if own != cohort:
                    both[frozenset({own, cohort})].add(learner[person])
    return {pair: len(people) for pair, people in both.items()}


def _counts(keys: set[UUID]) -> dict[UUID, int]:
    return dict(Equipment.objects.filter(pk__in=keys).values_list("pk", "count")) if keys else {}
