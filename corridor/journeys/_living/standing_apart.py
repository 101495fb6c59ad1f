"""Acts that keep judges apart from whom they judge: who is appointed, for whom they work, and to whom they are close."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, reference
from corridor.foundations.sheets.kinds import Column, Row
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.assessment import actions
from corridor.rooms.assessment.actions.conflicts import EmploymentDraft
from corridor.rooms.assessment.models import RelationKind

from .acts import ActKind
from .judged_things import ASSESSOR, organisation_named, person_named
from .naming import COHORT, cohort_named

RELATION_COLUMNS = (ASSESSOR, Column("learner", reference()), Column("kind", choice(RelationKind)))
EMPLOYMENT_COLUMNS = (
    ASSESSOR,
    Column("organisation", reference(60)),
    Column("starts_on", day),
    Column("ends_on", day, required=False, about="the last day; empty: it goes on"),
)


def _appoint(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    actions.appoint_assessors(places=[(cohort_named(row), person_named(row, "assessor"), on)], by=by)


def _state_relation(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    assessor, learner = person_named(row, "assessor"), person_named(row, "learner")
    actions.state_relation(assessor=assessor, learner=learner, kind=row["kind"], on=on, by=by)


def _state_employment(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    ends_before = row["ends_on"] + ONE_DAY if row["ends_on"] else None
    draft = EmploymentDraft(
        person_named(row, "assessor"), organisation_named(row, "organisation"), row["starts_on"], ends_before
    )
    actions.state_employments(employments=[draft], by=by)


ACTS = (
    ActKind("assessors_appointed", (COHORT, ASSESSOR), _appoint, unique=("cohort", "assessor")),
    ActKind("relations_stated", RELATION_COLUMNS, _state_relation, unique=("assessor", "learner")),
    ActKind(
        "employments_stated", EMPLOYMENT_COLUMNS, _state_employment, unique=("assessor", "organisation", "starts_on")
    ),
)
