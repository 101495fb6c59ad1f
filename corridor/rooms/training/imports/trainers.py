"""The import of the register of trainers: each person once, with employer, days, languages and units."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.texts import reference
from corridor.foundations.sheets.exporting import day_after, last_day
from corridor.foundations.sheets.importing import AT_ONCE, Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import local_day_at_home
from corridor.rooms.people.models import Person

from ..actions.registering import describe_trainers, register_trainers, remove_trainers
from ..models import Trainer
from ..queries.knowing import nameable
from ..queries.trainers import trainers_on
from ..trainer_drafts import TrainerDraft, TrainerFacts
from ..trainer_rules import faults_of_trainer
from .spoken import (
    languages_cell,
    languages_of,
    spoken_as_cell,
    spoken_in,
    unit_names,
    units_as_cell,
    units_by_name,
    units_cell,
)

WORDS = Path(__file__).with_name("trainers_words.toml")


class TrainersImport(RecordsImport):
    """Rows of the register, each known by its person. Qualifications are written down on the page, with their papers."""

    name = "trainers"
    title = N_("Register of trainers")
    permission = Permission.TRAINER_KEEP
    words = WORDS
    narrows = ("employer", "language", "site", "state", "unit", "q")
    first_column = "person"
    fixed = ("person",)
    about_persons = ("person",)
    columns = (
        ImportColumn("person", N_("Reference of the person"), reference(30), required=True),
        ImportColumn("employer", N_("Employer"), reference(60), about=N_("The reference of an organisation.")),
        ImportColumn("starts_on", N_("Trains since"), day, required=True),
        ImportColumn("ends_on", N_("Last day"), day, about=N_("Empty while it goes on.")),
        ImportColumn(
            "languages", N_("Languages"), languages_cell, about=N_("Each with scale, level and source: lo first; en cefr B2 certificate"),
        ),
        ImportColumn("units", N_("Units they may train"), units_cell, about=N_("Like vehicle-inspection.2023.VI-01, with ; between.")),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def reference_of(self, record: Trainer) -> str:
        return record.person.reference

    def values(self, record: Trainer) -> dict[str, Any]:
        return {
            "person": record.person.reference,
            "employer": record.employer.reference if record.employer else "",
            "starts_on": record.held_from,
            "ends_on": last_day(record.held_before),
            "languages": spoken_as_cell(languages_of(record)),
            "units": units_as_cell(each.unit for each in record.units.all()),
        }

    def key_of(self, row: Given) -> Hashable:
        return row["person"]

    def fault(self, row: Given, record: Trainer | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if row["person"] not in known.people:
            return refused(
                row, "person", "unknown_person", N_("There is no person “%(cell)s” whom you may name here."),
                fix=N_("Copy the reference from the page of the person."),
            )  # fmt: skip
        if (named := row.get("employer")) and named not in known.employers:
            return refused(
                row, "employer", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the page of the member."),
            )  # fmt: skip
        if spoken_in(row.get("languages", "")) is None:
            return refused(
                row, "languages", "languages", N_("“%(cell)s” cannot be read as languages."),
                fix=N_("Write each with scale, level and source: lo first; en cefr B2 certificate."),
            )  # fmt: skip
        for name in unit_names(row.get("units", "")):
            if name not in known.units:
                return refused(
                    row, "units", "unknown_unit", N_("There is no unit %(unit)s."), unit=name,
                    fix=N_("Write the curriculum, its version and the code of the unit, with points between."),
                )  # fmt: skip
        for each in faults_of_trainer(_facts(row, record, known)):
            return refused(row, each.column, "trainer", each.message, fix=N_("Look at the row."), **each.places)
        return None

    def fault_of_right(self, row: Given, record: Trainer | None, known: "_Known", *, by: Actor) -> Planned | None:
        facts = _facts(row, record, known)
        would_be = Trainer(person=known.people[row["person"]], employer=facts.employer, held_from=facts.held_from)
        if by.may(self.permission, on=would_be) and (record is None or by.may(self.permission, on=record)):
            return None
        return refused(
            row, "employer", "not_yours", N_("%(person)s is not employed by a member whose trainers you keep."),
            person=row["person"], fix=N_("Leave the row out; the member itself can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Trainer, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        known, on = _Known([each.given for each in planned], by=by), local_day_at_home(at)
        new = [
            TrainerDraft(known.people[each.given["person"]], _facts(each.given, None, known), each.subject)
            for each in planned
            if each.verdict == Verdict.CREATE
        ]
        if new:
            register_trainers(trainers=new, on=on, by=by)
        changed = [
            (each.record, _facts(each.given, each.record, known)) for each in planned if each.verdict == Verdict.UPDATE
        ]
        if changed:
            describe_trainers(changes=changed, on=on, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:
        back = self.changed_back(done)
        known = _Known([row for _each, _record, row in back], by=by)
        if back:
            changes = [(record, _facts(row, record, known)) for _each, record, row in back]
            describe_trainers(changes=changes, on=local_day_at_home(at), by=by)
        if made := made_by(done):
            remove_trainers(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Trainer]:
        return _read(Trainer.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        asked = {name: narrowed.get(name, "") for name in ("employer", "language", "site", "state", "unit")}
        rows = _read(trainers_on(by=by, on=on, words=narrowed.get("q", ""), **asked))
        for held in rows.iterator(chunk_size=AT_ONCE):
            yield self.values(held)


def _read(rows: QuerySet[Trainer]) -> QuerySet[Trainer]:
    return rows.select_related("person", "employer").prefetch_related("languages", "units__unit__version__curriculum")


def _facts(row: Given, record: Trainer | None, known: "_Known") -> TrainerFacts:
    """What the row makes of the entry: columns that the file does not have stay as they are."""
    facts = TrainerFacts(held_from=row["starts_on"])
    if record is not None:
        units = tuple(each.unit for each in record.units.all())
        facts = TrainerFacts(
            held_from=record.held_from, held_before=record.held_before, employer=record.employer,
            languages=languages_of(record), units=units,
        )  # fmt: skip
    said: dict[str, Any] = {"held_from": row["starts_on"]}
    if "ends_on" in row.values:
        said["held_before"] = day_after(row.get("ends_on"))
    if "employer" in row.values:
        said["employer"] = known.employers.get(row.get("employer", ""))
    if "languages" in row.values:
        said["languages"] = spoken_in(row.get("languages", "")) or ()
    if "units" in row.values:
        said["units"] = tuple(known.units[name] for name in unit_names(row.get("units", "")) if name in known.units)
    return replace(facts, **said)


class _Known:
    """Persons, employers, units and entries that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        persons = by_reference(Person.objects.filter(merged_into__isnull=True), [row["person"] for row in rows])
        may = nameable(persons=[person.pk for person in persons.values()], by=by)
        self.people = {name: person for name, person in persons.items() if person.pk in may}
        self.employers = by_reference(Organisation.objects, [row.get("employer") for row in rows])
        self.units = units_by_name(name for row in rows for name in unit_names(row.get("units", "")))
        there = _read(Trainer.objects.visible_to(by)).filter(person__in=persons.values())
        self.standing: dict[str, Trainer] = {each.person.reference: each for each in there}

    def alike(self, row: Given) -> Trainer | None:
        return self.standing.get(row["person"])
