"""The import of sessions: what a cohort plans to do, planned anew while it was not held, and called off where a column says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.times import time_of_day
from corridor.foundations.sheets.cells.words import choice, yes_no
from corridor.foundations.sheets.importing import (
    Done,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Shift,
    Verdict,
    refused,
)
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..actions import cancel_sessions, plan_sessions
from ..actions.enrolling import CLOSED
from ..actions.importing import SessionChanged, change_sessions, remove_sessions, restore_sessions
from ..actions.linking import SessionLinked, link_sessions
from ..lifecycle import SessionStatus
from ..models import Cohort, Session, SessionKind
from ..queries.cohorts import list_sessions
from .naming import NARROWS, WORDS, cohorts_for, cohorts_named, fault_of_cohort, twice, unknown, without_empty
from .session_rows import (
    Known,
    as_cell,
    changed_fields,
    equipment_cell,
    plan_of,
    session_values,
    trainers_cell,
    with_needs,
)
from .session_rules import CLASHING, WHICH_JOINT, WHICH_MISSED, checked

FIXED = ("cohort", "number")
LINKS = {"makes_up_for", "joint"}


class SessionsImport(ImportKind):
    """Rows of sessions. One without a reference is about the session of that number, else of that day and time, if there is one."""

    name = "sessions"
    title = N_("Sessions of cohorts")
    permission = Permission.SESSION_PLAN
    words = WORDS
    narrows = NARROWS
    choices = (CLASHING,)
    about_persons = ("trainers",)
    columns = (
        ImportColumn(
            "reference", N_("Reference of the session"), text(60), is_reference=True,
            about=N_("Empty for a new session; the cohort and the number are its reference."),
        ),
        ImportColumn("cohort", N_("Cohort"), reference(40), required=True),
        ImportColumn("number", N_("Number of the session"), whole(1, 9_999), about=N_("Empty for a new session: the next number is given.")),
        ImportColumn("held_on", N_("Day"), day, required=True),
        ImportColumn("begins", N_("Begins at"), time_of_day, required=True, about=N_("In the site’s own time, like 08:30.")),
        ImportColumn("minutes", N_("Minutes"), whole(1, 1_440), required=True),
        ImportColumn(
            "kind", N_("Kind of session"), choice(SessionKind, words=WORDS, name="kind", empty=SessionKind.PRACTICE)
        ),
        ImportColumn("topic", N_("Topic"), text(200)),
        ImportColumn("unit", N_("Unit"), text(20), about=N_("The code of a unit of the cohort’s curriculum: its hours count for it.")),
        ImportColumn("room", N_("Room"), text(80), about=N_("The name of a room of the site.")),
        ImportColumn("trainers", N_("Trainers"), trainers_cell, about=N_("Nobody: whoever leads the cohort.")),
        ImportColumn("equipment", N_("Equipment"), equipment_cell, about=N_("Inventory numbers with ; between; INV-7:2 keeps two.")),
        ImportColumn("makes_up_for", N_("Makes up for"), whole(1, 9_999), about=WHICH_MISSED),
        ImportColumn("joint", N_("Together with"), text(60), about=WHICH_JOINT),
        ImportColumn(
            "cancelled", N_("Called off"), yes_no, about=N_("Write yes to call a planned session off; no row is ever deleted by leaving it out.")
        ),
    )  # fmt: skip

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,  # noqa: ARG002
        answers: Mapping[str, str],
        seen: dict[Any, Any],
    ) -> list[Planned]:
        cohorts = cohorts_named(rows, by=by)
        known = Known(cohorts, rows, by=by)
        planned = [self._planned(row, cohorts, known, by, seen) for row in rows]
        keeps = answers.get(CLASHING.code) == "keep"
        return checked(planned, cohorts, known, by=by, keeps_clashes=keeps, seen=seen)

    def _planned(
        self, row: Given, cohorts: Mapping[str, Cohort], known: Known, by: Actor, seen: dict[Any, Any]
    ) -> Planned:
        if fault := fault_of_cohort(row, cohorts, by=by, permission=self.permission):
            return fault
        cohort = cohorts[row["cohort"]]
        for column, names in (("unit", known.units), ("room", known.rooms)):
            if row.get(column) and (cohort.pk, row[column]) not in names:
                return unknown(
                    row, column, fix=N_("Write it as it stands on the page of the curriculum or of the site.")
                )
        said, number = row.get("reference", ""), row.get("number")
        if row.get("equipment") and all(known.machine(name, cohort.pk) for name in row["equipment"]):
            row = replace(row, values={**row.values, "equipment": as_cell(known.equipment_in(row, cohort.pk))})
        if said and said not in known.by_label:
            return unknown(
                row, "reference", fix=N_("Correct the reference, or leave the cell empty for a new session.")
            )
        if said:
            held: Session | None = known.by_label[said]
        elif number is not None:
            held = known.by_label.get(f"{cohort.reference}/s{number}")
        else:
            held = known.by_time.get((cohort.pk, row["held_on"], row["begins"]))
        key = ("session", held.pk if held else (cohort.pk, number or (row["held_on"], row["begins"])))
        if (first := seen.setdefault(key, row.number)) != row.number:
            return twice(row, "held_on", first)
        return self._about(row, held) if held else self._about_new(row, cohort, number, known, seen)

    def _about(self, row: Given, held: Session) -> Planned:
        standing = session_values(held)
        row = without_empty(row, ("number", "kind", "cancelled"))
        planned = self.compared(row, standing=standing, record=held, reference=str(held))
        for shift in planned.changes:
            if shift.column in FIXED:
                return refused(
                    row, shift.column, "stays", N_("%(place)s has “%(old)s” there; an import does not change that."),
                    place=str(held), old=shift.old, fix=N_("Leave the cell as an export writes it."),
                )  # fmt: skip
            if held.status != SessionStatus.PLANNED:
                return refused(
                    row, shift.column, "not_planned", N_("%(session)s is “%(now)s”; its plan does not change any more."),
                    session=str(held), now=held.status, fix=N_("Leave the row as an export writes it, or take it out."),
                )  # fmt: skip
        return planned

    def _about_new(self, row: Given, cohort: Cohort, number: int | None, known: Known, seen: dict[Any, Any]) -> Planned:
        if cohort.status in CLOSED:
            return refused(
                row, "cohort", "closed", N_("%(cell)s has finished; it plans no more sessions."),
                fix=N_("Leave the row out."),
            )  # fmt: skip
        taken = seen.setdefault(("numbers", cohort.pk), set())
        there = known.numbers(cohort) | taken
        number = number or max(there, default=0) + 1
        if number in there:
            return refused(
                row, "number", "number_taken", N_("%(cohort)s already has a session number %(number)s."),
                cohort=cohort.reference, number=number, fix=N_("Write another number, or none: the next one is given."),
            )  # fmt: skip
        taken.add(number)
        return Planned(row, Verdict.CREATE, f"{cohort.reference}/s{number}", new_id())

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        rows = [each.given for each in planned]
        cohorts = cohorts_named(rows, by=by)
        known = Known(cohorts, rows, by=by)
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        made = plan_sessions(plans=[plan_of(each, cohorts, known) for each in new], by=by) if new else []
        off = [
            (session, session.held_on)
            for session, each in zip(made, new, strict=True)
            if each.given.get("cancelled") is True
        ]
        changes = []
        for each in planned:
            if each.verdict == Verdict.UPDATE:
                shifts = _shifts(each.changes)
                changes.append(SessionChanged(each.record, changed_fields(each.record, each.given, shifts, known)))
                if "cancelled" in shifts:
                    off.append((each.record, each.record.held_on))
        change_sessions(changes=changes, by=by)
        if off:
            cancel_sessions(cancellations=off, by=by)
        keys = {label: held.pk for label, held in known.by_label.items()} | {
            each.reference: each.subject for each in new
        }
        links = [(each.subject, each.given, LINKS) for each in new]
        links += [
            (each.subject, each.given, _shifts(each.changes)) for each in planned if each.verdict == Verdict.UPDATE
        ]
        link_sessions(links=_links(links, keys, known), by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [each for each in done if each.verdict == Verdict.UPDATE]
        rows = with_needs(Session.objects.all()).in_bulk([each.subject for each in changed])
        for each in changed:
            if each.subject not in rows or (column := self.shifts_back(each, session_values(rows[each.subject]))):
                raise BuiltOn(
                    N_("%(session)s was changed again since (%(column)s); the import cannot be taken back."),
                    session=each.reference, column="" if each.subject not in rows else column,
                )  # fmt: skip
        linked = [each for each in changed if _shifts(each.changes) & LINKS]
        link_sessions(links=[_unlinked(each) for each in linked], by=by)
        remove_sessions(keys=[each.subject for each in done if each.verdict == Verdict.CREATE], by=by)
        restore_sessions(keys=[each.subject for each in changed if "cancelled" in _shifts(each.changes)], by=by)
        given = {
            each.subject: Given(
                each.number,
                {**session_values(rows[each.subject]), **{s.column: self.old_value(s) for s in each.changes}},
            )
            for each in changed
        }
        known = Known({held.cohort.reference: held.cohort for held in rows.values()}, list(given.values()), by=by)
        back = [
            SessionChanged(
                rows[each.subject],
                changed_fields(rows[each.subject], given[each.subject], _shifts(each.changes), known),
            )
            for each in changed
        ]
        change_sessions(changes=back, by=by)
        keys = {label: held.pk for label, held in known.by_label.items()}
        again = [(each.subject, given[each.subject], _shifts(each.changes)) for each in linked]
        link_sessions(links=_links(again, keys, known), by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for cohort in cohorts_for(by=by, permission=Permission.COHORT_VIEW, narrowed=narrowed):
            # Who teaches is told to those who could write it.
            hidden = {} if by.may(self.permission, on=cohort) else {"trainers": ()}
            for held in with_needs(list_sessions(cohort=cohort, by=by)):
                yield {"reference": str(held), **session_values(held), **hidden}


def _shifts(changes: Sequence[Shift]) -> set[str]:
    return {shift.column for shift in changes}


def _links(
    rows: Sequence[tuple[UUID | None, Given, set[str]]], keys: Mapping[str, UUID | None], known: Known
) -> list[SessionLinked]:
    """What the rows say of other sessions, by the columns that shift."""
    found = []
    for key, row, shifts in rows:
        values: dict[str, UUID | None] = {}
        if "makes_up_for" in shifts:
            number = row.get("makes_up_for")
            values["makes_up_for"] = keys.get(f"{row['cohort']}/s{number}") if number else None
        if "joint" in shifts:
            label = row.get("joint", "")
            standing = known.to_join(label)
            values["joint_with"] = keys.get(label) or (standing.pk if standing else None)
        if key is not None:
            found.append(SessionLinked(key, values))
    return found


def _unlinked(done: Done) -> SessionLinked:
    shifts = _shifts(done.changes)
    fields = {"makes_up_for": "makes_up_for", "joint": "joint_with"}
    return SessionLinked(done.subject, {fields[name]: None for name in shifts & LINKS})
