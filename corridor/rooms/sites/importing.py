"""The import of equipment: what stands at a site, corrected by its number, and how far it works."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal, whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import AT_ONCE, Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import AS_EXPORTED, RecordsImport, changed_values, keys_in, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .actions import add_equipment, change_equipment, move_equipment, remove_equipment, take_steps_back
from .actions.equipping import FIELDS, EquipmentChanged
from .amounts import faults_of_amount
from .drafts import EquipmentDraft, EquipmentStep
from .holding import last_change
from .lifecycle import EQUIPMENT, EquipmentStatus
from .models import Condition, Equipment, Site
from .queries import list_equipment
from .working_again import still_wrong

WORDS = Path(__file__).with_name("importing_words.toml")
# Columns that name an organisation.
WHOSE = ("owner", "donor", "running_costs_by")
TEXTS = ("currency", "serial", "condition", "mended_by")


AMOUNT = N_("Write the number in one column and the three letters of its currency in the other.")


class EquipmentImport(RecordsImport):
    """Rows of equipment. A thing is never taken away: it is retired, by the column of its state."""

    name = "equipment"
    title = N_("Equipment of sites")
    permission = Permission.EQUIPMENT_KEEP
    words = WORDS
    narrows = ("site", "q", "state")
    fixed = ("site", "inventory_number")
    kept = ("count", "status")
    first_column = "inventory_number"
    columns = (
        ImportColumn("reference", N_("Key of the equipment"), text(36), is_reference=True, about=N_("Empty for a new thing; a key is given then.")),
        ImportColumn("site", N_("Reference of the site"), reference(60), required=True),
        ImportColumn("kind", N_("What it is"), text(150), required=True),
        ImportColumn("inventory_number", N_("Number in the inventory"), text(60), required=True),
        ImportColumn("count", N_("How many of it"), whole(1, 1_000_000), about=N_("Empty: one.")),
        ImportColumn(
            "status", N_("How far it works"), choice(EquipmentStatus, words=WORDS, name="status", empty=EquipmentStatus.WORKING),
        ),
        ImportColumn("since", N_("So since"), day, about=N_("The day from which it is in that state; empty: the day of the import.")),
        ImportColumn("reason", N_("Why it is so"), text(300)),
        ImportColumn("acquired_on", N_("Acquired on"), day),
        ImportColumn("document", N_("Document that came with it"), reference(60)),
        ImportColumn("owner", N_("Owner"), reference(60), about=N_("The reference of an organisation.")),
        ImportColumn("donor", N_("Given by"), reference(60), about=N_("The reference of an organisation.")),
        ImportColumn("value", N_("Value"), decimal(3, 0)),
        ImportColumn("currency", N_("Currency of the value"), text(3), about=N_("Three letters, like LAK or CNY.")),
        ImportColumn("serial", N_("Serial number"), text(80)),
        ImportColumn("condition", N_("Condition"), choice(Condition, words=WORDS, name="condition")),
        ImportColumn("calibration_months", N_("Calibrated every so many months"), whole(1, 240), about=N_("Empty: never.")),
        ImportColumn("running_costs_by", N_("Who pays what it needs while it runs"), reference(60), about=N_("The reference of an organisation.")),
        ImportColumn("mended_by", N_("Who can mend it"), text(200), about=N_("A firm or an office, never a person.")),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Equipment) -> dict[str, Any]:
        changes = list(record.changes.all())
        return {
            "site": record.site.reference,
            "kind": record.kind,
            "inventory_number": record.inventory_number,
            "count": record.count,
            "status": record.status,
            "since": last_change(record),
            "reason": changes[-1].reason if changes else "",
            "acquired_on": record.acquired_on,
            "document": record.document.reference if record.document else "",
            **{name: named.reference if (named := getattr(record, name)) else "" for name in WHOSE},
            **{
                name: getattr(record, name)
                for name in ("value", "currency", "serial", "condition", "calibration_months", "mended_by")
            },
        }

    def reference_of(self, record: Equipment) -> str:
        return str(record)

    def key_of(self, row: Given) -> Hashable:
        return (row["site"], row["inventory_number"])

    def fault(self, row: Given, record: Equipment | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if row["site"] not in known.sites:
            return refused(
                row, "site", "unknown_site", N_("There is no site “%(cell)s”."), fix=N_("Copy the reference from the list of sites.")
            )  # fmt: skip
        if (named := row.get("document")) and named not in known.documents:
            return refused(
                row, "document", "unknown_document", N_("There is no document “%(cell)s”."),
                fix=N_("Copy the reference from the page of the document."),
            )  # fmt: skip
        for column in WHOSE:
            if (named := row.get(column)) and named not in known.organisations:
                return refused(
                    row, column, "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                    fix=N_("Copy the reference from the page of the member."),
                )  # fmt: skip
        amount = record.value if "value" not in row.values and record else row.get("value")
        currency = record.currency if "currency" not in row.values and record else row.get("currency", "")
        for problem in faults_of_amount(amount, currency, column="value"):
            return refused(row, problem.column, "amount", problem.message, fix=AMOUNT, **problem.places)
        return None

    def fault_of_right(self, row: Given, record: Equipment | None, known: "_Known", *, by: Actor) -> Planned | None:
        if by.may(self.permission, on=known.sites[row["site"]] if record is None else record):
            return None
        return refused(
            row, "site", "not_yours", N_("%(cell)s is no site whose equipment you keep."),
            fix=N_("Leave the row out; the site itself can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Equipment, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        row, columns = planned.given, {shift.column for shift in planned.changes}
        if "status" not in columns:
            if alone := columns & {"since", "reason"}:
                return refused(
                    row, min(alone), "stays", N_("Since when and why go with a new state; the state stays the same here."),
                    fix=AS_EXPORTED,
                )  # fmt: skip
            return None
        now, to = EquipmentStatus(record.status), EquipmentStatus(row["status"])
        if not EQUIPMENT.may_become(now, to):
            return refused(
                row, "status", "no_such_step", N_("%(thing)s is “%(now)s”; it cannot become “%(to)s”."), thing=str(record),
                now=now.value, to=to.value, fix=N_("What is retired stays so; write a row for a new thing."),
            )  # fmt: skip
        if to == EquipmentStatus.WORKING and record.pk in known.still_wrong:
            return refused(
                row, "status", "not_mended", N_("A fault or a repair of %(thing)s is open; until it is over it does not work."),
                thing=str(record), fix=N_("Settle the fault, or end the repair; then it works again by itself."),
            )  # fmt: skip
        last = last_change(record)
        if last is not None and _since(planned, at) < last:
            return refused(
                row, "since", "too_early", N_("%(thing)s has changed on %(last)s; a new change cannot take effect before that day."),
                thing=str(record), last=last.isoformat(), fix=N_("Write that day or a later one."),
            )  # fmt: skip
        return None

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if row.get("status", EquipmentStatus.WORKING) == EquipmentStatus.WORKING and row.get("since") is not None:
            return refused(
                row, "since", "stays", N_("A new thing works from the day on which it came; that day is “Acquired on”."),
                fix=N_("Empty the cell, or say in which state it is."),
            )  # fmt: skip
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        known = _Known([each.given for each in planned], by=by)
        new = [_draft(each, known) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            add_equipment(equipment=new, at=at, by=by)
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        facts = [(each, _facts(changed_values(each), known.documents, known.organisations)) for each in changed]
        if wanted := [EquipmentChanged(each.record, values) for each, values in facts if values]:
            change_equipment(changes=wanted, by=by)
        steps = [
            EquipmentStep(each.record, EquipmentStatus(each.given["status"]), _since(each, at), _reason(each))
            for each in changed if _moves(each.changes)
        ]  # fmt: skip
        if steps:
            move_equipment(steps=steps, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        take_steps_back(keys=[each.subject for each, _record, _row in changed if _moves(each.changes)], by=by)
        documents = by_reference(Document.objects, [row.get("document") for _each, _record, row in changed])
        organisations = by_reference(
            Organisation.objects, [row.get(column) for _each, _record, row in changed for column in WHOSE]
        )
        olds = [
            (record, _facts({shift.column: self.old_value(shift) for shift in each.changes}, documents, organisations))
            for each, record, _row in changed
        ]
        if back := [EquipmentChanged(record, values) for record, values in olds if values]:
            change_equipment(changes=back, by=by)
        remove_equipment(keys=made_by(done), by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Equipment]:
        return _read(Equipment.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        rows = list_equipment(
            by=by, on=on, site=narrowed.get("site", ""), words=narrowed.get("q", ""), state=narrowed.get("state", "")
        )
        for held in rows.iterator(chunk_size=AT_ONCE):
            yield {"reference": str(held.pk), **self.values(held)}


def _read(rows: QuerySet[Equipment]) -> QuerySet[Equipment]:
    return rows.select_related("site", "document", *WHOSE).prefetch_related("changes")


def _moves(changes: Sequence[Any]) -> bool:
    return any(shift.column == "status" for shift in changes)


def _since(each: Planned, at: datetime) -> date:
    """From when a thing is in its new state: as the row says, where it says so anew, else from the day of the import."""
    found = changed_values(each).get("since")
    return found if isinstance(found, date) else at.date()


def _reason(each: Planned) -> str:
    return str(changed_values(each).get("reason", ""))


def _facts(
    values: Mapping[str, Any], documents: Mapping[str, Document], organisations: Mapping[str, Organisation]
) -> dict[str, Any]:
    found = {name: value for name, value in values.items() if name in FIELDS}
    if "document" in found:
        found["document"] = documents.get(found["document"])
    for name in found.keys() & set(WHOSE):
        found[name] = organisations.get(found[name])
    # An empty cell of words is no words; one of a number is none.
    return found | {name: "" for name in found.keys() & set(TEXTS) if found[name] is None}


def _draft(each: Planned, known: "_Known") -> EquipmentDraft:
    row = each.given
    whose: dict[str, Any] = {name: known.organisations.get(row.get(name, "")) for name in WHOSE}
    texts: dict[str, Any] = {name: row.get(name, "") for name in TEXTS}
    return EquipmentDraft(
        site=known.sites[row["site"]], kind=row["kind"], inventory_number=row["inventory_number"], count=row.get("count", 1),
        acquired_on=row.get("acquired_on"), document=known.documents.get(row.get("document", "")),
        status=EquipmentStatus(row.get("status", EquipmentStatus.WORKING)), since=row.get("since"),
        reason=row.get("reason", ""), key=each.subject,
        **whose, **texts, value=row.get("value"), calibration_months=row.get("calibration_months"),
    )  # fmt: skip


class _Known:
    """Sites, documents and equipment that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.sites = by_reference(Site.objects, [row.get("site") for row in rows])
        self.documents = by_reference(Document.objects, [row.get("document") for row in rows])
        self.organisations = by_reference(Organisation.objects, [row.get(column) for row in rows for column in WHOSE])
        visible = _read(Equipment.objects.visible_to(by))
        numbers = {row.get("inventory_number") for row in rows}
        there = list(visible.filter(site__in=self.sites.values(), inventory_number__in=numbers))
        named = visible.filter(pk__in=keys_in(rows, "reference"))
        self.standing = {str(each.pk): each for each in (*there, *named)}
        self.still_wrong = set[UUID]().union(*still_wrong([each.pk for each in self.standing.values()]))
        self._by_number = {(each.site.reference, each.inventory_number): each for each in there}

    def alike(self, row: Given) -> Equipment | None:
        return self._by_number.get((row["site"], row["inventory_number"]))
