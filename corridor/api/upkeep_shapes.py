"""What the API says of the upkeep of equipment, and what it takes."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from .asking import Day, Words
from .equipment import Amount

Currency = Annotated[Words, Field(pattern="^([A-Z]{3})?$", description="ISO 4217")]


class EquipmentFaultOut(Schema):
    """``reported_by`` is an account, or "label" for somebody who held only the label of the machine."""

    id: UUID
    equipment: UUID
    site: str
    inventory_number: str
    what: str
    words: str
    reported_on: date
    reported_by: str
    settled_on: date | None
    settled_as: str
    settled_because: str


class FaultIn(Schema):
    what: Literal["dead", "stops", "unsafe", "wrong", "noise", "broken_part", "other"]
    words: Words = ""
    reported_on: Day


class SettlementIn(Schema):
    settled_as: Literal["mended", "unfounded", "written_off"]
    on: Day
    reason: Words = ""


class UsedOut(Schema):
    part: str
    count: int


class RepairOut(Schema):
    """``cost`` is exact, in ``currency``; ``paid_by`` is the reference of an organisation, none where nobody pays."""

    id: UUID
    equipment: UUID
    site: str
    inventory_number: str
    fault: UUID | None
    began_on: date
    ended_on: date | None
    done_by: str
    what: str
    cost: str | None
    currency: str
    paid_by: str | None
    parts: list[UsedOut]


class UsedIn(Schema):
    part: Words = Field(description="The number of a part in the store of the site")
    count: int = Field(ge=1, le=100_000)


class RepairIn(Schema):
    began_on: Day
    ended_on: Day | None = None
    done_by: Words = Field(description="A firm or an office, never a person")
    what: Words = ""
    cost: Amount | None = None
    currency: Currency = ""
    paid_by: Words = Field("", description="The reference of an organisation")
    fault: UUID | None = None
    parts: list[UsedIn] = Field([], max_length=50)


class RepairEndIn(Schema):
    ended_on: Day
    cost: Amount | None = None
    currency: Currency = ""
    paid_by: Words = Field("", description="The reference of an organisation")


class HoursOut(Schema):
    read_on: date
    hours: str


class ReadingIn(Schema):
    read_on: Day
    hours: Decimal = Field(ge=0, max_digits=9, decimal_places=1)


class CalibrationOut(Schema):
    calibrated_on: date
    done_by: str
    result: str
    document: str | None


class CalibrationIn(Schema):
    calibrated_on: Day
    done_by: Words = Field(description="A firm or an office, never a person")
    result: Literal["passed", "failed"]


class InstructionOut(Schema):
    held_on: date
    given_by: str
    people: int
    what: str


class InstructionIn(Schema):
    held_on: Day
    given_by: Words = Field(description="A firm or an office, never a person")
    people: int = Field(ge=1, le=999)
    what: Words = ""


class UpkeepOut(Schema):
    """The whole history of one machine, the latest first. ``calibration_due_on`` is none for what is never calibrated."""

    equipment: UUID
    calibration_due_on: date | None
    readings: list[HoursOut]
    faults: list[EquipmentFaultOut]
    repairs: list[RepairOut]
    calibrations: list[CalibrationOut]
    instructions: list[InstructionOut]


def fault_drawn(fault: Any, machine: Any = None) -> EquipmentFaultOut:
    machine = machine or fault.equipment
    return EquipmentFaultOut(
        id=fault.pk, equipment=machine.pk, site=machine.site.reference, inventory_number=machine.inventory_number,
        what=fault.what, words=fault.words, reported_on=fault.reported_on, reported_by=fault.reported_by,
        settled_on=fault.settled_on, settled_as=fault.settled_as, settled_because=fault.settled_because,
    )  # fmt: skip


def repair_drawn(repair: Any, machine: Any = None) -> RepairOut:
    machine = machine or repair.equipment
    return RepairOut(
        id=repair.pk, equipment=machine.pk, site=machine.site.reference, inventory_number=machine.inventory_number,
        fault=repair.fault_id, began_on=repair.began_on, ended_on=repair.ended_on, done_by=repair.done_by, what=repair.what,
        cost=None if repair.cost is None else f"{repair.cost.normalize():f}", currency=repair.currency,
        paid_by=repair.paid_by.reference if repair.paid_by else None,
        parts=[UsedOut(part=each.part.number, count=each.count) for each in repair.parts_used.all()],
    )  # fmt: skip
