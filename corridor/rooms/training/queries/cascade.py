"""The cascade as a reader may see it: as a table and as a tree."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission

from ..cascade import Cascade, Node, Teaching, cascade_on
from ..lifecycle import EnrolmentStatus
from ..models import Cohort, Enrolment, ParticipantKind
from .knowing import Named, known_in, named, require_register

UNKNOWN = "unknown"


@dataclass(frozen=True)
class CascadeRow:
    """One person in the cascade. ``by`` are who trained them in the line that gives the generation; without a reference only counted."""

    who: Named
    by: list[Named]
    cohort: str
    lines: int
    teaching: Teaching | None
    children: tuple["CascadeRow", ...] = ()

    @property
    def node(self) -> Node:
        return self.who.node

    @property
    def generation(self) -> str:
        return UNKNOWN if self.node.generation is None else str(self.node.generation)

    @property
    def hours(self) -> int:
        return self.node.minutes // 60

    @property
    def below(self) -> int:
        """How many stand under this one, in all generations."""
        return sum(1 + child.below for child in self.children)


@dataclass(frozen=True)
class GenerationCount:
    """What the records say of one generation; counts alone."""

    generation: str
    persons: int
    by_teaching: Mapping[str, int]

    @property
    def trained(self) -> int:
        return sum(self.by_teaching.values())

    @property
    def taught(self) -> int:
        return self.by_teaching.get(Teaching.TEACHES, 0) + self.by_teaching.get(Teaching.TAUGHT, 0)


@dataclass(frozen=True)
class CascadeView:
    """``rows`` as they were narrowed, by generation and reference; ``tree`` always whole; ``hidden`` how many the reader may not know."""

    on: date
    rows: list[CascadeRow]
    tree: list[CascadeRow]
    counts: list[GenerationCount]
    hidden: int


def cascade_for(
    *, on: date, by: Actor, generation: str = "", teaching: str = "", member: UUID | None = None
) -> CascadeView:
    """
    The cascade on that day: whom the reader may know, in rows and as a tree. Who trained somebody but may not be known stays a branch without a name.

    :raises AccessDenied: for who sees no trainer, not even themself.
    """
    require_register(by=by)
    cascade = cascade_on(on)
    seen = known_in(cascade=cascade, by=by)
    known = [node for node in cascade.nodes.values() if seen is None or node.person in seen]
    if member is not None:
        known = [node for node in known if any(each.sender == member for each in node.trainings)]
    names = named(cascade=cascade, nodes=list(cascade.nodes.values()), by=by)
    cohorts = _cohorts(known)
    rows = {node.person: _row(node, cascade, names, cohorts) for node in known}
    shown = [
        row
        for row in rows.values()
        if generation in ("", row.generation) and (not teaching or row.teaching == teaching)
    ]
    return CascadeView(
        on,
        sorted(shown, key=lambda row: (row.node.generation is None, row.node.generation or 0, row.who.reference)),
        _tree(cascade, rows, names, cohorts),
        _counts(known, on),
        len(cascade.nodes) - len([node for node in cascade.nodes.values() if seen is None or node.person in seen]),
    )


def has_not_taught(*, on: date, by: Actor) -> list[CascadeRow]:
    """Trained 90 days ago and more, and never taught since: of the members whose trainers this actor keeps (not of the whole alliance)."""
    members = by.ids_with(Permission.TRAINER_KEEP, "member")
    sent = Enrolment.objects.filter(
        sending_organisation__in=members, participant_kind=ParticipantKind.TEACHER, status=EnrolmentStatus.COMPLETED
    )
    if not members or not sent.exists():
        return []
    cascade = cascade_on(on)
    idle = [
        node
        for node in cascade.trained()
        if node.teaching(on=on) == Teaching.HAS_NOT and any(each.sender in members for each in node.trainings)
    ]
    names, cohorts = named(cascade=cascade, nodes=idle, by=by), _cohorts(idle)
    found = [_row(node, cascade, names, cohorts) for node in idle]
    return sorted(found, key=lambda row: (row.node.trained_on or on, row.who.reference))


def _row(
    node: Node, cascade: Cascade, names: Mapping[UUID, Named], cohorts: Mapping[UUID, str], children: tuple[CascadeRow, ...] = ()
) -> CascadeRow:  # fmt: skip
    line = node.line
    by = [names.get(each) or Named(cascade.nodes[each]) for each in line.trainers] if line is not None else []
    cohort = cohorts.get(line.cohort, "") if line is not None else ""
    return CascadeRow(names[node.person], by, cohort, len(node.trainings), node.teaching(on=cascade.on), children)


def _tree(
    cascade: Cascade, rows: Mapping[UUID, CascadeRow], names: Mapping[UUID, Named], cohorts: Mapping[UUID, str]
) -> list[CascadeRow]:
    below = cascade.children()

    def grown(node: Node) -> CascadeRow | None:
        children = tuple(child for each in ordered(below.get(node.person, [])) if (child := grown(each)) is not None)
        if node.person not in rows and not children:
            return None
        return _row(node, cascade, names, cohorts, children)

    def ordered(nodes: list[Node]) -> list[Node]:
        return sorted(
            nodes, key=lambda node: (node.trained_on or cascade.on, names[node.person].reference, str(node.person))
        )

    tops = [*ordered(cascade.roots()), *ordered(below.get(None, []))]
    return [top for node in tops if (top := grown(node)) is not None]


def _cohorts(nodes: list[Node]) -> dict[UUID, str]:
    keys = {each.cohort for node in nodes for each in node.trainings}
    return dict(Cohort.objects.filter(pk__in=keys).values_list("pk", "reference"))


def _counts(nodes: list[Node], on: date) -> list[GenerationCount]:
    found = []
    for generation in sorted({node.generation for node in nodes}, key=lambda each: (each is None, each or 0)):
        some = [node for node in nodes if node.generation == generation]
        states = Counter(str(said) for node in some if (said := node.teaching(on=on)) is not None)
        found.append(GenerationCount(UNKNOWN if generation is None else str(generation), len(some), dict(states)))
    return found


__all__ = ["CascadeRow", "CascadeView", "GenerationCount", "Teaching", "cascade_for", "has_not_taught"]
