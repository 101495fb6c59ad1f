"""Assessors and what they decided."""

from collections.abc import Sequence
from datetime import date

from corridor.rooms.assessment.models import Appointment, Decision
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from .people import make_person

APPOINTED_ON = date(2023, 3, 6)
DECIDED_ON = date(2023, 6, 20)


def make_assessor(cohort: Cohort, reference: str = "somphone", **person: object) -> Person:
    """A person appointed to assess the cohort."""
    assessor = Person.objects.filter(reference=reference).first() or make_person(reference, **person)  # type: ignore[arg-type]
    Appointment.objects.create(cohort=cohort, person=assessor, appointed_on=APPOINTED_ON)
    return assessor


def make_decision(
    enrolment: Enrolment,
    unit: Unit,
    *,
    assessor: Person,
    result: str = "competent",
    attempt: int = 1,
    decided_on: date = DECIDED_ON,
    final_on: date | None = DECIDED_ON,
) -> Decision:
    """A decision; final on that day, or still open where it is None."""
    decision = Decision.objects.create(
        enrolment=enrolment, unit=unit, attempt=attempt, assessor=assessor, result=result, decided_on=decided_on,
        status="final" if final_on else "assessed",
    )  # fmt: skip
    if final_on:
        decision.changes.create(
            from_status="assessed", to_status="final", effective_on=final_on, by_label=assessor.reference
        )
    return decision


def make_decisions(cohort: Cohort, *, assessor: Person, units: Sequence[Unit] | None = None) -> list[Decision]:
    """Everybody in the cohort finally competent in those units; in all of the curriculum's where none are given."""
    wanted = list(cohort.curriculum_version.units.all()) if units is None else units
    return [
        make_decision(enrolment, unit, assessor=assessor) for enrolment in cohort.enrolments.all() for unit in wanted
    ]
