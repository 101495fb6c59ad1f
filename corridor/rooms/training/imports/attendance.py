"""The import of attendance: a line for each mark, or a matrix with learners down and days across, which is read as such lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
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
from corridor.foundations.sheets.intake.crossing import Crossing, lines_of_matrix
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..actions.bringing_guests import GuestBrought, bring_guests, remove_guests
from ..actions.marking import SAID, MarkWritten, take_marks_back, write_marks
from ..agreeing import LONGEST_REMARK, Value, value_of, written_mark
from ..guests import LONGEST_NAME, MOST_GUESTS
from ..keeping_time import Rules
from ..lifecycle import SessionStatus
from ..models import Attendance, Cohort, Enrolment, Guest, Mark, Session
from ..refusals import RegisterIsClosed, SaysNoReason
from ..registers import LONGEST_MINUTES
from ..roll import Roll
from .calling import Known, names_of_learners
from .naming import NARROWS, WORDS, cohorts_for, cohorts_named, fault_of_cohort, twice

WHICH = ("session", "held_on", "number", "person", "learner")


class AttendanceImport(ImportKind):
    """
    Rows of marks: a session by its number or its day, a learner by seat, reference or name. A session is held once everybody on its roll
    has a mark; until then its marks wait. A row with a guest instead of a learner adds the guest to the register.
    """

    name = "attendance"
    title = N_("Attendance")
    permission = Permission.REGISTER_TAKE
    words = WORDS
    narrows = (*NARROWS, "session")
    about_persons = ("person",)
    columns = (
        ImportColumn("cohort", N_("Cohort"), reference(40), required=True),
        ImportColumn("session", N_("Number of the session"), whole(1, 9_999)),
        ImportColumn("held_on", N_("Day of the session"), day),
        ImportColumn("number", N_("Seat"), whole(1, 9_999)),
        ImportColumn("person", N_("Reference of the person"), reference()),
        ImportColumn("learner", N_("Name of the learner"), text(200), about=N_("Read where there is neither a seat nor a reference.")),
        ImportColumn("mark", N_("Mark"), choice(Mark, words=WORDS, name="mark")),
        ImportColumn("minutes_late", N_("Minutes late"), whole(1, LONGEST_MINUTES), about=N_("Only for who was late.")),
        ImportColumn("remark", N_("Remark"), text(LONGEST_REMARK)),
        ImportColumn("reason", N_("Reason"), text(300), about=N_("Why does this register come so late?")),
        ImportColumn("guest", N_("Guest"), text(LONGEST_NAME), about=N_("Who was there without a place, in a row without seat and mark.")),
    )  # fmt: skip

    def reshaped(self, file_name: str, content: bytes) -> tuple[str, bytes]:
        return lines_of_matrix(file_name, content, self, Crossing(day="held_on", number="session", value="mark"))

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,
        answers: Mapping[str, str],  # noqa: ARG002
        seen: dict[Any, Any],
    ) -> list[Planned]:
        cohorts = cohorts_named(rows, by=by)
        known = Known(cohorts, with_names=any(_needs_name(row) for row in rows))
        rules = Rules(list(known.by_number.values()), at=at)
        planned = []
        for row in rows:
            fault = fault_of_cohort(row, cohorts, by=by, permission=self.permission)
            planned.append(fault or self._planned(row, cohorts[row["cohort"]], known, rules, at, seen))
        return planned

    def _planned(
        self, row: Given, cohort: Cohort, known: Known, rules: Rules, at: datetime, seen: dict[Any, Any]
    ) -> Planned:
        session = known.session(row, cohort)
        if isinstance(session, Planned):
            return session
        # Said once in a file, it is said for the register.
        reason = row.get("reason", "") or seen.get(("reason", session.pk), "")
        seen[("reason", session.pk)] = reason
        if row.get("guest") is not None:
            return _guest(row, session, known, rules, reason, at, seen)
        if row.get("mark") is None:
            return refused(
                row,
                "mark",
                "empty",
                N_("The cell is empty."),
                fix=N_("Write the mark of the learner, or the name of a guest."),
            )
        enrolment = known.learner(row, cohort)
        if isinstance(enrolment, Planned):
            return enrolment
        key = (session.pk, enrolment.pk)
        if (first := seen.setdefault(key, row.number)) != row.number:
            return twice(row, "mark", first)
        label = f"{session} {enrolment.number}"
        if row.get("minutes_late") is not None and row["mark"] != Mark.LATE:
            return refused(
                row, "minutes_late", "not_late", N_("Minutes count only for who was late."),
                fix=N_("Leave the cell empty, or write that the learner was late."),
            )  # fmt: skip
        standing = known.marks.get(key)
        value = _value(row, standing)
        if standing is not None and value == value_of(standing):
            return Planned(row, Verdict.UNCHANGED, label, standing.pk, (), (), standing)
        fault = _fault(row, session, at) or _fault_of_roll(row, session, enrolment, known.roll)
        if fault := fault or _fault_of_time(row, session, rules, reason):
            return fault
        record = (session, enrolment, value, reason)
        if standing is None:
            return Planned(row, Verdict.CREATE, label, new_id(), record=record)
        # What a row leaves out is said too: the minutes of who is not late any more go.
        said = {"mark": value.mark, "minutes_late": value.minutes_late, "remark": value.remark}
        which = replace(row, values=said)
        changes = self.shifts(which, standing=written_mark(standing))
        return Planned(row, Verdict.UPDATE, label, standing.pk, changes, record=record)

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        marks, guests = [], []
        for each in planned:
            session, enrolment, value, reason = each.record
            key = each.subject or new_id()
            if enrolment is None:
                guests.append(GuestBrought(key, session, value, reason))
            else:
                mark = Mark(value.mark)
                marks.append(MarkWritten(key, session, enrolment, mark, value.minutes_late, value.remark, reason))
        if marks:
            write_marks(marks=marks, at=at, by=by)
        if guests:
            bring_guests(guests=guests, at=at, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:
        guests = [each.subject for each in done if any(shift.column == "guest" for shift in each.changes)]
        remove_guests(keys=guests, by=by)
        done = [each for each in done if each.subject not in guests]
        old = {
            each.subject: {shift.column: (shift.new, shift.old) for shift in each.changes if shift.column in SAID}
            for each in done if each.verdict == Verdict.UPDATE
        }  # fmt: skip
        new = {
            each.subject: {shift.column: shift.new for shift in each.changes if shift.column in SAID}
            for each in done if each.verdict == Verdict.CREATE
        }  # fmt: skip
        take_marks_back(made=new, changed=old, at=at, by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for cohort in cohorts_for(by=by, permission=Permission.LEARNER_VIEW, narrowed=narrowed):
            rows = Attendance.objects.filter(session__cohort=cohort).select_related(
                "session", "enrolment__person", "entry"
            )
            guests = Guest.objects.filter(entry__session__cohort=cohort, taken_back_at__isnull=True)
            if narrowed.get("session", "").isdecimal():
                number = int(narrowed["session"][:9])
                rows, guests = rows.filter(session__number=number), guests.filter(entry__session__number=number)
            names = names_of_learners([cohort.pk])
            for held in rows.order_by("session__number", "enrolment__number"):
                yield {
                    "cohort": cohort.reference, "session": held.session.number, "held_on": held.session.held_on,
                    "number": held.enrolment.number, "person": held.enrolment.person.reference,
                    "learner": names.get(held.enrolment.person_id, [""])[0], "mark": held.mark,
                    "minutes_late": held.minutes_late, "remark": held.remark, "reason": held.entry.reason if held.entry else "",
                }  # fmt: skip
            for guest in guests.select_related("entry__session").order_by("entry__session__number", "name", "pk"):
                session = guest.entry.session
                yield {
                    "cohort": cohort.reference, "session": session.number, "held_on": session.held_on, "reason": guest.entry.reason,
                    "guest": guest.name,
                }  # fmt: skip


def _value(row: Given, standing: Attendance | None) -> Value:
    """What the row says; where a sheet has no column for minutes or remarks, those of the same mark stay."""
    same = standing if standing is not None and standing.mark == row["mark"] else None
    minutes = row["minutes_late"] if "minutes_late" in row.values else same.minutes_late if same else None
    remark = row["remark"] if "remark" in row.values else standing.remark if standing is not None else ""
    return Value(row["mark"], minutes, remark or "")


def _needs_name(row: Given) -> bool:
    return all(row.get(column) is None for column in ("number", "person", "guest"))


def _guest(
    row: Given, session: Session, known: Known, rules: Rules, reason: str, at: datetime, seen: dict[Any, Any]
) -> Planned:
    """Who stands there already under that name stays; a sheet sends nobody away."""
    name = row["guest"]
    if column := next((each for each in ("mark", "number", "person", "learner") if row.get(each) is not None), ""):
        return refused(
            row,
            column,
            "guest",
            N_("A guest has neither a seat nor a mark."),
            fix=N_("Leave the cell empty, or take the guest out."),
        )
    key = ("guest", session.pk, name)
    if (first := seen.setdefault(key, row.number)) != row.number:
        return twice(row, "guest", first)
    label = f"{session} {name}"
    there = known.guests.get(session.pk, {})
    if name in there:
        return Planned(row, Verdict.UNCHANGED, label, there[name])
    if fault := _fault(row, session, at) or _fault_of_time(row, session, rules, reason):
        return fault
    brought = seen.setdefault(("guests", session.pk), set())
    brought.add(name)
    if len(brought | set(there)) > MOST_GUESTS:
        message = N_("Write at most %(most)s guests, each with at most %(longest)s characters.")
        return refused(row, "guest", "many_guests", message, most=MOST_GUESTS, longest=LONGEST_NAME)
    return Planned(row, Verdict.CREATE, label, new_id(), record=(session, None, name, reason))


def _fault_of_time(row: Given, session: Session, rules: Rules, reason: str) -> Planned | None:
    """As the page asks it: why so late, and not at all once the register has closed."""
    try:
        rules.require_in_time(session, reason=reason)
    except SaysNoReason as late:
        (problem,) = late.problems
        return refused(row, "reason", "no_reason", problem.message, day=session.held_on.isoformat())
    except RegisterIsClosed as closed:
        return refused(
            row,
            "mark" if row.get("guest") is None else "guest",
            "register_closed",
            closed.message,
            session=str(session),
        )
    return None


def _fault(row: Given, session: Session, at: datetime) -> Planned | None:
    column = "mark" if row.get("guest") is None else "guest"
    if session.status == SessionStatus.LOCKED:
        return refused(
            row, column, "locked", N_("The register of %(session)s is signed and locked. It does not change any more."),
            session=str(session), fix=N_("Leave the row out; a correction is made on the page of the session."),
        )  # fmt: skip
    if session.status == SessionStatus.CANCELLED:
        return refused(
            row, column, "cancelled", N_("%(session)s was cancelled; it has no register."), session=str(session),
            fix=N_("Leave the row out, or look at the day."),
        )  # fmt: skip
    if local_day(at, session.cohort.site.zone) < session.held_on:
        return refused(
            row, column, "not_begun", N_("%(session)s is on %(day)s. Its register opens on that day."),
            session=str(session), day=session.held_on.isoformat(), fix=N_("Leave the row out until then."),
        )  # fmt: skip
    return None


def _fault_of_roll(row: Given, session: Session, enrolment: Enrolment, roll: Roll) -> Planned | None:
    if not roll.may(enrolment, session.held_on):
        return refused(
            row, "mark", "not_on_roll", N_("Seat %(number)s was not on the roll on %(day)s (session %(session)s)."),
            number=enrolment.number, day=session.held_on.isoformat(), session=session.number,
            fix=N_("Leave the row out, or correct the days of the learner first."),
        )  # fmt: skip
    return None
