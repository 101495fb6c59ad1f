"""The import of decisions: recorded unit by unit, corrected while they are open, made final where a day says so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import (
    Done,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Verdict,
    refused,
)
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.imports.naming import NARROWS, cohorts_for, fault_of_cohort, twice, unknown, without_empty
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment

from .actions import NewDecision, finalise_decisions, record_decisions
from .actions.deciding import BEING_ASSESSED
from .actions.importing import DecisionChanged, change_decisions, remove_decisions, reopen_decisions
from .import_rows import READ, KnownDecisions, decision_values, read_decisions
from .independence import NEVER_TAUGHT
from .lifecycle import DecisionStatus
from .models import ChecklistPlace, Decision, Result
from .queries import list_decisions

WORDS = Path(__file__).with_name("importing_words.toml")
FIXED = ("cohort", "number", "person", "unit", "attempt", "assessor")


class DecisionsImport(ImportKind):
    """Rows of decisions, by cohort, learner, unit and attempt. What the room refuses of one decision, it refuses of a row."""

    name = "decisions"
    title = N_("Assessors’ decisions")
    permission = Permission.DECISION_RECORD
    words = WORDS
    narrows = NARROWS
    about_persons = ("person", "assessor")
    columns = (
        ImportColumn("cohort", N_("Cohort"), reference(40), required=True),
        ImportColumn("number", N_("Seat"), whole(1, 9_999), about=N_("The seat or the reference of the person says who is meant.")),
        ImportColumn("person", N_("Reference of the person"), reference()),
        ImportColumn("unit", N_("Unit"), text(20), required=True, about=N_("The code of a unit of the cohort’s curriculum.")),
        ImportColumn("attempt", N_("Attempt"), whole(1, 20), about=N_("Empty: the first.")),
        ImportColumn("assessor", N_("Reference of the assessor"), reference(), required=True),
        ImportColumn("result", N_("Result"), choice(Result, words=WORDS, name="result"), required=True),
        ImportColumn("decided_on", N_("Decided on"), day, required=True),
        ImportColumn("final_on", N_("Final on"), day, about=N_("From that day the decision counts and never changes.")),
        ImportColumn("evidence_note", N_("Note about the evidence"), text(5_000)),
    )  # fmt: skip

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,  # noqa: ARG002
        answers: Mapping[str, str],  # noqa: ARG002
        seen: dict[Any, Any],
    ) -> list[Planned]:
        known = KnownDecisions(rows, by=by)
        return [self._planned(row, known, by, seen) for row in rows]

    def _planned(self, row: Given, known: KnownDecisions, by: Actor, seen: dict[Any, Any]) -> Planned:
        if fault := fault_of_cohort(row, known.cohorts, by=by, permission=self.permission):
            return fault
        cohort = known.cohorts[row["cohort"]]
        enrolment = known.learner(row)
        if enrolment is None:
            column = "number" if row.get("number") is not None else "person"
            return unknown(row, column, fix=N_("Write the seat or the reference of a learner of the cohort."))
        unit = known.units.get((cohort.curriculum_version_id, row["unit"]))
        if unit is None:
            return unknown(row, "unit", fix=N_("Write the code of a unit of the curriculum that the cohort follows."))
        assessor = known.people.get(row["assessor"])
        if assessor is None:
            return unknown(
                row, "assessor", fix=N_("Copy the reference of a person who is appointed to assess the cohort.")
            )
        attempt = row.get("attempt") or 1
        key = (enrolment.pk, unit.pk, attempt)
        if (first := seen.setdefault(key, row.number)) != row.number:
            return twice(row, "unit", first)
        if row.get("final_on") is not None and row["final_on"] < row["decided_on"]:
            return refused(
                row, "final_on", "too_early", N_("A decision cannot be final before the day on which it was decided."),
                fix=N_("Look at both days."),
            )  # fmt: skip
        held = known.decisions.get(key)
        if held is not None:
            return self._about(row, held, str(held))
        return self._about_new(row, known, (enrolment, unit, assessor), by, seen)

    def _about_new(
        self, row: Given, known: KnownDecisions, record: tuple[Enrolment, Unit, Person], by: Actor, seen: dict[Any, Any]
    ) -> Planned:
        enrolment, unit, assessor = record
        cohort, attempt = known.cohorts[row["cohort"]], row.get("attempt") or 1
        key = (enrolment.pk, unit.pk, attempt)
        if cohort.status not in BEING_ASSESSED:
            return refused(
                row, "cohort", "not_assessing", N_("%(cell)s is not being assessed; decisions are made while it runs and after it has finished."),
                fix=N_("Leave the row out."),
            )  # fmt: skip
        if enrolment.status in NEVER_TAUGHT:
            return refused(
                row, "number" if row.get("number") is not None else "person", "not_a_learner",
                N_("%(learner)s is “%(now)s”; decisions are made about learners who have been taught."),
                learner=str(enrolment), now=EnrolmentStatus(enrolment.status).value, fix=N_("Leave the row out."),
            )  # fmt: skip
        if fault := known.fault_of_assessor(row, cohort, enrolment, assessor, by=by):
            return fault
        if attempt > 1 and not known.was_in_vain((enrolment.pk, unit.pk, attempt - 1), seen):
            return refused(
                row, "attempt", "no_further_attempt",
                N_("Attempt %(attempt)s comes only after a final “not yet competent”."), attempt=attempt,
                fix=N_("Write the attempts in their order, each with its day of becoming final."),
            )  # fmt: skip
        if row["result"] == Result.NOT_YET_COMPETENT and row.get("final_on") is not None:
            seen["in_vain", key] = True
        return Planned(row, Verdict.CREATE, f"{enrolment} {unit.code} ({attempt})", new_id(), record=record)

    def _about(self, row: Given, held: Decision, label: str) -> Planned:
        row = without_empty(row, ("number", "person", "attempt", "final_on"))
        planned = self.compared(row, standing=decision_values(held), record=held, reference=label)
        for shift in planned.changes:
            if shift.column in FIXED:
                return refused(
                    row, shift.column, "stays", N_("%(place)s has “%(old)s” there; an import does not change that."),
                    place=label, old=shift.old, fix=N_("Leave the cell as an export writes it."),
                )  # fmt: skip
            if held.status != DecisionStatus.ASSESSED:
                return refused(
                    row, shift.column, "final", N_("Decision %(decision)s is final; it does not change."),
                    decision=label, fix=N_("Leave the row as an export writes it; a further attempt has a row of its own."),
                )  # fmt: skip
        return planned

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        by_attempt: dict[int, list[Planned]] = defaultdict(list)
        for each in planned:
            if each.verdict == Verdict.CREATE:
                by_attempt[each.given.get("attempt") or 1].append(each)
        # Attempt by attempt: a second one may only be recorded when the first is final.
        for attempt, mine in sorted(by_attempt.items()):
            recorded = record_decisions(decisions=[_new(each, attempt) for each in mine], by=by)
            final = [
                (decision, each.given["final_on"])
                for decision, each in zip(recorded, mine, strict=True)
                if each.given.get("final_on") is not None
            ]
            if final:
                finalise_decisions(decisions=final, by=by)
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        change_decisions(changes=[DecisionChanged(each.record, _new_values(each)) for each in changed], by=by)
        final = [
            (each.record, each.given["final_on"])
            for each in changed if any(shift.column == "final_on" for shift in each.changes)
        ]  # fmt: skip
        if final:
            finalise_decisions(decisions=final, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [each for each in done if each.verdict == Verdict.UPDATE]
        rows = {held.pk: held for held in read_decisions().filter(pk__in=[each.subject for each in changed])}
        for each in changed:
            if each.subject not in rows or (column := self.shifts_back(each, decision_values(rows[each.subject]))):
                raise BuiltOn(
                    N_("%(decision)s was changed again since (%(column)s); the import cannot be taken back."),
                    decision=each.reference, column=column,
                )  # fmt: skip
        made_final = [each.subject for each in changed if any(shift.column == "final_on" for shift in each.changes)]
        reopen_decisions(keys=made_final, by=by)
        change_decisions(
            changes=[
                DecisionChanged(rows[each.subject], {s.column: self.old_value(s) for s in each.changes if s.column != "final_on"})
                for each in changed
            ],
            by=by,
        )  # fmt: skip
        remove_decisions(keys=[each.subject for each in done if each.verdict == Verdict.CREATE], by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        for cohort in cohorts_for(by=by, permission=Permission.DECISION_VIEW, narrowed=narrowed):
            # What is released in the course of the day is on tomorrow's sheet of a learner; who judges or oversees has all.
            at = datetime.combine(on, time.min, UTC)
            rows = list_decisions(at=at, by=by).filter(enrolment__cohort=cohort).select_related(*READ)
            for held in rows.prefetch_related("changes").order_by("enrolment__number", "unit__code", "attempt"):
                yield decision_values(held)


def _new(each: Planned, attempt: int) -> NewDecision:
    enrolment, unit, assessor = each.record
    row = each.given
    decided_on: date = row["decided_on"]
    return NewDecision(
        key=each.subject, enrolment=enrolment, unit=unit, assessor=assessor, result=row["result"], decided_on=decided_on,
        attempt=attempt, evidence_note=row.get("evidence_note", ""), checklist=ChecklistPlace.PAPER,
    )  # fmt: skip


def _new_values(each: Planned) -> dict[str, Any]:
    return {shift.column: each.given.values[shift.column] for shift in each.changes if shift.column != "final_on"}
