"""Assessors and what they decided."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from corridor.foundations.access import NIGHTLY, Actor
from corridor.rooms.assessment.actions import (
    NewDecision,
    finalise_decisions,
    publish_schemes,
    record_decisions,
    write_schemes,
)
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.models import Appointment, Decision, Found, InstrumentKind, Scheme, Weight
from corridor.rooms.assessment.schemes import CriterionDraft, InstrumentDraft, SchemeDraft, criteria_of
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from .actors import make_actor
from .people import make_person
from .training import make_cohort

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


def make_scheme(unit: Unit, *, published_on: date | None = APPOINTED_ON, test: bool = False, **facts: object) -> Scheme:
    """
    A practical task with a critical criterion, one that needs a photo and an optional one; with ``test`` a written test of 100, passed at 60. In
    force from that day, a draft where it is None.
    """
    instruments = [
        InstrumentDraft(
            kind=InstrumentKind.PRACTICAL_TASK, titles={"en": "Inspect the brakes", "lo": "ກວດເບຣກ"},
            criteria=(
                CriterionDraft(texts={"en": "The vehicle is secured"}, weight=Weight.CRITICAL),
                CriterionDraft(texts={"en": "The pads are measured"}, weight=Weight.REQUIRED),
                CriterionDraft(texts={"en": "The place is left clean"}, weight=Weight.OPTIONAL),
            ),
        ),
    ]  # fmt: skip
    if test:
        instruments.append(
            InstrumentDraft(
                kind=InstrumentKind.WRITTEN, titles={"en": "Rules"}, scale=Decimal(100), pass_mark=Decimal(60)
            )
        )
    draft = SchemeDraft(unit=unit, instruments=tuple(facts.pop("instruments", instruments)), **facts)  # type: ignore[arg-type]
    (scheme,) = write_schemes(schemes=[draft], by=NIGHTLY)
    if published_on is not None:
        (scheme,) = publish_schemes(schemes=[scheme], on=published_on, by=NIGHTLY)
    return scheme


def all_met(scheme: Scheme, **otherwise: str) -> tuple[FindingDraft, ...]:
    """Every criterion met, but those named by code without the dot: ``c12="not_met"``; ``c13=""`` was not looked at."""
    said = {each: otherwise.get(f"c{each.code.replace('.', '')}", "met") for each in criteria_of(scheme)}
    return tuple(FindingDraft(criterion=each.pk, found=Found(found)) for each, found in said.items() if found)


class Room:
    """A cohort of learners, its first unit, and an assessor who may decide."""

    def __init__(self, learners: int = 2, **cohort: Any) -> None:
        self.cohort = make_cohort(learners=learners, **cohort)
        self.unit = self.cohort.curriculum_version.units.first()
        self.assessor = make_assessor(self.cohort)
        self.by = make_actor("assessor", ("cohort", self.cohort.pk), person=self.assessor)

    def seat(self, number: int = 1) -> Enrolment:
        return self.cohort.enrolments.select_related("cohort", "person").get(number=number)

    def learner(self, number: int = 1) -> Actor:
        person = self.seat(number).person
        return make_actor("learner", ("person", person.pk), person=person)

    def record(self, number: int = 1, *, by: Actor | None = None, **other: Any) -> Decision:
        usual: dict[str, Any] = {
            "enrolment": self.seat(number), "unit": self.unit, "assessor": self.assessor, "result": "competent",
            "decided_on": DECIDED_ON,
        }  # fmt: skip
        return record_decisions(decisions=[NewDecision(**usual | other)], by=by or self.by)[0]

    def final(self, decision: Decision, *, on: date = DECIDED_ON) -> Decision:
        finalise_decisions(decisions=[(decision, on)], by=self.by)
        decision.refresh_from_db()
        return decision

    def second(self, reference: str = "nimali") -> tuple[Person, Actor]:
        """Another assessor of the cohort."""
        person = make_assessor(self.cohort, reference)
        return person, make_actor("assessor", ("cohort", self.cohort.pk), person=person)
