"""How a machine is kept: hours read, repairs, calibrations, and who learned to work on it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..amounts import faults_of_amount
from ..drafts import CalibrationDraft, InstructionDraft, PartStep, ReadingDraft, RepairDraft
from ..holding import hold_equipment, last_change
from ..lifecycle import EquipmentStatus
from ..models import Calibration, CalibrationResult, Equipment, Fault, FaultEnd, Instruction, Repair, UseReading
from ..refusals import RepairGoesOn, WrittenAlready
from ..working_again import after_repair
from .stocking import move_parts

HOUR_METER_TURNS = Decimal(10_000_000)


@transaction.atomic
def write_readings(*, readings: Sequence[ReadingDraft], by: Actor) -> list[UseReading]:
    """
    Write down what hour meters show.

    :raises BadInput: if one shows less than before, or more than after. :raises WrittenAlready: if that day has its reading.
    """
    held = hold_equipment([draft.equipment.pk for draft in readings], by=by)
    known = _readings_of(held)
    made = []
    for draft in sorted(readings, key=lambda each: each.read_on):
        there = known[draft.equipment.pk]
        if any(day == draft.read_on for day, _hours in there):
            raise _written(draft.equipment, draft.read_on)
        _require_between(draft, there)
        there.append((draft.read_on, draft.hours))
        made.append(UseReading(equipment=draft.equipment, read_on=draft.read_on, hours=draft.hours))
    with contested(lambda: _refuse_written(readings)):
        UseReading.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.hours_read", by=by, subjects=made)
    return made


@transaction.atomic
def begin_repairs(*, repairs: Sequence[RepairDraft], at: datetime, by: Actor) -> list[Repair]:
    """
    Write down repairs; those that have an end are over, and mend the fault that they name.

    :raises BadInput: without who does it, for days in the wrong order, or an amount that is none. :raises RepairGoesOn: while one is not over.
    :raises NotEnoughParts: if fewer lie in the store.
    """
    problems = [problem for draft in repairs for problem in _problems_of(draft)]
    if problems:
        raise BadInput(problems)
    held = {row.pk: row for row in hold_equipment([draft.equipment.pk for draft in repairs], by=by)}
    _refuse_second(repairs)
    made = []
    for draft in repairs:
        row = held[draft.equipment.pk]
        repair = Repair(
            equipment=row, fault=draft.fault, began_on=draft.began_on, ended_on=draft.ended_on, done_by=draft.done_by.strip(),
            what=draft.what.strip(), cost=draft.cost, currency=draft.currency.strip(), paid_by=draft.paid_by,
            document=receive(draft.upload, at=at, by=by) if draft.upload else None,
        )  # fmt: skip
        if row.status in {EquipmentStatus.WORKING.value, EquipmentStatus.FAULTY.value}:
            day = max(draft.began_on, last_change(row) or draft.began_on)
            take_steps([Step(row, EquipmentStatus.IN_REPAIR, day, draft.what.strip())], by=by)
        with contested(lambda: _refuse_second(repairs)):
            repair.save(force_insert=True)
        _use_parts(repair, draft, by=by)
        if draft.ended_on is not None:
            _mend(repair, row, draft.ended_on, by=by)
        made.append(repair)
    log.record_each("sites.repaired", by=by, subjects=made)
    return made


@transaction.atomic
def end_repair(
    *,
    repair: Repair,
    ended_on: date,
    cost: Decimal | None,
    currency: str,
    paid_by: Organisation | None,
    upload: Upload | None,
    at: datetime,
    by: Actor,
) -> Repair:
    """
    Say that a repair is over, what it cost and who pays; its fault is mended, and the machine works where nothing else is wrong.

    :raises WrongMoment: if it is over already. :raises BadInput: for a day before it began, or an amount that is none.
    """
    (row,) = hold_equipment([repair.equipment_id], by=by)
    found = Repair.objects.select_for_update(of=("self",)).select_related("fault").filter(pk=repair.pk).first()
    if found is None:
        raise NotFound(N_("There is no such record of this equipment."))
    if found.ended_on is not None:
        raise WrongMoment(N_("This repair was over on %(day)s."), day=found.ended_on)
    problems = faults_of_amount(cost, currency, column="cost")
    if ended_on < found.began_on:
        problems.append(Problem(N_("A repair ends after it begins."), column="ended_on"))
    if problems:
        raise BadInput(problems)
    found.ended_on, found.cost, found.currency, found.paid_by = ended_on, cost, currency, paid_by
    if upload is not None:
        found.document = receive(upload, at=at, by=by)
    found.save(update_fields=["ended_on", "cost", "currency", "paid_by", "document"])
    _mend(found, row, ended_on, by=by)
    log.record("sites.repair_ended", by=by, subject=found)
    return found


@transaction.atomic
def calibrate_equipment(*, calibrations: Sequence[CalibrationDraft], at: datetime, by: Actor) -> list[Calibration]:
    """Write down that machines were compared with a standard. :raises WrittenAlready: if that day has its calibration."""
    problems = [
        Problem(N_("Say who calibrated it, and with which result."), column="done_by")
        for draft in calibrations
        if not draft.done_by.strip() or draft.result not in CalibrationResult
    ]
    if problems:
        raise BadInput(problems)
    hold_equipment([draft.equipment.pk for draft in calibrations], by=by)
    for draft in calibrations:
        if Calibration.objects.filter(equipment=draft.equipment, calibrated_on=draft.calibrated_on).exists():
            raise _written(draft.equipment, draft.calibrated_on)
    made = [
        Calibration(
            equipment=draft.equipment, calibrated_on=draft.calibrated_on, done_by=draft.done_by.strip(), result=draft.result,
            document=receive(draft.upload, at=at, by=by) if draft.upload else draft.document,
        )
        for draft in calibrations
    ]  # fmt: skip
    Calibration.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.calibrated", by=by, subjects=made)
    return made


@transaction.atomic
def note_instructions(*, instructions: Sequence[InstructionDraft], by: Actor) -> list[Instruction]:
    """Write down that people learned to work on machines. :raises WrittenAlready: if the same stands there."""
    problems = [
        Problem(N_("Say who gave it, and to how many people."), column="given_by")
        for draft in instructions
        if not draft.given_by.strip() or not 1 <= draft.people <= 999
    ]
    if problems:
        raise BadInput(problems)
    hold_equipment([draft.equipment.pk for draft in instructions], by=by)
    for draft in instructions:
        same = Instruction.objects.filter(
            equipment=draft.equipment, held_on=draft.held_on, given_by=draft.given_by.strip()
        )
        if same.exists():
            raise _written(draft.equipment, draft.held_on)
    made = [
        Instruction(
            equipment=draft.equipment, held_on=draft.held_on, given_by=draft.given_by.strip(), people=draft.people,
            what=draft.what.strip(),
        )
        for draft in instructions
    ]  # fmt: skip
    Instruction.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.instructed", by=by, subjects=made)
    return made


def _use_parts(repair: Repair, draft: RepairDraft, *, by: Actor) -> None:
    if draft.parts:
        move_parts(
            steps=[PartStep(part, -count, draft.began_on) for part, count in draft.parts], repair=repair, by=by
        )  # fmt: skip


def _mend(repair: Repair, row: Equipment, on: date, *, by: Actor) -> None:
    """The fault that it mends is settled that day."""
    fault = repair.fault
    if fault is not None:
        Fault.objects.filter(pk=fault.pk, settled_on__isnull=True).update(
            settled_on=max(on, fault.reported_on), settled_as=FaultEnd.MENDED
        )
    after_repair(row, on, by=by)


def _problems_of(draft: RepairDraft) -> list[Problem]:
    problems = faults_of_amount(draft.cost, draft.currency, column="cost")
    if not draft.done_by.strip():
        problems.append(Problem(N_("Say who mends it: a firm or an office."), column="done_by"))
    if draft.ended_on is not None and draft.ended_on < draft.began_on:
        problems.append(Problem(N_("A repair ends after it begins."), column="ended_on"))
    if draft.fault is not None and draft.fault.equipment_id != draft.equipment.pk:
        problems.append(Problem(N_("This fault is of another machine."), column="fault"))
    if any(part.site_id != draft.equipment.site_id for part, _count in draft.parts):
        problems.append(Problem(N_("Parts come from the store of the same site."), column="parts"))
    return problems


def _refuse_second(repairs: Sequence[RepairDraft]) -> None:
    for draft in repairs:
        there = Repair.objects.filter(equipment=draft.equipment)
        if draft.ended_on is None and there.filter(ended_on__isnull=True).exists():
            raise RepairGoesOn(
                N_("%(equipment)s is being repaired already. End that repair first."), equipment=str(draft.equipment)
            )
        if there.filter(began_on=draft.began_on, done_by=draft.done_by.strip()).exists():
            raise _written(draft.equipment, draft.began_on)


def _readings_of(held: Sequence[Equipment]) -> dict[UUID, list[tuple[date, Decimal]]]:
    found: dict[UUID, list[tuple[date, Decimal]]] = {row.pk: [] for row in held}
    rows = UseReading.objects.filter(equipment__in=held).values_list("equipment", "read_on", "hours")
    for key, day, hours in rows:
        found[key].append((day, hours))
    return found


def _require_between(draft: ReadingDraft, there: Sequence[tuple[date, Decimal]]) -> None:
    before = max((hours for day, hours in there if day < draft.read_on), default=Decimal(0))
    after = min((hours for day, hours in there if day > draft.read_on), default=HOUR_METER_TURNS)
    if draft.hours != round(draft.hours, 1) or not 0 <= draft.hours < HOUR_METER_TURNS:
        raise BadInput([Problem(N_("Write hours with at most one place behind the point."), column="hours")])
    if not before <= draft.hours <= after:
        raise BadInput(
            [
                Problem(
                    N_("It showed %(before)s before. If the meter of %(equipment)s was changed, add what the old one showed."),
                    {"equipment": str(draft.equipment), "before": before}, column="hours",
                )
            ]
        )  # fmt: skip


def _refuse_written(readings: Sequence[ReadingDraft]) -> None:
    for draft in readings:
        if UseReading.objects.filter(equipment=draft.equipment, read_on=draft.read_on).exists():
            raise _written(draft.equipment, draft.read_on)


def _written(equipment: Equipment, day: date) -> WrittenAlready:
    return WrittenAlready(
        N_("That is written down for %(equipment)s on %(day)s already."), equipment=str(equipment), day=day
    )
