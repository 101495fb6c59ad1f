"""Who assesses a cohort, and the decisions of which it is said that they count."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.training import queries as training

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)


class OpenDecisionOut(Schema):
    id: UUID
    number: int
    unit: str
    attempt: int
    result: str
    decided_on: date


class OpenDecisionsOut(Schema):
    """The latest decision of each learner in each unit that is not final yet."""

    cohort: str
    decisions: list[OpenDecisionOut]


class FinalIn(Schema):
    decisions: list[UUID] = Field(min_length=1, max_length=1000, description="All are made final, or none")
    on: Day | None = Field(
        None, description="Today, where it is left out; never before the day on which it was decided"
    )


class AssessorsOut(Schema):
    """References of the persons who are appointed."""

    cohort: str
    assessors: list[str]


class AssessorIn(Schema):
    person: Words = Field(description="The reference of a person who does not teach the cohort")
    appointed_on: Day | None = Field(None, description="Today, where it is left out")


@router.get("/cohorts/{reference}/decisions/open", response=OpenDecisionsOut)
def list_open_decisions(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read
) -> OpenDecisionsOut:
    """What is decided and not final, by seat and unit, for whoever sees the decisions of the cohort."""
    cohort = training.get_cohort(reference=reference, by=request.auth)
    found = _open(cohort, request.auth)
    places = {place.pk for place, _unit, _decision in found}
    note_read(request, response, read, about=f"/cohorts/{reference}/decisions", records=places)
    return tagged(_told(cohort, found), response)


@router.post("/cohorts/{reference}/decisions/final", response=OpenDecisionsOut)
def finalise_decisions(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: FinalIn
) -> OpenDecisionsOut:
    """From then on they count, and never change. If-Match names the open decisions as they were read."""
    by = request.auth
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.DECISION_FINALISE, on=cohort)
    found = _open(cohort, by)
    require_version(request, _told(cohort, found))
    known = {decision.pk: decision for _place, _unit, decision in found}
    if unknown := [key for key in sent.decisions if key not in known]:
        text = N_("%(which)s is no open decision of this cohort.")
        raise BadInput([Problem(text, {"which": str(unknown[0])}, column="decisions")])
    chosen = [known[key] for key in dict.fromkeys(sent.decisions)]
    on = clock.today()
    actions.finalise_decisions(decisions=[(each, sent.on or max(on, each.decided_on)) for each in chosen], by=by)
    return tagged(_told(cohort, _open(cohort, by)), response)


@router.get("/cohorts/{reference}/assessors", response=AssessorsOut)
def list_assessors(request: HttpRequest, response: HttpResponse, reference: Reference) -> AssessorsOut:
    """Who is appointed to assess the cohort, for whoever plans its assessments."""
    return tagged(_assessors(training.get_cohort(reference=reference, by=request.auth), request.auth), response)


@router.post("/cohorts/{reference}/assessors", response={201: AssessorsOut}, openapi_extra=MAKES)
def appoint_assessor(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: AssessorIn
) -> Status[AssessorsOut]:
    """Let a person assess the cohort from a day on. Who is appointed already stays so."""
    by = request.auth

    def make() -> AssessorsOut:
        cohort = training.get_cohort(reference=reference, by=by)
        by.require(Permission.ASSESSOR_APPOINT, on=cohort)
        person = training.person_to_appoint(cohort=cohort, reference=sent.person, by=by)
        actions.appoint_assessors(places=[(cohort, person, sent.appointed_on or clock.today())], by=by)
        return _assessors(cohort, by)

    return Status(201, made_once(request, response, AssessorsOut, make))


def _open(cohort: Any, by: Any) -> list[tuple[Any, Any, Any]]:
    """Place, unit and decision."""
    matrix = queries.get_matrix(cohort=cohort, by=by)
    latest = [
        (place, unit, matrix.latest.get((place.pk, unit.pk))) for place in matrix.enrolments for unit in matrix.units
    ]
    # What is open in a cohort that the learner has left is made final there.
    return [each for each in latest if each[2] and each[2].status == "assessed" and each[2].enrolment_id == each[0].pk]


def _told(cohort: Any, found: list[tuple[Any, Any, Any]]) -> OpenDecisionsOut:
    return OpenDecisionsOut(
        cohort=cohort.reference,
        decisions=[
            OpenDecisionOut(
                id=each.pk, number=place.number, unit=unit.code, attempt=each.attempt, result=each.result,
                decided_on=each.decided_on,
            )
            for place, unit, each in found
        ],
    )  # fmt: skip


def _assessors(cohort: Any, by: Any) -> AssessorsOut:
    found = queries.assessors_of(cohort=cohort, by=by)
    return AssessorsOut(cohort=cohort.reference, assessors=[each.reference for each in found])
