"""What rows of acts about judging name: a unit by its code in the curriculum of a cohort, a decision by seat, unit and attempt, a person."""

from datetime import date
from uuid import UUID

from corridor.foundations.sheets.columns import reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.rooms.assessment.models import Decision
from corridor.rooms.assessment.schemes import criteria_of, schemes_on
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from .naming import COHORT, SEAT, all_existing, existing, place_named

UNIT = Column("unit", text(20), about="its code in the curriculum of the cohort")
ATTEMPT = Column("attempt", whole(1, 20))
DECISION = (COHORT, SEAT, UNIT, ATTEMPT)
ASSESSOR = Column("assessor", reference(), about="the reference of the person")


def unit_named(row: Row, cohort: Cohort) -> Unit:
    """:raises BadInput: with the row, if the curriculum has none of that code."""
    rows = Unit.objects.select_related("version__curriculum")
    return existing(rows.filter(version=cohort.curriculum_version_id, code=row["unit"]).first(), row, "unit")


def person_named(row: Row, column: str) -> Person:
    """:raises BadInput: with the row, if there is none."""
    return existing(Person.objects.filter(reference=row[column]).first(), row, column)


def persons_named(row: Row, column: str) -> list[Person]:
    """:raises BadInput: with the row, for the first that there is none of."""
    return all_existing(Person.objects.in_bulk(row[column], field_name="reference"), row, column)


def organisation_named(row: Row, column: str) -> Organisation:
    """:raises BadInput: with the row, if there is none."""
    return existing(Organisation.objects.filter(reference=row[column]).first(), row, column)


def decision_named(row: Row) -> Decision:
    """:raises BadInput: with the row, if nothing was decided there."""
    rows = Decision.objects.select_related("enrolment__cohort__site", "enrolment__person", "unit__version__curriculum")
    found = rows.filter(
        enrolment__cohort__reference=row["cohort"], enrolment__number=row["seat"], unit__code=row["unit"],
        attempt=row["attempt"],
    ).first()  # fmt: skip
    return existing(found, row, "seat", cell=f"{row['cohort']}/{row['seat']} {row['unit']}")


class Known:
    """What the rows of one act name, each read once, as of the day of the act. What is not there is refused with its row."""

    def __init__(self, *, on: date) -> None:
        self._on = on
        self._places: dict[tuple[str, int], Enrolment] = {}
        self._units: dict[tuple[UUID, str], Unit] = {}
        self._persons: dict[str, Person] = {}
        self._criteria: dict[UUID, dict[str, UUID]] = {}

    def place(self, row: Row) -> Enrolment:
        key = (row["cohort"], row["seat"])
        if key not in self._places:
            self._places[key] = place_named(row)
        return self._places[key]

    def unit(self, row: Row, cohort: Cohort) -> Unit:
        key = (cohort.curriculum_version_id, row["unit"])
        if key not in self._units:
            self._units[key] = unit_named(row, cohort)
        return self._units[key]

    def person(self, row: Row, column: str) -> Person:
        if row[column] not in self._persons:
            self._persons[row[column]] = person_named(row, column)
        return self._persons[row[column]]

    def criterion(self, row: Row, column: str, code: str, *, unit: Unit) -> UUID:
        """By its code (1.2) in the scheme that is in force that day."""
        if unit.pk not in self._criteria:
            scheme = schemes_on([(unit.pk, self._on)]).get((unit.pk, self._on))
            self._criteria[unit.pk] = {each.code: each.pk for each in criteria_of(scheme)} if scheme is not None else {}
        return existing(self._criteria[unit.pk].get(code), row, column, cell=code)
