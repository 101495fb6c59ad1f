"""Learners in companies, as machines place them, change that, visit them and end it before its time; the mentor confirms by a link."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import PlacementPlan, Task

from .asking import After, Day, Limit, Page, Reference, Words, page, rows_after
from .equipment import organisation_named
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once

TAG = "training"
router = Router()


class PlacementOut(Schema):
    reference: str
    number: int
    company: str
    starts_on: date
    ends_before: date
    hours: int
    logged_minutes: int
    confirmed_minutes: int
    broken_off_on: date | None


class TaskPart(Schema):
    """Something that is done there; ``unit`` is the code of the unit that it is practice for."""

    text: str = Field(min_length=1, max_length=200)
    unit: Words = ""


class ContractOut(Schema):
    file_name: str
    sha256: str


class PlacementVisitOut(Schema):
    on: date
    found: str


class WeekOut(Schema):
    """A week from its Monday: minutes in the logbook, and those that the mentor confirmed, null until then."""

    starts_on: date
    logged_minutes: int
    confirmed_minutes: int | None
    remark: str


class PlacementPageOut(Schema):
    """``insured_before`` and ``ends_before`` are the first days after. The mentor's address is told to whoever keeps the placement."""

    reference: str
    cohort: str
    number: int
    company: str
    starts_on: date
    ends_before: date
    hours: int
    mentor_name: str
    mentor_email: str | None
    mentor_language: str
    insurance: str
    insured_before: date | None
    contract: ContractOut | None
    broken_off_on: date | None
    broken_off_because: str
    tasks: list[TaskPart]
    visits: list[PlacementVisitOut]
    weeks: list[WeekOut]


class PlacementFacts(Schema):
    company: Words = Field(min_length=1, description="The reference of an organisation")
    starts_on: Day
    ends_before: Day = Field(description="The first day after its last")
    hours: int = Field(ge=1, le=4000)
    mentor_name: str = Field("", max_length=150)
    mentor_email: str = Field("", max_length=254)
    mentor_language: Words = "en"
    insurance: str = Field("", max_length=150)
    insured_before: Day | None = None


class PlacementIn(PlacementFacts):
    number: int = Field(ge=1, le=9999, description="The seat of the learner")
    tasks: list[TaskPart] = Field([], max_length=20)


class TasksIn(Schema):
    tasks: list[TaskPart] = Field(max_length=20, description="In this order; one of which the logbook tells stays")


class VisitIn(Schema):
    on: Day
    found: str = Field(min_length=1, max_length=500)


class BreakOffIn(Schema):
    on: Day = Field(description="The last day there")
    because: str = Field(min_length=1, max_length=300)


@router.get("/cohorts/{reference}/placements", response=Page[PlacementOut])
def list_placements(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read, after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Where the learners of a cohort are in companies, as far as this account may see them."""

    def key(row: queries.PlacementRow) -> str:
        return row.placement.reference

    cohort = queries.get_cohort(reference=reference, by=request.auth)
    rows = rows_after(queries.list_placements(cohort=cohort, by=request.auth), after, key)
    places = [row.placement.enrolment_id for row in rows[:limit]]
    note_read(request, response, read, about=f"/cohorts/{reference}/placements", records=places)
    return page(rows, _line, limit=limit, key=key)


@router.post("/cohorts/{reference}/placements", response={201: PlacementPageOut}, openapi_extra=MAKES)
def place_learner(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: PlacementIn
) -> Status[PlacementPageOut]:
    """Place a learner in a company, with the tasks there. The link for the mentor is made on its page."""
    by = request.auth

    def make() -> PlacementPageOut:
        enrolment = queries.get_enrolment(cohort=reference, number=sent.number, by=by)
        made = actions.place_learner(enrolment=enrolment, plan=_plan(sent, request), by=by)
        if sent.tasks:
            actions.set_tasks(placement=made, tasks=_tasks(sent.tasks, enrolment, by), by=by)
        return read_placement(made.reference, by)

    return Status(201, made_once(request, response, PlacementPageOut, make))


@router.get("/placements/{reference}", response=PlacementPageOut)
def get_placement(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> PlacementPageOut:
    """One with its tasks, visits and weeks, for whoever may see its learner."""
    found = queries.get_placement(reference=reference, on=clock.today(), by=request.auth)
    note_read(request, response, read, about="/placements", records=[found.placement.enrolment_id])
    return tagged(_placement(found, request.auth), response)


@router.put("/placements/{reference}", response=PlacementPageOut)
def change_placement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: PlacementFacts
) -> PlacementPageOut:
    """Write it anew, whole. Whose it is, its tasks and its contract stay."""
    placement = _held(request, reference)
    plan = _plan(sent, request, contract=placement.contract)
    actions.change_placement(placement=placement, plan=plan, by=request.auth)
    return tagged(read_placement(reference, request.auth), response)


@router.put("/placements/{reference}/tasks", response=PlacementPageOut)
def set_tasks(request: HttpRequest, response: HttpResponse, reference: Reference, sent: TasksIn) -> PlacementPageOut:
    """What is done there, in that order, each for a unit or for none. Confirmed hours count for the unit of their task."""
    placement = _held(request, reference)
    tasks = _tasks(sent.tasks, placement.enrolment, request.auth)
    actions.set_tasks(placement=placement, tasks=tasks, by=request.auth)
    return tagged(read_placement(reference, request.auth), response)


@router.put("/placements/{reference}/end", response=PlacementPageOut)
def break_placement_off(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: BreakOffIn
) -> PlacementPageOut:
    """It ends before its time, with the reason; the mentor's link opens nothing more."""
    placement = _held(request, reference)
    actions.break_off(placement=placement, on=sent.on, because=sent.because, by=request.auth)
    return tagged(read_placement(reference, request.auth), response)


@router.post("/placements/{reference}/visits", response={201: PlacementPageOut}, openapi_extra=MAKES)
def record_visit(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: VisitIn
) -> Status[PlacementPageOut]:
    """Somebody of the site was there. Written again for the same day, the new words stand."""
    by = request.auth

    def make() -> PlacementPageOut:
        placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
        actions.record_visit(placement=placement, on=sent.on, found=sent.found, today=clock.today(), by=by)
        return read_placement(reference, by)

    return Status(201, made_once(request, response, PlacementPageOut, make))


def _line(row: queries.PlacementRow) -> PlacementOut:
    placement = row.placement
    return PlacementOut(
        reference=placement.reference, number=placement.enrolment.number, company=placement.company.reference,
        starts_on=placement.starts_on, ends_before=placement.ends_before, hours=placement.hours, logged_minutes=row.logged,
        confirmed_minutes=row.confirmed, broken_off_on=placement.broken_off_on,
    )  # fmt: skip


def _held(request: HttpRequest, reference: str) -> Any:
    """The placement, of the version that was read."""
    found = queries.get_placement(reference=reference, on=clock.today(), by=request.auth)  # type: ignore[attr-defined]
    require_version(request, _placement(found, request.auth))  # type: ignore[attr-defined]
    return found.placement


def read_placement(reference: str, by: Any) -> PlacementPageOut:
    return _placement(queries.get_placement(reference=reference, on=clock.today(), by=by), by)


def _placement(read: queries.PlacementPage, by: Any) -> PlacementPageOut:
    found = read.placement
    contract = found.contract
    return PlacementPageOut(
        reference=found.reference, cohort=found.enrolment.cohort.reference, number=found.enrolment.number,
        company=found.company.reference, starts_on=found.starts_on, ends_before=found.ends_before, hours=found.hours,
        mentor_name=found.mentor_name, mentor_email=found.mentor_email if queries.keeps_placement(placement=found, by=by) else None,
        mentor_language=found.mentor_language, insurance=found.insurance, insured_before=found.insured_before,
        contract=ContractOut(file_name=contract.file_name, sha256=contract.sha256) if contract else None,
        broken_off_on=found.broken_off_on, broken_off_because=found.broken_off_because,
        tasks=[TaskPart(text=each.text, unit=each.unit.code if each.unit else "") for each in found.tasks.all()],
        visits=[PlacementVisitOut(on=each.visited_on, found=each.found) for each in found.visits.all()],
        weeks=[
            WeekOut(
                starts_on=week.starts_on, logged_minutes=week.logged, confirmed_minutes=week.word.minutes if week.word else None,
                remark=week.word.remark if week.word else "",
            )
            for week in reversed(read.weeks)
        ],
    )  # fmt: skip


def _plan(sent: PlacementFacts, request: HttpRequest, *, contract: Any = None) -> PlacementPlan:
    facts = sent.dict(exclude={"company", "number", "tasks"})
    company = organisation_named(sent.company, request, field="company")
    return PlacementPlan(**facts, company=company, contract=contract)


def _tasks(sent: list[TaskPart], enrolment: Any, by: Any) -> list[Task]:
    version = enrolment.cohort.curriculum_version
    read = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by)
    units = {unit.code: unit for unit in read.units}
    problems = [
        Problem(
            N_("%(unit)s is no unit of what %(cohort)s learns."),
            {"unit": each.unit, "cohort": enrolment.cohort.reference},
            column=f"tasks.{place}.unit",
        )
        for place, each in enumerate(sent)
        if each.unit and each.unit not in units
    ]
    if problems:
        raise BadInput(problems)
    return [Task(text=each.text, unit=units.get(each.unit)) for each in sent]
