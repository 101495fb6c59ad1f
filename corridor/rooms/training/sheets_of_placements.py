"""The sheets in which a folder brings placements: where learners went, what they did and wrote there, visits, and the mentors' words."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.exporting import day_after
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import local_day_at_home

from .actions.mentoring import note_word, write_logbook
from .actions.placing import Task, break_off, place_learner, record_visit, set_tasks
from .models import Enrolment, Placement, PlacementTask
from .placement_plans import PlacementPlan
from .sheets_of_selection import seats_of

# A placement has no number before it stands: the seat and the first day name it.
WHICH = (
    Column("cohort", read.reference(40)),
    Column("number", read.whole(1, 9_999), about="the seat"),
    Column("starts_on", read.day, about="the first day of the placement"),
)
PLACEMENT_COLUMNS = (
    *WHICH,
    Column("ends_on", read.day, about="the last day, inside"),
    Column("company", read.reference()),
    Column("hours", read.whole(1, 4_000)),
    Column("mentor_name", read.text(150), required=False),
    Column("mentor_email", read.text(254), required=False),
    Column("mentor_language", read.language),
    Column("insurance", read.text(150), required=False),
    Column("insured_until", read.day, required=False, about="the last day, inside"),
    Column("broken_off_on", read.day, required=False),
    Column("broken_off_because", read.text(300), required=False),
)
ONE_DAY = timedelta(days=1)
SAME = ("cohort", "number", "starts_on")


def _take_placements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    seats = seats_of(rows)
    companies = by_reference(Organisation.objects, [row["company"] for row in rows])
    found = [(row, _seat(findings, row, seats), findings.find(row, "company", companies)) for row in rows]
    findings.refuse_if_any()
    for row, seat, company in found:
        assert seat is not None and company is not None  # else it was refused
        plan = PlacementPlan(
            company=company, starts_on=row["starts_on"], ends_before=row["ends_on"] + ONE_DAY,
            hours=row["hours"], mentor_name=row["mentor_name"], mentor_email=row["mentor_email"], mentor_language=row["mentor_language"],
            insurance=row["insurance"], insured_before=day_after(row["insured_until"]),
        )  # fmt: skip
        with refusals_in([row]):
            place_learner(enrolment=seat, plan=plan, by=by)
    return len(rows)


def _take_ends(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    broken = [row for row in rows if row["broken_off_on"] is not None]
    for row, placement in _placed(broken):
        with refusals_in([row]):
            break_off(placement=placement, on=row["broken_off_on"], because=row["broken_off_because"], by=by)
    return len(broken)


def _take_tasks(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    wanted: dict[Placement, list[tuple[Row, Task]]] = {}
    placed = list(_placed(rows))
    versions = {placement.enrolment.cohort.curriculum_version_id for _row, placement in placed}
    units = {(each.version_id, each.code): each for each in Unit.objects.filter(version__in=versions)}
    for row, placement in placed:
        version = placement.enrolment.cohort.curriculum_version_id
        unit = findings.find(row, "unit", units, key=(version, row["unit"])) if row["unit"] else None
        wanted.setdefault(placement, []).append((row, Task(text=row["text"], unit=unit)))
    findings.refuse_if_any()
    for placement, told in wanted.items():
        with refusals_in([row for row, _task in told]):
            set_tasks(placement=placement, tasks=[task for _row, task in told], by=by)
    return len(rows)


def _take_logbook(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    placed = list(_placed(rows))
    standing = PlacementTask.objects.filter(placement__in={placement for _row, placement in placed})
    tasks = {(each.placement_id, each.text): each for each in standing}
    found = [
        (row, placement, findings.find(row, "task", tasks, key=(placement.pk, row["task"])) if row["task"] else None)
        for row, placement in placed
    ]
    findings.refuse_if_any()
    for row, placement, task in found:
        with refusals_in([row]):
            write_logbook(
                placement=placement, on=row["done_on"], minutes=row["minutes"], text=row["text"], task=task,
                today=local_day_at_home(at), at=at, by=by,
            )  # fmt: skip
    return len(rows)


def _take_visits(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    for row, placement in _placed(rows):
        with refusals_in([row]):
            record_visit(
                placement=placement, on=row["visited_on"], found=row["found"], today=local_day_at_home(at), by=by
            )
    return len(rows)


def _take_words(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    for row, placement in _placed(rows):
        with refusals_in([row]):
            note_word(
                placement=placement, week=row["week"], minutes=row["minutes"], remark=row["remark"],
                today=local_day_at_home(at), at=at, by=by,
            )  # fmt: skip
    return len(rows)


def _seat(findings: Findings, row: Row, seats: dict[tuple[str, int], Enrolment]) -> Enrolment | None:
    return findings.find(row, "number", seats, key=(row["cohort"], row["number"]))


def _placed(rows: Sequence[Row]) -> Iterator[tuple[Row, Placement]]:
    """Each row with the placement that it names. :raises BadInput: for one that is not there."""
    findings = Findings()
    cohorts = {row["cohort"] for row in rows}
    known = {
        (each.enrolment.cohort.reference, each.enrolment.number, each.starts_on): each
        for each in Placement.objects.filter(enrolment__cohort__reference__in=cohorts).select_related(
            "enrolment__cohort__site", "enrolment__person"
        )
    }
    found = [
        (row, findings.find(row, "starts_on", known, key=(row["cohort"], row["number"], row["starts_on"])))
        for row in rows
    ]
    findings.refuse_if_any()
    return ((row, placement) for row, placement in found if placement is not None)


def _kind(name: str, take: Callable[..., int], columns: tuple[Column, ...], unique: tuple[str, ...]) -> SheetKind:
    return SheetKind(name, f"{name}.*", (*WHICH, *columns), take, optional=True, unique=(*SAME, *unique))


PLACEMENTS = (
    SheetKind("placements", "placements.*", PLACEMENT_COLUMNS, _take_placements, optional=True, unique=SAME),
    _kind(
        "placement_tasks",
        _take_tasks,
        (Column("text", read.text(200)), Column("unit", read.text(20), required=False)),
        ("text",),
    ),
    _kind(
        "placement_logbook",
        _take_logbook,
        (
            Column("done_on", read.day),
            Column("minutes", read.whole(1, 1_440)),
            Column("text", read.text(500)),
            Column("task", read.text(200), required=False, about="as it stands in placement_tasks"),
        ),
        ("done_on",),
    ),
    _kind(
        "placement_visits",
        _take_visits,
        (Column("visited_on", read.day), Column("found", read.text(500))),
        ("visited_on",),
    ),
    _kind(
        "placement_weeks",
        _take_words,
        (
            Column("week", read.day, about="the Monday"),
            Column("minutes", read.whole(0, 10_080)),
            Column("remark", read.text(300), required=False, about="needed where the logbook says otherwise"),
        ),
        ("week",),
    ),
    # Of the same file: a placement that was broken off takes nothing more.
    SheetKind("placement_ends", "placements.*", PLACEMENT_COLUMNS, _take_ends, optional=True, unique=SAME),
)
