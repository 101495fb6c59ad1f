"""What happens to equipment: faults, repairs, hours of use, calibrations."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import (
    CalibrationDraft,
    FaultDraft,
    FaultStep,
    InstructionDraft,
    ReadingDraft,
    RepairDraft,
)

from .asking import Code, Limit, On, Page, page
from .equipment import organisation_named
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE
from .upkeep_shapes import (
    CalibrationIn,
    CalibrationOut,
    EquipmentFaultOut,
    FaultIn,
    HoursOut,
    InstructionIn,
    InstructionOut,
    ReadingIn,
    RepairEndIn,
    RepairIn,
    RepairOut,
    SettlementIn,
    UpkeepOut,
    fault_drawn,
    repair_drawn,
)

TAG = "sites"
router = Router(auth=PRIVATE)

AfterKey = Annotated[UUID | None, Query()]


@router.get("/equipment/{key}/upkeep", response=UpkeepOut)
def get_upkeep(request: HttpRequest, response: HttpResponse, key: UUID) -> UpkeepOut:
    return tagged(_upkeep(key, request), response)


@router.post("/equipment/{key}/readings", response={201: UpkeepOut}, openapi_extra=MAKES)
def write_reading(request: HttpRequest, response: HttpResponse, key: UUID, sent: ReadingIn) -> Status[UpkeepOut]:
    """What its hour meter shows."""

    def make() -> UpkeepOut:
        actions.write_readings(
            readings=[ReadingDraft(_machine(key, request), sent.read_on, sent.hours)], by=request.auth
        )
        return _upkeep(key, request)

    return Status(201, made_once(request, response, UpkeepOut, make))


@router.post("/equipment/{key}/calibrations", response={201: UpkeepOut}, openapi_extra=MAKES)
def calibrate(request: HttpRequest, response: HttpResponse, key: UUID, sent: CalibrationIn) -> Status[UpkeepOut]:
    """It was compared with a standard. The paper is sent on the page."""

    def make() -> UpkeepOut:
        draft = CalibrationDraft(_machine(key, request), sent.calibrated_on, sent.done_by, sent.result)
        actions.calibrate_equipment(calibrations=[draft], at=clock.now(), by=request.auth)
        return _upkeep(key, request)

    return Status(201, made_once(request, response, UpkeepOut, make))


@router.post("/equipment/{key}/instructions", response={201: UpkeepOut}, openapi_extra=MAKES)
def note_instruction(request: HttpRequest, response: HttpResponse, key: UUID, sent: InstructionIn) -> Status[UpkeepOut]:
    """People learned to work on it: how many, no names."""

    def make() -> UpkeepOut:
        draft = InstructionDraft(_machine(key, request), sent.held_on, sent.given_by, sent.people, sent.what)
        actions.note_instructions(instructions=[draft], by=request.auth)
        return _upkeep(key, request)

    return Status(201, made_once(request, response, UpkeepOut, make))


@router.post("/equipment/{key}/faults", response={201: EquipmentFaultOut}, openapi_extra=MAKES)
def report_fault(request: HttpRequest, response: HttpResponse, key: UUID, sent: FaultIn) -> Status[EquipmentFaultOut]:
    """Something is wrong with it: from that day it counts as not working."""

    def make() -> EquipmentFaultOut:
        draft = FaultDraft(_machine(key, request), sent.what, sent.reported_on, sent.words)
        return fault_drawn(actions.report_faults(faults=[draft], at=clock.now(), by=request.auth)[0])

    return Status(201, made_once(request, response, EquipmentFaultOut, make))


@router.get("/faults", response=Page[EquipmentFaultOut])
def list_faults(
    request: HttpRequest, on: On = None, site: Code = "", open: bool = False, after: AfterKey = None, limit: Limit = 50  # noqa: A002
) -> dict[str, Any]:  # fmt: skip
    """Faults reported by that day, in the order in which they came; ``open``: those that were not settled on it."""
    found = queries.list_faults(by=request.auth, on=on or clock.today(), site=site, open_only=open, after=after)
    return page(found, fault_drawn, limit=limit, key=lambda each: str(each.pk))


@router.get("/faults/{key}", response=EquipmentFaultOut)
def get_fault(request: HttpRequest, response: HttpResponse, key: UUID) -> EquipmentFaultOut:
    return tagged(fault_drawn(queries.get_fault(key=key, by=request.auth)), response)


@router.post("/faults/{key}/settlement", response=EquipmentFaultOut)
def settle_fault(request: HttpRequest, response: HttpResponse, key: UUID, sent: SettlementIn) -> EquipmentFaultOut:
    """Mended, or there was none; the machine works from that day where nothing else is wrong with it."""
    found = queries.get_fault(key=key, by=request.auth)
    require_version(request, fault_drawn(found))
    actions.settle_faults(steps=[FaultStep(found, sent.settled_as, sent.on, sent.reason)], by=request.auth)
    return tagged(fault_drawn(queries.get_fault(key=key, by=request.auth)), response)


@router.post("/equipment/{key}/repairs", response={201: RepairOut}, openapi_extra=MAKES)
def write_repair(request: HttpRequest, response: HttpResponse, key: UUID, sent: RepairIn) -> Status[RepairOut]:
    """A repair begins; one with an end is over, and mends the fault that it names. The bill is sent on the page."""

    def make() -> RepairOut:
        machine = _machine(key, request)
        known = queries.parts_named(
            numbers=[each.part for each in sent.parts], site=machine.site.reference, by=request.auth
        )
        if missing := next((each.part for each in sent.parts if each.part not in known), ""):
            text = N_("There is no part %(number)s in the store of this site.")
            raise BadInput([Problem(text, {"number": missing}, column="parts")])
        draft = RepairDraft(
            machine, sent.began_on, sent.done_by, sent.ended_on, sent.what, sent.cost, sent.currency,
            organisation_named(sent.paid_by, request, field="paid_by"),
            queries.get_fault(key=sent.fault, by=request.auth) if sent.fault else None,
            [(known[each.part], each.count) for each in sent.parts],
        )  # fmt: skip
        made = actions.begin_repairs(repairs=[draft], at=clock.now(), by=request.auth)[0]
        return repair_drawn(queries.get_repair(key=made.pk, by=request.auth))

    return Status(201, made_once(request, response, RepairOut, make))


@router.get("/repairs", response=Page[RepairOut])
def list_repairs(request: HttpRequest, site: Code = "", after: AfterKey = None, limit: Limit = 50) -> dict[str, Any]:
    """Repairs in the order in which they were written down."""
    found = queries.list_repairs(by=request.auth, site=site, after=after)
    return page(found, repair_drawn, limit=limit, key=lambda each: str(each.pk))


@router.get("/repairs/{key}", response=RepairOut)
def get_repair(request: HttpRequest, response: HttpResponse, key: UUID) -> RepairOut:
    return tagged(repair_drawn(queries.get_repair(key=key, by=request.auth)), response)


@router.post("/repairs/{key}/end", response=RepairOut)
def end_repair(request: HttpRequest, response: HttpResponse, key: UUID, sent: RepairEndIn) -> RepairOut:
    found = queries.get_repair(key=key, by=request.auth)
    require_version(request, repair_drawn(found))
    actions.end_repair(
        repair=found, ended_on=sent.ended_on, cost=sent.cost, currency=sent.currency,
        paid_by=organisation_named(sent.paid_by, request, field="paid_by"), upload=None, at=clock.now(), by=request.auth,
    )  # fmt: skip
    return tagged(repair_drawn(queries.get_repair(key=key, by=request.auth)), response)


def _machine(key: UUID, request: HttpRequest) -> Any:
    return queries.get_equipment(key=key, by=request.auth, on=clock.today())


def _upkeep(key: UUID, request: HttpRequest) -> UpkeepOut:
    machine = _machine(key, request)
    kept = queries.upkeep_of(equipment=machine, by=request.auth)
    return UpkeepOut(
        equipment=machine.pk,
        calibration_due_on=kept.calibration_due_on,
        readings=[HoursOut(read_on=each.read_on, hours=f"{each.hours:f}") for each in kept.readings],
        faults=[fault_drawn(each, machine) for each in kept.faults],
        repairs=[repair_drawn(each, machine) for each in kept.repairs],
        calibrations=[
            CalibrationOut(
                calibrated_on=each.calibrated_on, done_by=each.done_by, result=each.result,
                document=each.document.reference if each.document else None,
            )
            for each in kept.calibrations
        ],
        instructions=[
            InstructionOut(held_on=each.held_on, given_by=each.given_by, people=each.people, what=each.what)
            for each in kept.instructions
        ],
    )  # fmt: skip
