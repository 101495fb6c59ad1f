"""
Who trained whom, and who of them teaches (docs/rules/cascade.md): computed from cohorts, their trainers and their completed learners.

Everybody's records, whoever asks, after merges; a constant number of statements. Generation 0 are trainers who taught teachers before anybody
here had trained them. Whoever they train is generation 1, and so on; of several lines the shortest counts. No line comes back to where it began,
because each training begins before the next one that follows from it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy

from corridor.kernel.periods import Period
from corridor.rooms.people.merging import merged_persons

from .counting import completed_enrolments
from .models import CohortTrainer, ParticipantKind, TrainerRole
from .own_sessions import OwnSession, own_sessions

ONE_DAY = timedelta(days=1)
DAYS_TO_TEACH = timedelta(days=90)


class Teaching(models.TextChoices):
    """How far a trained trainer has come with teaching; follows from records on each day."""

    TEACHES = "teaches", pgettext_lazy("state", "Teaches")
    TAUGHT = "taught_before", pgettext_lazy("state", "Taught before")
    NOT_YET = "not_taught_yet", pgettext_lazy("state", "Not taught yet")
    HAS_NOT = "has_not_taught", pgettext_lazy("state", "Has not taught")


@dataclass(frozen=True, slots=True)
class Training:
    """One completed place of a teacher in a cohort, and by whom it was taught: the lead first."""

    enrolment: UUID
    person: UUID
    cohort: UUID
    began_on: date
    completed_on: date
    trainers: tuple[UUID, ...]
    sender: UUID | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """
    A person in the cascade. ``generation`` is None where nobody is written down who trained them; ``line`` is the training by which they have
    their generation, None for generation 0; ``own`` are the sessions that they taught after they were trained.
    """

    person: UUID
    generation: int | None
    trainings: tuple[Training, ...] = ()
    line: Training | None = None
    own: tuple[OwnSession, ...] = field(default=())

    @property
    def trained_on(self) -> date | None:
        """The first day on which they could teach what they had learned."""
        return min((each.completed_on for each in self.trainings), default=None)

    @property
    def first_taught_on(self) -> date | None:
        return min((each.held_on for each in self.own), default=None)

    @property
    def last_taught_on(self) -> date | None:
        return max((each.held_on for each in self.own), default=None)

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.own)

    def teaching(self, *, on: date) -> Teaching | None:
        """None for who was trained by nobody here."""
        if self.trained_on is None:
            return None
        if self.last_taught_on is not None:
            return Teaching.TEACHES if on - self.last_taught_on < DAYS_TO_TEACH else Teaching.TAUGHT
        return Teaching.NOT_YET if on - self.trained_on < DAYS_TO_TEACH else Teaching.HAS_NOT


@dataclass(frozen=True)
class Cascade:
    """All nodes by person, as records stand on a day."""

    on: date
    nodes: dict[UUID, Node]
    # A record that was merged -> the one that stays.
    heirs: dict[UUID, UUID]

    def node(self, person: UUID) -> Node | None:
        return self.nodes.get(self.heirs.get(person, person))

    def trained(self) -> list[Node]:
        """Whoever completed a training as a teacher."""
        return [node for node in self.nodes.values() if node.trainings]

    def trained_by(self, person: UUID) -> list[Node]:
        """Everybody whom that person trained, in any line."""
        key = self.heirs.get(person, person)
        return [node for node in self.nodes.values() if any(key in each.trainers for each in node.trainings)]

    def children(self) -> dict[UUID | None, list[Node]]:
        """The tree: each trained person once, under the first trainer of the line that gives the generation; None: of no known trainer."""
        found: dict[UUID | None, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            if node.line is not None:
                found[self._parent(node)].append(node)
        return dict(found)

    def roots(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.generation == 0]

    def _parent(self, node: Node) -> UUID | None:
        if node.generation is None or node.line is None:
            return None
        return next((each for each in node.line.trainers if self.nodes[each].generation == node.generation - 1), None)


def cascade_on(day: date) -> Cascade:
    """The cascade as the records say it on that day."""
    heirs = merged_persons()
    trainings = _trainings(day, heirs)
    generations = _generations(trainings)
    own = own_sessions(trainings.keys(), on=day, heirs=heirs)
    nodes = {}
    for person, generation in generations.items():
        came_by = tuple(trainings.get(person, ()))
        learned_on = min((each.completed_on for each in came_by), default=None)
        nodes[person] = Node(
            person, generation, came_by, _line(generation, came_by, generations),
            tuple(each for each in own.get(person, ()) if learned_on is not None and each.held_on > learned_on),
        )  # fmt: skip
    return Cascade(day, nodes, heirs)


def _trainings(day: date, heirs: dict[UUID, UUID]) -> dict[UUID, list[Training]]:
    """The completed places of teachers by person, the earliest first. Completed counts with counted attendance."""
    begun = Period(date.min, day + ONE_DAY)
    rows = list(
        completed_enrolments(begun)
        .filter(participant_kind=ParticipantKind.TEACHER, attended=True)
        .order_by("completed_on", "pk")
        .values_list("pk", "person_id", "cohort_id", "cohort__starts_on", "completed_on", "sending_organisation_id")
    )
    trainers = _trainers_of({cohort for _pk, _person, cohort, *_rest in rows}, heirs)
    found: dict[UUID, list[Training]] = defaultdict(list)
    for key, person, cohort, began_on, completed_on, sender in rows:
        who = heirs.get(person, person)
        by_whom = tuple(each for each in trainers.get(cohort, ()) if each != who)
        found[who].append(Training(key, who, cohort, began_on, completed_on, by_whom, sender))
    return dict(found)


def _trainers_of(cohorts: Iterable[UUID], heirs: dict[UUID, UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Who leads or teaches each cohort, or did: the lead first, then by reference. An assistant trains nobody."""
    rows = CohortTrainer.objects.filter(cohort__in=list(cohorts)).exclude(role=TrainerRole.ASSISTANT)
    found: dict[UUID, dict[UUID, None]] = defaultdict(dict)
    ordered = sorted(
        rows.values_list("cohort_id", "role", "person__reference", "person_id"),
        key=lambda row: (row[1] != TrainerRole.LEAD, row[2]),
    )
    for cohort, _role, _reference, person in ordered:
        found[cohort].setdefault(heirs.get(person, person))
    return {cohort: tuple(persons) for cohort, persons in found.items()}


def _generations(trainings: dict[UUID, list[Training]]) -> dict[UUID, int | None]:
    """Breadth first from those whom nobody here had trained when they first taught teachers: the shortest line is found first."""
    taught_from: dict[UUID, date] = {}
    taught: dict[UUID, set[UUID]] = defaultdict(set)
    for each in (one for some in trainings.values() for one in some):
        for trainer in each.trainers:
            taught_from[trainer] = min(each.began_on, taught_from.get(trainer, each.began_on))
            taught[trainer].add(each.person)

    def is_sent(person: UUID) -> bool:
        learned_on = min((each.completed_on for each in trainings.get(person, ())), default=None)
        return learned_on is None or taught_from[person] <= learned_on

    found: dict[UUID, int | None] = {person: 0 for person in taught_from if is_sent(person)}
    fresh = set(found)
    generation = 0
    while fresh:
        generation += 1
        fresh = {learner for trainer in fresh for learner in taught[trainer]} - found.keys()
        found |= dict.fromkeys(fresh, generation)
    return found | {person: None for person in trainings if person not in found}


def _line(
    generation: int | None, trainings: tuple[Training, ...], generations: dict[UUID, int | None]
) -> Training | None:
    """The earliest training by somebody of the generation before; of nobody known: the earliest at all."""
    if generation == 0 or not trainings:
        return None
    if generation is None:
        return trainings[0]
    return next(each for each in trainings if any(generations.get(by) == generation - 1 for by in each.trainers))


def walk(cascade: Cascade) -> Iterator[tuple[int, Node]]:
    """Each node once, as the tree shows it: (how deep, node)."""
    children = cascade.children()

    def down(node: Node, deep: int) -> Iterator[tuple[int, Node]]:
        yield deep, node
        for child in children.get(node.person, ()):
            yield from down(child, deep + 1)

    for root in cascade.roots():
        yield from down(root, 0)
