"""Trained trainers, whether they teach, and whom they reach (docs/rules/cascade.md)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import batched
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import UNKNOWN, EvidenceRow, Role, role_of
from corridor.kernel.periods import add_months
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotYetDue
from corridor.kernel.wording import N_
from corridor.rooms.training.cascade import DAYS_TO_TEACH, Cascade, Node, Teaching, cascade_on
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.models import Enrolment, ParticipantKind

from ..reading_once import shared
from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import AT_ONCE, CLAIMANTS, DIMENSIONS, KEYS, Learners, narrowed
from .training import completed

OWN_CHOICE = _("Our own choice.")
GENERATION = "generation"


def _local(scope: Scope, when: When) -> Gathered:
    """Of those who completed: teachers whose sender is of the country of the site."""

    def local(rows: Iterable[EvidenceRow]) -> list[EvidenceRow]:
        return [
            row for row in rows
            if row.code("kind") == ParticipantKind.TEACHER and row.code("sending_country") == row.code("country")
        ]  # fmt: skip

    found = completed(scope, when)
    return Gathered(local(found.rows), local(found.left_out), found.days)


@shared
def _cascade(day: date) -> Cascade:
    return cascade_on(day)


@shared
def _nodes(scope: Scope, when: When) -> tuple[list[Node], Learners]:
    """Trained trainers on the day, and what is known of the places by which they are so."""
    cascade = _cascade(when.day)
    trained = cascade.trained()
    first = {node.trainings[0].enrolment: node for node in trained}
    places = narrowed(scope, Enrolment.objects.filter(pk__in=list(first)))
    keys = set(places.values_list("pk", flat=True))
    return [node for key, node in first.items() if key in keys], Learners.of(keys)


def _codes(node: Node, learners: Learners) -> dict[str, str]:
    training = node.trainings[0]
    said = UNKNOWN if node.generation is None else str(node.generation)
    return learners.codes(training.enrolment, training.completed_on) | {GENERATION: said}


def _row(node: Node, learners: Learners, *roles: Role) -> EvidenceRow:
    return EvidenceRow(
        "enrolment",
        str(node.trainings[0].enrolment),
        str(node.person),
        role=role_of(*roles),
        codes=_codes(node, learners),
    )


def _trained(scope: Scope, when: When) -> Gathered:
    nodes, learners = _nodes(scope, when)
    return Gathered([_row(node, learners) for node in _sorted(nodes)])


def _used(scope: Scope, when: When) -> Gathered:
    months = int(scope.get("months"))
    nodes, learners = _nodes(scope, when)
    due = {node.person: add_months(node.trained_on, months) for node in nodes if node.trained_on is not None}
    rows, early = [], []
    for node in _sorted(nodes):
        if due[node.person] > when.day:
            early.append(_row(node, learners, Role.DENOMINATOR))
            continue
        first = node.first_taught_on
        in_time = first is not None and first < due[node.person]
        rows.append(_row(node, learners, *((Role.DENOMINATOR, Role.NUMERATOR) if in_time else (Role.DENOMINATOR,))))
    _require_due(rows, early, when.day)
    return Gathered(rows, early)


def _active(scope: Scope, when: When) -> Gathered:
    nodes, learners = _nodes(scope, when)
    rows, early = [], []
    for node in _sorted(nodes):
        state = node.teaching(on=when.day)
        if node.trained_on is not None and when.day - node.trained_on < DAYS_TO_TEACH:
            early.append(_row(node, learners, Role.DENOMINATOR))
            continue
        teaches = state == Teaching.TEACHES
        rows.append(_row(node, learners, *((Role.DENOMINATOR, Role.NUMERATOR) if teaches else (Role.DENOMINATOR,))))
    _require_due(rows, early, when.day)
    return Gathered(rows, early)


def _require_due(rows: list[EvidenceRow], early: list[EvidenceRow], day: date) -> None:
    if early and not rows:
        raise NotYetDue(N_("Nobody was trained long enough before %(day)s, so there is nothing to count yet."), day=day)


def _reached(scope: Scope, when: When) -> Gathered:
    """Places with counted attendance in sessions of trained trainers; the generation is that of the nearest of them."""
    nodes = {node.person: node for node in _cascade(when.day).trained()}
    taught = _taught_by(nodes.values())
    keys = sorted(narrowed(scope, Enrolment.objects.filter(pk__in=list(taught))).values_list("pk", flat=True))
    learners = Learners.of(keys)
    rows = []
    for enrolment in keys:
        subject = learners.subject(enrolment)
        by_others = taught[enrolment] - {UUID(subject)}
        if not by_others:
            continue
        known = [each for trainer in by_others if (each := nodes[trainer].generation) is not None]
        codes = learners.codes(enrolment, when.day) | {GENERATION: str(min(known)) if known else UNKNOWN}
        rows.append(EvidenceRow("enrolment", str(enrolment), subject, codes=codes))
    return Gathered(rows)


def _reach(scope: Scope, when: When) -> Gathered:
    """
    Trained trainers, and for each the places of those who attended their sessions, under the codes of the trainer: whoever was reached by two
    trainers has two rows and counts once.
    """
    nodes, learners = _nodes(scope, when)
    of_trainer = {node.person: _codes(node, learners) for node in nodes}
    taught = _taught_by(nodes)
    reached = Learners.of(taught)
    rows = [_row(node, learners, Role.DENOMINATOR) for node in _sorted(nodes)]
    for enrolment in sorted(taught):
        subject = reached.subject(enrolment)
        rows += [
            EvidenceRow("enrolment", str(enrolment), subject, role=role_of(Role.NUMERATOR), codes=of_trainer[trainer])
            for trainer in sorted(taught[enrolment] - {UUID(subject)})
        ]
    return Gathered(rows)


def _taught_by(nodes: Iterable[Node]) -> dict[UUID, set[UUID]]:
    """The places with counted attendance at own sessions of these trainers, each with the trainers by person."""
    whose: dict[UUID, set[UUID]] = defaultdict(set)
    for node in nodes:
        for own in node.own:
            whose[own.session].add(node.person)
    there: dict[UUID, set[UUID]] = defaultdict(set)
    for enrolment, session in _attendances(frozenset(whose)):
        there[enrolment] |= whose[session]
    return there


@shared
def _attendances(sessions: frozenset[UUID]) -> list[tuple[UUID, UUID]]:
    """Which places were in which of these sessions."""
    pairs: list[tuple[UUID, UUID]] = []
    for some in batched(sessions, AT_ONCE):
        found: Any = counted_attendance().filter(session__in=some).values_list("enrolment_id", "session_id")
        pairs += found.iterator(chunk_size=2_000)
    return pairs


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: node.trainings[0].enrolment)


_LATER = _("Trained too short a time before the day")
DEFINITIONS = (
    Definition(
        code="trainers.local_trained", version=1, title=_("Local teachers trained"),
        counted=_(
            "Distinct persons with at least one enrolment as a teacher that was completed in the period and is backed by evidence, sent by an "
            "organisation of the country of the site. Each person counts once, after merges."
        ),
        unit=Unit.PERSONS, additivity=Additivity.DISTINCT, time=Time.PERIOD, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_local, dimensions=DIMENSIONS, keys=KEYS, claimants=CLAIMANTS, persons=True, kinds=ParticipantKind,
        left_out=_("Completed without a signed attendance or a final decision"),
        wrong_way=_("Reading teachers of several countries at one site as local ones."), follows=_("Luban Workshops; the rule is our own choice."),
    ),
    Definition(
        code="trainers.trained", version=1, title=_("Trained trainers"),
        counted=_(
            "Distinct persons who completed a cohort of teachers by the day, with at least one signed attendance. The generation follows from "
            "who taught the cohort; of several lines the shortest counts."
        ),
        unit=Unit.PERSONS, additivity=Additivity.ON_A_DAY, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_trained, dimensions=(*DIMENSIONS, GENERATION), keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Adding the generations of two brands."), follows=OWN_CHOICE,
    ),
    Definition(
        code="trainers.used_training_share", version=1, title=_("Training used"),
        counted=_(
            "Of the trained trainers whose so many months have passed by the day: those who taught at least one signed session of their own "
            "within these months. A session is of who is named for it, else of who leads or teaches the cohort that day."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_used,
        dimensions=(*DIMENSIONS, GENERATION), keys=(*KEYS, "months"), needs=("months",), own_keys=("months",), persons=True,
        kinds=ParticipantKind, left_out=_LATER, wrong_way=_("Dividing by those who answered a survey."),
        follows=_("SLMTA as the bar; the formula is our own choice."),
    ),
    Definition(
        code="trainers.still_active_share", version=1, title=_("Trained trainers who teach"),
        counted=_(
            "Of the trained trainers whose training lies 90 days and more before the day: those who taught a signed session of their own in "
            "the 90 days before it."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.RATE, collect=_active,
        dimensions=(*DIMENSIONS, GENERATION), keys=KEYS, persons=True, kinds=ParticipantKind, left_out=_LATER,
        wrong_way=_("Calling everybody active who ever taught."), follows=_("SLMTA as the bar; the formula is our own choice."),
    ),
    Definition(
        code="trainers.persons_reached", version=1, title=_("Persons reached by trained trainers"),
        counted=_(
            "Distinct persons with at least one signed attendance, by the day, at a session of a trained trainer. Who was reached by two of them "
            "counts once. Divided by the trained trainers it is the reach of the cascade."
        ),
        unit=Unit.PERSONS, additivity=Additivity.ON_A_DAY, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_reached, dimensions=(*DIMENSIONS, GENERATION), keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Multiplying generations; adding the trained trainers themselves."), follows=_("SLMTA; the rule is our own choice."),
    ),
    Definition(
        code="trainers.cascade_reach", version=1, title=_("Reach of the cascade"),
        counted=_(
            "Distinct persons with at least one signed attendance, by the day, at a session of a trained trainer, for each trained trainer. Who was "
            "reached by two of them counts once; a generation counts those whom its own trainers reached. It is no share and may be more than one."
        ),
        unit=Unit.PERSONS, additivity=Additivity.RATE, time=Time.ON_DAY, form=Form.RATE, rule=Rule.SUBJECTS_FOR_EACH, collect=_reach,
        dimensions=(GENERATION, *DIMENSIONS), keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Multiplying generations; adding the trained trainers themselves."), follows=_("SLMTA; the rule is our own choice."),
    ),
)  # fmt: skip
