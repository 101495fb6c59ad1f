"""Learners in companies: where, with whom, for how long, what they do there, visits, and an end before the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from ..models import Enrolment, LogbookEntry, Placement, PlacementTask, PlacementVisit
from ..placement_plans import PlacementPlan, faults_of_placement, hold_open

MOST_TASKS = 20


@dataclass(frozen=True, kw_only=True)
class Task:
    text: str
    unit: Unit | None = None


@transaction.atomic
def place_learner(*, enrolment: Enrolment, plan: PlacementPlan, by: Actor, key: UUID | None = None) -> Placement:
    """
    A learner's time in a company, with the next number of the year; ``key`` is the one that an import has promised.

    :raises BadInput: for days in which the learner is elsewhere already, no hours, a mentor's address that is none, or no insurance to the end.
    """
    by.require(Permission.LEARNER_ENROL, on=enrolment.cohort)
    # Hold the learner's place: two placements must not overlap.
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    faults_of_placement(enrolment, plan)
    placement = Placement(pk=key or new_id(), enrolment=enrolment, reference=_next(plan.starts_on.year))
    _write(placement, plan)
    log.record("training.learner_placed", by=by, subject=placement)
    return placement


@transaction.atomic
def change_placement(*, placement: Placement, plan: PlacementPlan, by: Actor) -> Placement:
    """:raises PlacementIsOver: if it was broken off. :raises BadInput: as ``place_learner``."""
    by.require(Permission.LEARNER_ENROL, on=placement)
    held = hold_open(placement)
    faults_of_placement(held.enrolment, plan, but=held)
    _write(held, plan)
    log.record("training.placement_changed", by=by, subject=held)
    return held


@transaction.atomic
def set_tasks(*, placement: Placement, tasks: Sequence[Task], by: Actor) -> list[PlacementTask]:
    """What is done there, in that order. One of which the logbook tells stays. :raises BadInput: for a task that says nothing."""
    by.require(Permission.LEARNER_ENROL, on=placement)
    held = hold_open(placement)
    problems = []
    if len(tasks) > MOST_TASKS:
        problems.append(Problem(N_("Write at most %(most)s tasks."), {"most": MOST_TASKS}, column="tasks"))
    version = held.enrolment.cohort.curriculum_version_id
    for task in tasks:
        if not task.text.strip() or len(task.text) > 200:
            problems.append(Problem(N_("A task says in a line what is done."), column="tasks"))
        if task.unit is not None and task.unit.version_id != version:
            places: dict[str, object] = {"unit": task.unit.code, "cohort": held.enrolment.cohort.reference}
            problems.append(Problem(N_("%(unit)s is no unit of what %(cohort)s learns."), places, column="tasks"))
    if problems:
        raise BadInput(problems)
    standing = {each.text: each for each in held.tasks.all()}
    told = set(LogbookEntry.objects.filter(placement=held, task__isnull=False).values_list("task_id", flat=True))
    wanted = {task.text.strip(): task for task in tasks}
    for text, row in standing.items():
        if text not in wanted and row.pk in told:
            wanted[text] = Task(text=text, unit=row.unit)
    PlacementTask.objects.filter(placement=held).exclude(text__in=wanted).delete()
    for place, row in enumerate(held.tasks.all(), start=1_000):
        PlacementTask.objects.filter(pk=row.pk).update(position=place)
    kept = []
    for position, (text, task) in enumerate(wanted.items(), start=1):
        row = standing.get(text) or PlacementTask(placement=held, text=text)
        row.position, row.unit = position, task.unit
        row.save()
        kept.append(row)
    log.record("training.tasks_set", by=by, subject=held, count=len(kept))
    return kept


@transaction.atomic
def record_visit(*, placement: Placement, on: date, found: str, today: date, by: Actor) -> PlacementVisit:
    """Somebody of the site was there. Written again for the same day, the new words stand. :raises BadInput: for another day than one of it."""
    by.require(Permission.SESSION_PLAN, on=placement.enrolment.cohort)
    problems = []
    if not placement.starts_on <= on < placement.ends_before or on > today:
        problems.append(
            Problem(N_("A visit falls into the days of the placement, and not into the future."), column="on")
        )
    if not found.strip():
        problems.append(Problem(N_("Write what you found."), column="found"))
    if problems:
        raise BadInput(problems)
    visit, _made = PlacementVisit.objects.update_or_create(
        placement=placement, visited_on=on, defaults={"found": found.strip(), "by_label": by.label}
    )
    log.record("training.placement_visited", by=by, subject=placement)
    return visit


@transaction.atomic
def break_off(*, placement: Placement, on: date, because: str, by: Actor) -> Placement:
    """
    The placement ends on that day, before its time; the mentor's link opens nothing more.

    :raises BadInput: without a reason, or outside its days.
    """
    by.require(Permission.LEARNER_ENROL, on=placement)
    held = hold_open(placement)
    problems = []
    if not held.starts_on <= on < held.ends_before:
        problems.append(Problem(N_("It breaks off on one of its days."), column="on"))
    if not because.strip():
        problems.append(Problem(N_("Say why it breaks off."), column="because"))
    if problems:
        raise BadInput(problems)
    held.broken_off_on, held.broken_off_because = on, because.strip()
    held.save(update_fields=["broken_off_on", "broken_off_because"])
    log.record("training.placement_broken_off", by=by, subject=held)
    return held


@transaction.atomic
def remove_placements(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away placements that an import made by mistake.

    :raises BuiltOn: if anything stands on one of them (a day in the logbook, a visit, a link).
    """
    held = list(
        Placement.objects.select_for_update(of=("self",)).select_related("enrolment__cohort").filter(pk__in=keys)
    )
    for placement in held:
        by.require(Permission.LEARNER_ENROL, on=placement)
        stands = (placement.logbook, placement.visits, placement.weeks, placement.links, placement.tasks)
        if any(rows.exists() for rows in stands):
            raise BuiltOn(
                N_("Something stands on %(placement)s since; the import cannot be taken back."),
                placement=placement.reference,
            )
    Placement.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("training.import_undone", by=by, subjects=held)
    return len(held)


def _next(year: int) -> str:
    first = f"PLC-{year}-"
    last = Placement.objects.filter(reference__startswith=first).order_by("-reference").first()
    number = int(last.reference.removeprefix(first)) + 1 if last and last.reference.removeprefix(first).isdigit() else 1
    return f"{first}{number:04}"


def _write(placement: Placement, plan: PlacementPlan) -> None:
    for name in PlacementPlan.__dataclass_fields__:
        setattr(placement, name, getattr(plan, name))
    placement.save()
