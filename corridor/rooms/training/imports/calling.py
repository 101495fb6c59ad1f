"""Which session and which learner a row of a register means."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from corridor.foundations.sheets.cells.words import folded
from corridor.foundations.sheets.importing import Given, Planned, refused
from corridor.kernel.wording import N_
from corridor.rooms.people.models import NameForm, PersonName

from ..lifecycle import SessionStatus
from ..models import Attendance, Cohort, Enrolment, Guest, Session
from ..roll import Roll


def names_of_learners(cohorts: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Every name of the learners of some cohorts by person, the own name first."""
    people = Enrolment.objects.filter(cohort__in=cohorts).values("person")
    found: dict[UUID, list[str]] = defaultdict(list)
    for person, form, name in (
        PersonName.objects.filter(person__in=people).order_by("pk").values_list("person_id", "form", "full_name")
    ):
        if form == NameForm.OWN:
            found[person].insert(0, name)
        else:
            found[person].append(name)
    return found


class Known:
    """Sessions, learners and marks of the cohorts that the rows of one set name."""

    def __init__(self, cohorts: Mapping[str, Cohort], *, with_names: bool) -> None:
        keys = [cohort.pk for cohort in cohorts.values()]
        self.by_number: dict[tuple[UUID, int], Session] = {}
        self.by_day: dict[tuple[UUID, date], list[Session]] = defaultdict(list)
        self.by_seat: dict[tuple[UUID, int], Enrolment] = {}
        self.by_person: dict[tuple[UUID, str], Enrolment] = {}
        self.by_name: dict[tuple[UUID, str], set[Enrolment]] = defaultdict(set)
        for session in Session.objects.filter(cohort__in=keys).select_related("cohort__site"):
            self.by_number[session.cohort_id, session.number] = session
            if session.status != SessionStatus.CANCELLED:
                self.by_day[session.cohort_id, session.held_on].append(session)
        names = names_of_learners(keys) if with_names else {}
        for seat in Enrolment.objects.filter(cohort__in=keys).select_related("person", "cohort"):
            self.by_seat[seat.cohort_id, seat.number] = seat
            self.by_person[seat.cohort_id, seat.person.reference] = seat
            for name in names.get(seat.person_id, ()):
                self.by_name[seat.cohort_id, folded(name)].add(seat)
        marks = Attendance.objects.filter(session__cohort__in=keys)
        self.marks = {(mark.session_id, mark.enrolment_id): mark for mark in marks}
        self.guests: dict[UUID, dict[str, UUID]] = defaultdict(dict)
        for guest in Guest.objects.filter(entry__session__cohort__in=keys, taken_back_at__isnull=True).select_related(
            "entry"
        ):
            self.guests[guest.entry.session_id][guest.name] = guest.pk
        self.roll = Roll.of(keys)

    def session(self, row: Given, cohort: Cohort) -> Session | Planned:
        """The session that a row names, or the refusal of the row."""
        fix = N_("Write the number of a session of the cohort, or its day.")
        number, on = row.get("session"), row.get("held_on")
        if number is not None:
            found = self.by_number.get((cohort.pk, number))
            if found is None:
                return refused(
                    row,
                    "session",
                    "unknown_session",
                    N_("%(cohort)s has no session “%(cell)s”."),
                    cohort=cohort.reference,
                    fix=fix,
                )
            if on is not None and on != found.held_on:
                return refused(
                    row, "held_on", "other_day", N_("%(session)s is on %(day)s, not on %(cell)s."), session=str(found),
                    day=found.held_on.isoformat(), fix=N_("Correct the number or the day."),
                )  # fmt: skip
            return found
        if on is None:
            return refused(row, "session", "empty", N_("The cell is empty."), fix=fix)
        days = self.by_day.get((cohort.pk, on), [])
        if len(days) != 1:
            message = (
                N_("%(cohort)s has no session on %(cell)s.")
                if not days
                else N_("%(cohort)s has several sessions on %(cell)s.")
            )
            return refused(row, "held_on", "which_session", message, cohort=cohort.reference, fix=fix)
        return days[0]

    def learner(self, row: Given, cohort: Cohort) -> Enrolment | Planned:
        """The learner that a row names, or the refusal of the row."""
        fix = N_("Write the seat or the reference of a learner of the cohort.")
        column = next((name for name in ("number", "person", "learner") if row.get(name) is not None), "")
        if not column:
            return refused(row, "number", "empty", N_("The cell is empty."), fix=fix)
        if column == "learner":
            several = self.by_name.get((cohort.pk, folded(row["learner"])), set())
            if len(several) > 1:
                return refused(
                    row,
                    "learner",
                    "which_learner",
                    N_("Several learners of %(cohort)s are called “%(cell)s”."),
                    cohort=cohort.reference,
                    fix=fix,
                )
            found = next(iter(several), None)
        elif column == "number":
            found = self.by_seat.get((cohort.pk, row["number"]))
        else:
            found = self.by_person.get((cohort.pk, row["person"]))
        if found is None:
            return refused(
                row,
                column,
                "unknown_learner",
                N_("%(cohort)s has no learner “%(cell)s”."),
                cohort=cohort.reference,
                fix=fix,
            )
        if column == "number" and row.get("person") is not None and found.person.reference != row["person"]:
            return refused(
                row, "person", "other_person", N_("Seat %(number)s of %(cohort)s is not %(cell)s’s."), number=found.number,
                cohort=cohort.reference, fix=N_("Correct the seat or the reference."),
            )  # fmt: skip
        return found
