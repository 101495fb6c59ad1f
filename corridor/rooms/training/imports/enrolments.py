"""The import of learners into cohorts: places that are given, and steps that learners take, by cohort and person."""

from collections.abc import Iterator, Mapping, Sequence
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
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..actions import EnrolmentStep, enrol_learners, move_enrolments
from ..actions.enrolling import CLOSED
from ..actions.importing import EnrolmentChanged, change_enrolments, remove_enrolments, take_back_enrolments
from ..lifecycle import EnrolmentStatus
from ..models import Cohort, Enrolment, ExitReason, ParticipantKind, StudyMode
from .naming import NARROWS, WORDS, cohorts_for, fault_of_cohort, twice, unknown, without, without_empty
from .places import (
    FACTS,
    FIXED,
    STEPS,
    Exit,
    Named,
    enrolment_values,
    exit_reason_of,
    fault_of_steps,
    reason_of,
    standing_places,
    steps_of,
)


class EnrolmentsImport(ImportKind):
    """Rows of places. A row without a reference whose person has a place in the cohort is about that place."""

    name = "enrolments"
    title = N_("Learners of cohorts")
    permission = Permission.LEARNER_ENROL
    words = WORDS
    narrows = NARROWS
    about_persons = ("person",)
    columns = (
        ImportColumn(
            "reference", N_("Reference of the place"), text(60), is_reference=True,
            about=N_("Empty for a new learner; the cohort and the seat are its reference."),
        ),
        ImportColumn("cohort", N_("Cohort"), reference(40), required=True),
        ImportColumn("number", N_("Seat"), whole(1, 9_999), about=N_("Empty for a new learner: the next free seat is given.")),
        ImportColumn("person", N_("Reference of the person"), reference(), required=True),
        ImportColumn(
            "participant_kind", N_("Takes part as"),
            choice(ParticipantKind, words=WORDS, name="participant_kind", empty=ParticipantKind.STUDENT),
        ),
        ImportColumn(
            "study_mode", N_("Full-time or part-time"),
            choice(StudyMode, words=WORDS, name="study_mode", empty=StudyMode.FULL_TIME),
        ),
        ImportColumn("sending_organisation", N_("Sent by (reference of the organisation)"), reference()),
        ImportColumn("job_to_return", N_("Job to return to"), text(150)),
        ImportColumn("applied_on", N_("Applied on"), day),
        ImportColumn("enrolled_on", N_("Enrolled on"), day),
        ImportColumn("attending_on", N_("Attending from"), day),
        ImportColumn("exit_status", N_("How the time here ended"), choice(Exit, words=WORDS, name="exit_status")),
        ImportColumn("exit_on", N_("Left on"), day),
        ImportColumn(
            "exit_reason", N_("Why they left, to be counted"), choice(ExitReason, words=WORDS, name="exit_reason")
        ),
        ImportColumn("reason", N_("Reason"), text(300)),
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
        named = self.named(rows, by=by)
        return [self._planned(row, named, by, seen) for row in rows]

    def named(self, rows: Sequence[Given], *, by: Actor) -> Named:
        """What the rows name; a package of OneRoster names cohorts and persons in its own words."""
        return Named(rows, by=by)

    def _planned(self, row: Given, named: Named, by: Actor, seen: dict[Any, Any]) -> Planned:
        if fault := fault_of_cohort(row, named.cohorts, by=by, permission=self.permission):
            return fault
        cohort, person = named.cohorts[row["cohort"]], named.people.get(row["person"])
        if person is None:
            return unknown(row, "person", fix=N_("Import the person first, or correct the reference."))
        if row.get("sending_organisation") and row["sending_organisation"] not in named.senders:
            return unknown(row, "sending_organisation", fix=N_("Copy the reference from the list of members."))
        if (row.get("exit_status") is None) != (row.get("exit_on") is None):
            return refused(
                row, "exit_on", "half_exit", N_("Who has left has a state and a day of leaving, and nobody else."),
                fix=N_("Fill both columns, or clear both."),
            )  # fmt: skip
        place = (cohort.pk, person.pk)
        if (first := seen.setdefault(place, row.number)) != row.number:
            return twice(row, "person", first)
        held = named.standing.get(place)
        if said := row.get("reference", ""):
            if said not in named.by_label:
                return unknown(
                    row, "reference", fix=N_("Correct the reference, or leave the cell empty for a new learner.")
                )
            held = named.by_label[said]
        return self._about_new(row, cohort, named, seen) if held is None else self._about(row, held)

    def _about(self, row: Given, held: Enrolment) -> Planned:
        standing = enrolment_values(held)
        row = without_empty(row, (*FIXED, *STEPS, "reason", "participant_kind", "study_mode", "exit_reason"))
        planned = self.compared(row, standing=standing, record=held, reference=str(held))
        shifts = {shift.column: shift for shift in planned.changes}
        for column in (*FIXED, *STEPS):
            if column in shifts and (column in FIXED or shifts[column].old):
                return refused(
                    row, column, "stays", N_("%(place)s has “%(old)s” there; an import does not change that."),
                    place=str(held), old=shifts[column].old, fix=N_("Leave the cell as an export writes it."),
                )  # fmt: skip
        if "reason" in shifts and "exit_status" not in shifts:
            planned = self.compared(without(row, ["reason"]), standing=standing, record=held, reference=str(held))
        last = max((change.effective_on for change in held.changes.all()), default=date.min)
        return fault_of_steps(row, steps_of(row, shifts), str(held), held.status, last) or planned

    def _about_new(self, row: Given, cohort: Cohort, named: Named, seen: dict[Any, Any]) -> Planned:
        if cohort.status in CLOSED:
            return refused(
                row, "cohort", "closed", N_("%(cell)s has finished; it takes no more learners."),
                fix=N_("Leave the row out."),
            )  # fmt: skip
        if row.get("applied_on") is None:
            return refused(
                row, "applied_on", "empty", N_("The cell is empty."), fix=N_("A new learner has a day of applying.")
            )
        taken = seen.setdefault(("seats", cohort.pk), set(named.seats[cohort.pk]))
        number = row.get("number") or max(taken | named.seats[cohort.pk], default=0) + 1
        if number in taken:
            return refused(
                row, "number", "seat_taken", N_("Seat %(number)s of %(cohort)s is taken."), number=number,
                cohort=cohort.reference, fix=N_("Write another number, or none: the next free seat is given."),
            )  # fmt: skip
        label = f"{cohort.reference}/{number}"
        steps = steps_of(row, {name for name in STEPS if row.get(name) is not None})
        if fault := fault_of_steps(row, steps, label, EnrolmentStatus.APPLIED, row["applied_on"]):
            return fault
        taken.add(number)
        return Planned(row, Verdict.CREATE, label, new_id())

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        named = self.named([each.given for each in planned], by=by)
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        made = enrol_learners(places=[named.place(each) for each in new], by=by) if new else []
        steps = [
            EnrolmentStep(
                enrolment=enrolment,
                to=to,
                on=on,
                reason=reason_of(each.given, to),
                exit_reason=exit_reason_of(each.given, to),
            )
            for each, enrolment in zip(new, made, strict=True)
            for _column, to, on in steps_of(each.given, set(STEPS))
        ]
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        change_enrolments(changes=[named.changed(each) for each in changed], by=by)
        for each in changed:
            shifts = {shift.column for shift in each.changes}
            steps += [
                EnrolmentStep(
                    enrolment=each.record,
                    to=to,
                    on=on,
                    reason=reason_of(each.given, to),
                    exit_reason=exit_reason_of(each.given, to),
                )
                for _column, to, on in steps_of(each.given, shifts)
            ]
        if steps:
            move_enrolments(steps=steps, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        take_back_enrolments(
            enrolments=[
                (each.subject, tuple(shift.column for shift in each.changes if shift.column in {"enrolled_on", "attending_on", "exit_on"}))
                for each in done if each.verdict == Verdict.UPDATE
            ],
            by=by,
        )  # fmt: skip
        senders = by_reference(
            Organisation.objects,
            [shift.old for each in done for shift in each.changes if shift.column == "sending_organisation"],
        )
        standing = Enrolment.objects.select_related("cohort").in_bulk(
            [each.subject for each in done if each.verdict == Verdict.UPDATE]
        )
        back = []
        for each in done:
            if each.verdict == Verdict.UPDATE and each.subject in standing:
                values = {s.column: self.old_value(s) for s in each.changes if s.column in FACTS}
                if "sending_organisation" in values:
                    values["sending_organisation"] = senders.get(values["sending_organisation"])
                if "exit_reason" in values:
                    values["exit_reason"] = values["exit_reason"] or ""
                back.append(EnrolmentChanged(standing[each.subject], values))
        change_enrolments(changes=back, by=by)
        remove_enrolments(keys=[each.subject for each in done if each.verdict == Verdict.CREATE], by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for cohort in cohorts_for(by=by, permission=Permission.LEARNER_VIEW, narrowed=narrowed):
            rows = standing_places([cohort.pk]).order_by("number")
            for held in rows:
                yield {"reference": str(held), **enrolment_values(held)}
