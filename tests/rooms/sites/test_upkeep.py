"""Hours, repairs, parts, calibrations and instructions of equipment, and what is refused of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.actions.equipping import EquipmentChanged
from corridor.rooms.sites.drafts import EquipmentStep, FaultStep, InstructionDraft, PartStep, ReadingDraft, RepairDraft
from corridor.rooms.sites.lifecycle import EquipmentStatus
from tests.factories.sites import make_equipment, make_site
from tests.factories.upkeep import AT, BROKEN_ON, MENDED_ON, make_calibration, make_fault, make_part, make_repair

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine():
    return make_equipment(make_site())


def read(machine, day, hours):
    return actions.write_readings(readings=[ReadingDraft(machine, day, Decimal(hours))], by=NIGHTLY)


def change(machine, **values):
    return actions.change_equipment(changes=[EquipmentChanged(machine, values)], by=NIGHTLY)[0]


def due(machine):
    machine.refresh_from_db()
    return queries.upkeep_of(equipment=machine, by=NIGHTLY).calibration_due_on


def test_a_meter_never_shows_less_than_before_nor_more_than_after(machine):
    read(machine, date(2024, 1, 31), "120.5")
    for day, hours in ((date(2024, 2, 1), "120.4"), (date(2024, 1, 30), "121")):
        with pytest.raises(BadInput):
            read(machine, day, hours)
    read(machine, date(2024, 1, 15), "100")
    with pytest.raises(actions.WrittenAlready):
        read(machine, date(2024, 1, 15), "100")
    assert [str(each.hours) for each in machine.readings.all()] == ["100.0", "120.5"]


def test_one_repair_goes_on_at_a_time_and_ends_with_what_it_cost(machine):
    repair = make_repair(machine, ended_on=None)
    machine.refresh_from_db()
    assert machine.status == "in_repair"
    with pytest.raises(actions.RepairGoesOn):
        make_repair(machine, began_on=MENDED_ON, ended_on=None)
    ended = {"currency": "LAK", "paid_by": machine.site.host, "upload": None, "at": AT, "by": NIGHTLY}
    actions.end_repair(repair=repair, ended_on=MENDED_ON, cost=Decimal(900_000), **ended)
    machine.refresh_from_db()
    assert (machine.status, machine.repairs.get().paid_by) == ("working", machine.site.host)
    with pytest.raises(WrongMoment):
        actions.end_repair(repair=repair, ended_on=MENDED_ON, cost=None, **ended | {"currency": ""})


def test_a_machine_with_another_fault_does_not_work_after_a_repair(machine):
    mended, _other = make_fault(machine), make_fault(machine, what="noise")
    make_repair(machine, fault=mended)
    machine.refresh_from_db()
    assert (machine.status, machine.status_on(MENDED_ON - timedelta(days=1))) == ("faulty", "in_repair")


def test_nobody_says_that_a_machine_works_while_a_fault_or_a_repair_of_it_is_open(machine):
    step = EquipmentStep(machine, EquipmentStatus.WORKING, MENDED_ON, "It sounds fine.")
    fault = make_fault(machine)
    with pytest.raises(actions.NotMendedYet, match="Settle it"):
        actions.move_equipment(steps=[step], by=NIGHTLY)
    make_repair(machine, fault=fault, ended_on=None)
    actions.settle_faults(steps=[FaultStep(fault, "mended", MENDED_ON)], by=NIGHTLY)
    with pytest.raises(actions.NotMendedYet, match="End the repair"):
        actions.move_equipment(steps=[step], by=NIGHTLY)


def test_parts_that_a_repair_uses_leave_the_store(machine):
    part = make_part(machine.site)
    draft = RepairDraft(machine, BROKEN_ON, "Workshop", MENDED_ON, parts=[(part, 2)])
    actions.begin_repairs(repairs=[draft], at=AT, by=NIGHTLY)
    part.refresh_from_db()
    assert (part.stock, part.is_low, part.movements.get().change) == (1, True, -2)
    with pytest.raises(actions.NotEnoughParts):
        actions.move_parts(steps=[PartStep(part, -2, MENDED_ON, "Sold")], by=NIGHTLY)
    assert [each.number for each in queries.list_parts(by=NIGHTLY, low_only=True)] == ["P-7"]


def test_a_part_of_another_site_mends_nothing_here(machine):
    part = make_part(make_site("wks-two"))
    with pytest.raises(BadInput):
        actions.begin_repairs(
            repairs=[RepairDraft(machine, BROKEN_ON, "Workshop", parts=[(part, 1)])], at=AT, by=NIGHTLY
        )


def test_a_calibration_is_due_after_its_rhythm_and_at_once_where_it_failed(machine):
    assert due(machine) is None
    change(machine, calibration_months=12)
    assert due(machine) == date(2023, 10, 10)
    make_calibration(machine, on=date(2023, 8, 31))
    change(machine, calibration_months=6)
    assert due(machine) == date(2024, 2, 29)
    make_calibration(machine, on=date(2023, 12, 1), result="failed")
    assert due(machine) == date(2023, 12, 1)


@pytest.mark.parametrize(
    ("value", "currency", "column"),
    [
        (None, "LAK", "value"), ("10", "", "currency"), ("10", "XXZ", "currency"), ("10.5", "JPY", "value"),
        ("-1", "LAK", "value"), ("1e13", "LAK", "value"),
    ],
    ids=["no amount", "no currency", "unknown", "places", "negative", "huge"],
)  # fmt: skip
def test_an_amount_is_exact_in_a_currency_that_exists(machine, value, currency, column):
    with pytest.raises(BadInput) as refused:
        change(machine, value=Decimal(value) if value else None, currency=currency)
    assert refused.value.problems[0].column == column


def test_instruction_keeps_how_many_and_nobody_by_name(machine):
    draft = InstructionDraft(machine, BROKEN_ON, "The maker", 4)
    actions.note_instructions(instructions=[draft], by=NIGHTLY)
    with pytest.raises(actions.WrittenAlready):
        actions.note_instructions(instructions=[draft], by=NIGHTLY)
    assert machine.instructions.get().people == 4


def test_who_does_not_keep_equipment_writes_nothing(machine):
    part = make_part(machine.site)
    for act in (
        lambda: actions.write_readings(readings=[ReadingDraft(machine, BROKEN_ON, Decimal(1))], by=VISITOR),
        lambda: actions.begin_repairs(repairs=[RepairDraft(machine, BROKEN_ON, "Workshop")], at=AT, by=VISITOR),
        lambda: actions.move_parts(steps=[PartStep(part, 1, BROKEN_ON, "Bought")], by=VISITOR),
        lambda: queries.upkeep_of(equipment=machine, by=VISITOR),
    ):
        with pytest.raises(AccessDenied):
            act()
