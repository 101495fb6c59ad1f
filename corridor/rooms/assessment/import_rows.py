"""Decisions as rows of a sheet: what stands, and what a set of rows names."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.importing import Given, Planned, refused
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.imports.naming import cohorts_named
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment

from .attempts import opens_another
from .lifecycle import DecisionStatus
from .models import Appointment, Decision

# An enrolment, a unit, an attempt.
Key = tuple[UUID, UUID, int]


READ = ("enrolment__cohort", "enrolment__person", "unit", "assessor")


def read_decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related(*READ).prefetch_related("changes")


def decision_values(held: Decision) -> dict[str, Any]:
    """A decision by the columns of the sheet; its changes have been read."""
    final = [change.effective_on for change in held.changes.all() if change.to_status == DecisionStatus.FINAL]
    return {
        "cohort": held.enrolment.cohort.reference,
        "number": held.enrolment.number,
        "person": held.enrolment.person.reference,
        "unit": held.unit.code,
        "attempt": held.attempt,
        "assessor": held.assessor.reference,
        "result": held.result,
        "decided_on": held.decided_on,
        "final_on": final[0] if final else None,
        "evidence_note": held.evidence_note,
    }


class KnownDecisions:
    """Learners, units, assessors and decisions of the cohorts that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.cohorts = cohorts_named(rows, by=by)
        keys = [cohort.pk for cohort in self.cohorts.values()]
        self._seats: dict[tuple[str, int], Enrolment] = {}
        self._persons: dict[tuple[str, str], Enrolment] = {}
        for seat in Enrolment.objects.filter(cohort__in=keys).select_related("cohort", "person"):
            self._seats[seat.cohort.reference, seat.number] = seat
            self._persons[seat.cohort.reference, seat.person.reference] = seat
        versions = {cohort.curriculum_version_id for cohort in self.cohorts.values()}
        self.units = {(unit.version_id, unit.code): unit for unit in Unit.objects.filter(version__in=versions)}
        self.people = by_reference(Person.objects, [row["assessor"] for row in rows])
        self.decisions: dict[Key, Decision] = {
            (held.enrolment_id, held.unit_id, held.attempt): held
            for held in read_decisions().filter(enrolment__cohort__in=keys)
        }
        self._appointed: dict[tuple[UUID, UUID], date] = {
            (cohort, person): on
            for cohort, person, on in Appointment.objects.filter(cohort__in=keys).values_list(
                "cohort_id", "person_id", "appointed_on"
            )
        }
        self._teaching = set(CohortTrainer.objects.filter(cohort__in=keys).values_list("cohort_id", "person_id"))

    def learner(self, row: Given) -> Enrolment | None:
        number = row.get("number")
        if number is not None:
            return self._seats.get((row["cohort"], number))
        return self._persons.get((row["cohort"], row.get("person", "")))

    def was_in_vain(self, before: Key, seen: Mapping[Any, Any]) -> bool:
        """Whether the attempt before is final and not yet competent, on record or in an earlier row."""
        held = self.decisions.get(before)
        if held is None:
            return ("in_vain", before) in seen
        return opens_another(held)

    def fault_of_assessor(
        self, row: Given, cohort: Cohort, enrolment: Enrolment, assessor: Person, *, by: Actor
    ) -> Planned | None:
        """The refusal of a row whose assessor teaches or is the learner, was not appointed by the day, or is not the sender."""
        fix = N_("Appoint somebody who does not teach the cohort, and write that reference.")
        if (cohort.pk, assessor.pk) in self._teaching or assessor.pk == enrolment.person_id:
            return refused(
                row, "assessor", "not_independent", N_("%(cell)s teaches %(cohort)s, or is the learner, and cannot assess here."),
                cohort=cohort.reference, fix=fix,
            )  # fmt: skip
        appointed_on = self._appointed.get((cohort.pk, assessor.pk))
        if appointed_on is None or appointed_on > row["decided_on"]:
            return refused(
                row, "assessor", "not_appointed", N_("%(cell)s was not appointed to assess %(cohort)s on that day."),
                cohort=cohort.reference, fix=fix,
            )  # fmt: skip
        if not by.holds_everywhere(Permission.DECISION_RECORD) and by.person_id != assessor.pk:
            return refused(
                row, "assessor", "not_yours", N_("Decisions are recorded by their own assessor; this one is %(cell)s’s."),
                fix=N_("Leave the row out; the assessor can import it."),
            )  # fmt: skip
        return None
