"""The sheets in which a folder brings the history of equipment and what lies in the stores."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from . import actions
from .drafts import (
    CalibrationDraft,
    FaultDraft,
    FaultStep,
    InstructionDraft,
    PartDraft,
    PartStep,
    ReadingDraft,
    RepairDraft,
)
from .models import CalibrationResult, Equipment, Fault, FaultEnd, FaultKind, Site, SparePart

NO_MACHINE = N_("The site has nothing under the number “%(cell)s”.")
MACHINE = (Column("site", read.reference(60)), Column("inventory_number", read.text(60)))


class _Named:
    """The machines, parts, organisations and documents that the rows of one sheet name."""

    def __init__(self, rows: Sequence[Row], *, organisations: Sequence[str] = (), documents: bool = False) -> None:
        sites = {row["site"] for row in rows}
        self.findings = Findings()
        machines = Equipment.objects.filter(site__reference__in=sites).select_related("site")
        self._machines = {(each.site.reference, each.inventory_number): each for each in machines}
        parts = SparePart.objects.filter(site__reference__in=sites).select_related("site")
        self._parts = {(each.site.reference, each.number): each for each in parts}
        self._organisations = by_reference(
            Organisation.objects.all(), (row[column] for row in rows for column in organisations)
        )
        self._documents = by_reference(Document.objects.all(), (row["document"] for row in rows)) if documents else {}

    def machine(self, row: Row) -> Equipment | None:
        key = (row["site"], row["inventory_number"])
        return self.findings.find(row, "inventory_number", self._machines, NO_MACHINE, key=key)

    def part(self, row: Row, number: str, column: str) -> SparePart | None:
        return self.findings.find(row, column, self._parts, NO_MACHINE, key=(row["site"], number))

    def organisation(self, row: Row, column: str) -> Organisation | None:
        return self.findings.find(row, column, self._organisations)

    def document(self, row: Row) -> Document | None:
        return self.findings.find(row, "document", self._documents)


def _taken(rows: Sequence[Row], act: Callable[[], Sequence[Any]], findings: Findings) -> int:
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(act())


def take_readings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    named = _Named(rows)
    drafts = [ReadingDraft(it, row["read_on"], row["hours"]) for row in rows if (it := named.machine(row))]
    return _taken(rows, lambda: actions.write_readings(readings=drafts, by=by), named.findings)


def take_faults(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Each with what mended it, in the order of days: a machine breaks again only after it was mended."""
    named = _Named(rows, organisations=("paid_by",))
    found = [(row, it) for row in rows if (it := named.machine(row))]
    payers = [named.organisation(row, "paid_by") for row, _it in found]
    parts = [_parts_of(row, named) for row, _it in found]
    named.findings.refuse_if_any()
    with refusals_in(rows):
        for (row, machine), payer, used in zip(found, payers, parts, strict=True):
            draft = FaultDraft(machine, row["what"], row["reported_on"], row["words"])
            (fault,) = actions.report_faults(faults=[draft], at=at, by=by)
            _mend(row, machine, fault, payer, used, at=at, by=by)
    return len(rows)


def _mend(
    row: Row, machine: Equipment, fault: Fault, payer: Organisation | None, parts: list[tuple[SparePart, int]], *,
    at: datetime, by: Actor,
) -> None:  # fmt: skip
    if row["repair_began_on"] is not None:
        repair = RepairDraft(
            machine, row["repair_began_on"], row["repaired_by"], row["settled_on"], row["repair"], row["cost"],
            row["currency"], payer, fault, parts,
        )  # fmt: skip
        actions.begin_repairs(repairs=[repair], at=at, by=by)
    elif row["settled_on"] is not None:
        step = FaultStep(fault, row["settled_as"] or FaultEnd.MENDED, row["settled_on"], row["repair"])
        actions.settle_faults(steps=[step], by=by)


def _parts_of(row: Row, named: _Named) -> list[tuple[SparePart, int]]:
    """``parts_used`` is "P-7:2;P-9": how many of each, one where nothing is said."""
    found = []
    for one in row["parts_used"]:
        number, _colon, count = one.partition(":")
        part = named.part(row, number, "parts_used")
        if count and not count.isdecimal():
            named.findings.add(row, "parts_used", N_("Write parts like P-7:2."))
        elif part is not None:
            found.append((part, int(count or 1)))
    return found


def take_calibrations(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    named = _Named(rows, documents=True)
    drafts = [
        CalibrationDraft(it, row["calibrated_on"], row["done_by"], row["result"], document=named.document(row))
        for row in rows
        if (it := named.machine(row))
    ]
    return _taken(rows, lambda: actions.calibrate_equipment(calibrations=drafts, at=at, by=by), named.findings)


def take_instructions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    named = _Named(rows)
    drafts = [
        InstructionDraft(it, row["held_on"], row["given_by"], row["people"], row["what"])
        for row in rows
        if (it := named.machine(row))
    ]
    return _taken(rows, lambda: actions.note_instructions(instructions=drafts, by=by), named.findings)


def take_parts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    sites: Mapping[str, Site] = by_reference(Site.objects.all(), (row["site"] for row in rows))
    drafts = [
        PartDraft(site, row["number"], row["name"], row["fits"], row["stock"], row["reorder_level"])
        for row in rows
        if (site := findings.find(row, "site", sites))
    ]
    return _taken(rows, lambda: actions.add_parts(parts=drafts, by=by), findings)


def take_movements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    named = _Named(rows)
    steps = [
        PartStep(part, row["change"], row["moved_on"], row["reason"])
        for row in rows
        if (part := named.part(row, row["number"], "number"))
    ]
    named.findings.refuse_if_any()
    with refusals_in(rows):
        for step in steps:
            actions.move_parts(steps=[step], by=by)
    return len(steps)


UPKEEP: tuple[SheetKind, ...] = (
    SheetKind(
        name="use_readings",
        pattern="use_readings.*",
        columns=(*MACHINE, Column("read_on", read.day), Column("hours", read.decimal(1, 0))),
        take=take_readings,
        optional=True,
        unique=("site", "inventory_number", "read_on"),
    ),
    SheetKind(
        name="spare_parts",
        pattern="spare_parts.*",
        columns=(
            Column("site", read.reference(60)),
            Column("number", read.text(60)),
            Column("name", read.text(150)),
            Column("fits", read.text(150), required=False, about="a kind of equipment; empty: several"),
            Column("stock", read.whole(0, 1_000_000)),
            Column("reorder_level", read.whole(0, 1_000_000)),
        ),
        take=take_parts,
        optional=True,
        unique=("site", "number"),
    ),
    SheetKind(
        name="part_movements",
        pattern="part_movements.*",
        columns=(
            Column("site", read.reference(60)),
            Column("number", read.text(60)),
            Column("moved_on", read.day),
            Column("change", read.whole(-1_000_000, 1_000_000)),
            Column("reason", read.text(300)),
        ),
        take=take_movements,
        optional=True,
    ),
    SheetKind(
        name="faults",
        pattern="faults.*",
        columns=(
            *MACHINE,
            Column("reported_on", read.day),
            Column("what", read.choice(FaultKind)),
            Column("words", read.text(300), required=False),
            Column("settled_on", read.day, required=False),
            Column("settled_as", read.choice(FaultEnd), required=False),
            Column("repair_began_on", read.day, required=False),
            Column("repaired_by", read.text(200), required=False),
            Column("repair", read.text(300), required=False),
            Column("cost", read.decimal(3, 0), required=False),
            Column("currency", read.text(3), required=False),
            Column("paid_by", read.reference(60), required=False),
            Column("parts_used", read.many(read.text(70)), required=False, about="P-7:2;P-9"),
        ),
        take=take_faults,
        optional=True,
    ),
    SheetKind(
        name="calibrations",
        pattern="calibrations.*",
        columns=(
            *MACHINE,
            Column("calibrated_on", read.day),
            Column("done_by", read.text(200)),
            Column("result", read.choice(CalibrationResult)),
            Column("document", read.reference(60), required=False),
        ),
        take=take_calibrations,
        optional=True,
        unique=("site", "inventory_number", "calibrated_on"),
    ),
    SheetKind(
        name="instructions",
        pattern="instructions.*",
        columns=(
            *MACHINE,
            Column("held_on", read.day),
            Column("given_by", read.text(200)),
            Column("people", read.whole(1, 999)),
            Column("what", read.text(300), required=False),
        ),
        take=take_instructions,
        optional=True,
    ),
)
