"""Acts about what somebody could do before: claimed, talked about, recognised or not."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import text
from corridor.foundations.sheets.kinds import Column, Row
from corridor.rooms.assessment import actions
from corridor.rooms.assessment.models import PriorClaim

from .acts import ActKind
from .judged_things import ASSESSOR, UNIT, person_named, unit_named
from .naming import COHORT, SEAT, existing, place_named

CLAIM = (COHORT, SEAT, UNIT)


def _claim(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    place = place_named(row)
    unit = unit_named(row, place.cohort)
    actions.claim_prior_learning(enrolment=place, unit=unit, claim=row["claim"], on=on, by=by)


def _talk(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    actions.interview(
        claim=_claim_named(row), interviewer=person_named(row, "assessor"), note=row["note"], on=on, by=by
    )


def _recognise(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    actions.recognise_prior_learning(claim=_claim_named(row), note=row["note"], on=on, by=by)


def _decline(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    actions.decline_prior_learning(claim=_claim_named(row), reason=row["reason"], on=on, by=by)


def _claim_named(row: Row) -> PriorClaim:
    place = place_named(row)
    found = PriorClaim.objects.filter(enrolment=place, unit=unit_named(row, place.cohort)).order_by("-claimed_on")
    return existing(found.first(), row, "seat")


ACTS = (
    ActKind("prior_claimed", (*CLAIM, Column("claim", text(5_000))), _claim),
    ActKind("prior_interviews", (*CLAIM, ASSESSOR, Column("note", text(5_000))), _talk),
    ActKind("prior_recognised", (*CLAIM, Column("note", text(5_000))), _recognise),
    ActKind("prior_declined", (*CLAIM, Column("reason", text(5_000))), _decline),
)
