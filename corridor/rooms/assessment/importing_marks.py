"""The import of marks: written tests are taken elsewhere, and come in by sheet per learner and test."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal, whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.importing import Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, made_by
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import local_day_at_home
from corridor.rooms.training.imports.naming import NARROWS, cohorts_for, cohorts_named, fault_of_cohort, unknown
from corridor.rooms.training.models import Enrolment

from .actions import MarkDraft, correct_marks, record_marks, remove_marks
from .importing import WORDS
from .marks import plain, problem_of
from .models import Instrument, InstrumentKind, WrittenMark
from .queries import list_marks
from .schemes import schemes_on

READ = ("enrolment__cohort", "enrolment__person", "instrument__scheme__unit")
MOST = 99_999


class MarksImport(RecordsImport):
    """Rows of marks, each known by cohort, seat, unit, test and day."""

    name = "marks"
    title = N_("Marks of written tests")
    permission = Permission.MARK_RECORD
    words = WORDS
    narrows = NARROWS
    about_persons = ("person",)
    first_column = "number"
    fixed = ("cohort", "number", "person", "unit", "test", "taken_on")
    kept = ("person", "scale", "pass_mark")
    columns = (
        ImportColumn("cohort", N_("Cohort"), reference(40), required=True),
        ImportColumn("number", N_("Seat"), whole(1, 9_999), required=True),
        ImportColumn("person", N_("Reference of the person"), reference(), about=N_("Told by the records; with it a wrong seat is noticed.")),
        ImportColumn("unit", N_("Unit"), text(20), required=True, about=N_("The code of a unit of the cohort’s curriculum.")),
        ImportColumn("test", N_("Test"), whole(1, 40), required=True, about=N_("The number of the written test in the scheme of the unit.")),
        ImportColumn("taken_on", N_("Taken on"), day, required=True),
        ImportColumn("mark", N_("Mark"), decimal(2, 0, MOST), required=True),
        ImportColumn("scale", N_("Highest mark"), decimal(2, 0, MOST), about=N_("Told by the scheme; another one is refused.")),
        ImportColumn("pass_mark", N_("Passed from"), decimal(2, 0, MOST), about=N_("Told by the scheme; another one is refused.")),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def reference_of(self, record: WrittenMark) -> str:
        return str(record)

    def values(self, record: WrittenMark) -> dict[str, Any]:
        test = record.instrument
        return {
            "cohort": record.enrolment.cohort.reference, "number": record.enrolment.number,
            "person": record.enrolment.person.reference, "unit": test.scheme.unit.code, "test": test.position,
            "taken_on": record.taken_on, "mark": plain(record.mark), "scale": _plain(test.scale),
            "pass_mark": _plain(test.pass_mark),
        }  # fmt: skip

    def key_of(self, row: Given) -> Hashable:
        return _said(row)

    def fault(self, row: Given, record: WrittenMark | None, known: "_Known", *, by: Actor) -> Planned | None:
        if fault := fault_of_cohort(row, known.cohorts, by=by, permission=self.permission):
            return fault
        enrolment = known.seat(row)
        if enrolment is None:
            return unknown(row, "number", fix=N_("Write the seat or the reference of a learner of the cohort."))
        if row.get("person") and row["person"] != enrolment.person.reference:
            return refused(
                row, "person", "another_person", N_("Seat %(seat)s of %(cohort)s is not %(cell)s."), seat=enrolment.number,
                cohort=row["cohort"], fix=N_("Look at the seat."),
            )  # fmt: skip
        test = record.instrument if record is not None else known.test(row)
        if test is None:
            return refused(
                row, "test", "no_test", N_("%(unit)s has no written test %(cell)s in the scheme of that day."),
                unit=row["unit"], fix=N_("Look at the scheme of the unit for the number of the test."),
            )  # fmt: skip
        for column, standing in (("scale", test.scale), ("pass_mark", test.pass_mark)):
            if row.get(column) is not None and row[column] != standing:
                return refused(
                    row, column, "another_scale", N_("The scheme says %(standing)s, the sheet %(cell)s."),
                    standing=_plain(standing), fix=N_("Convert the marks to the scale of the scheme, or leave the cell empty."),
                )  # fmt: skip
        if (problem := problem_of(test, row["mark"])) is not None:
            return refused(row, "mark", "off_scale", problem.message, fix=N_("Look at the mark."), **problem.places)
        return None

    def fault_of_right(self, row: Given, record: WrittenMark | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        return None

    def fault_of_change(
        self, planned: Planned, record: WrittenMark, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if row["taken_on"] <= local_day_at_home(at):
            return None
        return refused(
            row, "taken_on", "to_come", N_("%(cell)s is still to come; nothing is recorded for it yet."),
            fix=N_("Look at the day."),
        )  # fmt: skip

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        if new:
            known = self.known([each.given for each in new], by=by)
            record_marks(marks=[known.draft(each) for each in new], by=by)
        changed = [(each.record, each.given["mark"]) for each in planned if each.verdict == Verdict.UPDATE]
        if changed:
            correct_marks(marks=changed, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [(record, row["mark"]) for _each, record, row in self.changed_back(done)]
        if changed:
            correct_marks(marks=changed, by=by)
        if made := made_by(done):
            remove_marks(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, WrittenMark]:
        return WrittenMark.objects.select_related(*READ).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        for cohort in cohorts_for(by=by, permission=Permission.DECISION_VIEW, narrowed=narrowed):
            for held in list_marks(cohort=cohort, by=by).filter(taken_on__lte=on):
                yield self.values(held)


class _Known:
    """Seats, tests and marks of the cohorts that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        # A mark has no reference: none is found by one.
        self.standing: Mapping[str, WrittenMark] = {}
        self.cohorts = cohorts_named(rows, by=by)
        keys = [cohort.pk for cohort in self.cohorts.values()]
        seats = Enrolment.objects.filter(cohort__in=keys).select_related("cohort", "person")
        self._seats = {(each.cohort.reference, each.number): each for each in seats}
        marks = WrittenMark.objects.filter(enrolment__cohort__in=keys).select_related(*READ)
        self._said: dict[Hashable, WrittenMark] = {_key(each): each for each in marks}
        versions = {cohort.curriculum_version_id for cohort in self.cohorts.values()}
        tests = Instrument.objects.filter(kind=InstrumentKind.WRITTEN, scheme__unit__version__in=versions)
        found = list(tests.select_related("scheme__unit"))
        days = {row["taken_on"] for row in rows}
        units = {each.scheme.unit_id for each in found}
        in_force = schemes_on((unit, each) for unit in units for each in days)
        self._tests: dict[tuple[UUID, str, int, date], Instrument] = {
            (each.scheme.unit.version_id, each.scheme.unit.code, each.position, on): each
            for each in found
            for on in days
            if (scheme := in_force.get((each.scheme.unit_id, on))) is not None and scheme.pk == each.scheme_id
        }

    def alike(self, row: Given) -> WrittenMark | None:
        return self._said.get(_said(row))

    def seat(self, row: Given) -> Enrolment | None:
        return self._seats.get((row["cohort"], row["number"]))

    def test(self, row: Given) -> Instrument | None:
        cohort = self.cohorts[row["cohort"]]
        return self._tests.get((cohort.curriculum_version_id, row["unit"], row["test"], row["taken_on"]))

    def draft(self, planned: Planned) -> MarkDraft:
        row = planned.given
        return MarkDraft(
            enrolment=self._seats[row["cohort"], row["number"]],
            instrument=self._tests[
                self.cohorts[row["cohort"]].curriculum_version_id, row["unit"], row["test"], row["taken_on"]
            ],
            taken_on=row["taken_on"], mark=row["mark"], key=planned.subject,
        )  # fmt: skip


def _said(row: Given) -> Hashable:
    return (row["cohort"], row["number"], row["unit"], row["test"], row["taken_on"])


def _key(mark: WrittenMark) -> Hashable:
    test = mark.instrument
    return (mark.enrolment.cohort.reference, mark.enrolment.number, test.scheme.unit.code, test.position, mark.taken_on)


def _plain(mark: Decimal | None) -> Decimal | None:
    return None if mark is None else plain(mark)
