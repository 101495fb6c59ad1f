"""The import of sessions: what a cohort plans to do, planned anew while it was not held, and called off where a column says so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

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
    Verdict,
    refused,
)
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.sites.models import SiteRoom

from ..actions import SessionPlan, cancel_sessions, plan_sessions
from ..actions.enrolling import CLOSED
from ..actions.importing import SessionChanged, change_sessions, remove_sessions, restore_sessions
from ..lifecycle import SessionStatus
from ..models import Cohort, Session, SessionKind
from ..queries.cohorts import list_sessions
from .naming import NARROWS, WORDS, cohorts_for, cohorts_named, fault_of_cohort, twice, unknown, without_empty

FIXED = ("cohort", "number")
PLAN = ("held_on", "begins", "minutes", "kind", "topic", "unit", "room")


class SessionsImport(ImportKind):
    """Rows of sessions. One without a reference is about the session of that number, else of that day and time, if there is one."""

    name = "sessions"
    title = N_("Sessions of cohorts")
    permission = Permission.SESSION_PLAN
    words = WORDS
    narrows = NARROWS
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
        answers: Mapping[str, str],  # noqa: ARG002
        seen: dict[Any, Any],
    ) -> list[Planned]:
        cohorts = cohorts_named(rows, by=by)
        known = _Known(cohorts)
        return [self._planned(row, cohorts, known, by, seen) for row in rows]

    def _planned(
        self, row: Given, cohorts: Mapping[str, Cohort], known: "_Known", by: Actor, seen: dict[Any, Any]
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

    def _about_new(
        self, row: Given, cohort: Cohort, number: int | None, known: "_Known", seen: dict[Any, Any]
    ) -> Planned:
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
        cohorts = cohorts_named([each.given for each in planned], by=by)
        known = _Known(cohorts)
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        made = plan_sessions(plans=[_plan(each, cohorts, known) for each in new], by=by) if new else []
        off = [
            (session, session.held_on)
            for session, each in zip(made, new, strict=True)
            if each.given.get("cancelled") is True
        ]
        changes = []
        for each in planned:
            if each.verdict == Verdict.UPDATE:
                changes.append(SessionChanged(each.record, _changed(each.record, each.given, each.changes, known)))
                if any(shift.column == "cancelled" for shift in each.changes):
                    off.append((each.record, each.record.held_on))
        change_sessions(changes=changes, by=by)
        if off:
            cancel_sessions(cancellations=off, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [each for each in done if each.verdict == Verdict.UPDATE]
        rows = Session.objects.select_related("cohort__site", "unit", "room").in_bulk(
            [each.subject for each in changed]
        )
        for each in changed:
            if each.subject not in rows or (column := self.shifts_back(each, session_values(rows[each.subject]))):
                raise BuiltOn(
                    N_("%(session)s was changed again since (%(column)s); the import cannot be taken back."),
                    session=each.reference, column=column,
                )  # fmt: skip
        off = [each.subject for each in changed if any(shift.column == "cancelled" for shift in each.changes)]
        restore_sessions(keys=off, by=by)
        back, known = [], _Known({held.cohort.reference: held.cohort for held in rows.values()})
        for each in changed:
            session = rows[each.subject]
            old = {shift.column: self.old_value(shift) for shift in each.changes}
            given = Given(each.number, {**session_values(session), **old})
            back.append(SessionChanged(session, _changed(session, given, each.changes, known)))
        change_sessions(changes=back, by=by)
        remove_sessions(keys=[each.subject for each in done if each.verdict == Verdict.CREATE], by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for cohort in cohorts_for(by=by, permission=Permission.COHORT_VIEW, narrowed=narrowed):
            for held in list_sessions(cohort=cohort, by=by):
                yield {"reference": str(held), **session_values(held)}


def session_values(held: Session) -> dict[str, Any]:
    """A session by the columns of the sheet, in the time of its site."""
    begins = held.begins_at.astimezone(ZoneInfo(held.cohort.site.zone))
    return {
        "cohort": held.cohort.reference,
        "number": held.number,
        "held_on": held.held_on,
        "begins": f"{begins:%H:%M}",
        "minutes": held.minutes,
        "kind": held.kind,
        "topic": held.topic,
        "unit": held.unit.code if held.unit else "",
        "room": held.room.name if held.room else "",
        "cancelled": held.status == SessionStatus.CANCELLED,
    }


def _begins_at(row: Mapping[str, Any] | Given, cohort: Cohort) -> datetime:
    on: date = row["held_on"]
    return datetime.combine(on, time.fromisoformat(row["begins"]), ZoneInfo(cohort.site.zone)).astimezone(UTC)


def _plan(each: Planned, cohorts: Mapping[str, Cohort], known: "_Known") -> SessionPlan:
    row = each.given
    cohort = cohorts[row["cohort"]]
    return SessionPlan(
        key=each.subject, cohort=cohort, number=int(each.reference.rpartition("/s")[2]),
        begins_at=_begins_at(row, cohort), minutes=row["minutes"], kind=row.get("kind", SessionKind.PRACTICE),
        topic=row.get("topic", ""), unit=known.units.get((cohort.pk, row.get("unit", ""))),
        room=known.rooms.get((cohort.pk, row.get("room", ""))),
    )  # fmt: skip


def _changed(session: Session, row: Given, changes: Sequence[Any], known: "_Known") -> dict[str, Any]:
    """The new values of the fields, from the columns that shift."""
    shifts = {shift.column for shift in changes}
    values = {name: row[name] for name in ("minutes", "kind", "topic") if name in shifts}
    for name, records in (("unit", known.units), ("room", known.rooms)):
        if name in shifts:
            values[name] = records.get((session.cohort_id, row[name]))
    if shifts & {"held_on", "begins"}:
        values["begins_at"] = _begins_at(row, session.cohort)
    return values


class _Known:
    """The sessions of some cohorts: by reference, and by day and time; with what their units and rooms are called. Three statements."""

    def __init__(self, cohorts: Mapping[str, Cohort]) -> None:
        self.by_label: dict[str, Session] = {}
        self.by_time: dict[tuple[UUID, date, str], Session] = {}
        self._numbers: dict[UUID, set[int]] = {}
        versions, sites = (
            {each.curriculum_version_id for each in cohorts.values()},
            {each.site_id for each in cohorts.values()},
        )
        units, rooms = list(Unit.objects.filter(version__in=versions)), list(SiteRoom.objects.filter(site__in=sites))
        self.units = {
            (c.pk, each.code): each
            for c in cohorts.values()
            for each in units
            if each.version_id == c.curriculum_version_id
        }
        self.rooms = {(c.pk, each.name): each for c in cohorts.values() for each in rooms if each.site_id == c.site_id}
        rows = Session.objects.filter(cohort__in=cohorts.values()).select_related("cohort__site", "unit", "room")
        for held in rows:
            self.by_label[str(held)] = held
            self.by_time[held.cohort_id, held.held_on, session_values(held)["begins"]] = held
            self._numbers.setdefault(held.cohort_id, set()).add(held.number)

    def numbers(self, cohort: Cohort) -> set[int]:
        return self._numbers.get(cohort.pk, set())
