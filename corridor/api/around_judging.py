"""Around judging: who is called to be assessed when, and from when results are seen."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema, Status

from corridor.foundations import clock
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

UnitCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,20}$")]
Since = Annotated[Day | None, Query(description="Held on that day or later")]
Seat = Annotated[int, Field(ge=1, le=9999)]


class SittingOut(Schema):
    """``called`` are seats, as far as the account may see them; ``assessor`` is the reference of a person."""

    id: UUID
    cohort: str
    unit: str
    held_on: date
    assessor: str
    called: list[int]


class SittingIn(Schema):
    unit: Words = Field(description="Its code in the curriculum of the cohort")
    held_on: Day
    assessor: Words = Field(description="The reference of a person who is appointed to assess the cohort")
    called: list[Seat] = Field(min_length=1, max_length=500, description="By seat")


class ResultsReleaseOut(Schema):
    """``release_at`` null: learners see what is decided at once."""

    cohort: str
    unit: str
    release_at: datetime | None


class ResultsReleaseIn(Schema):
    release_at: datetime = Field(description="With its offset from universal time")


@router.get("/cohorts/{reference}/sittings", response=list[SittingOut])
def list_sittings(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read, since: Since = None
) -> list[SittingOut]:
    """Days on which learners of a cohort are assessed; a learner reads those to which they are called."""
    by = request.auth
    cohort = training.get_cohort(reference=reference, by=by)
    found = list(queries.list_sittings(by=by, cohort=cohort, since=since))
    called = [each.enrolment_id for sitting in found for each in queries.called_to(sitting=sitting, by=by)]
    note_read(request, response, read, about=f"/cohorts/{reference}/sittings", records=called)
    return [_sitting(each, by) for each in found]


@router.post("/cohorts/{reference}/sittings", response={201: SittingOut}, openapi_extra=MAKES)
def plan_sitting(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SittingIn
) -> Status[SittingOut]:
    """Call learners to be assessed on a day. What would refuse a decision that day refuses it now."""
    by = request.auth

    def make() -> SittingOut:
        cohort = training.get_cohort(reference=reference, by=by)
        assessor = next(
            (each for each in queries.assessors_of(cohort=cohort, by=by) if each.reference == sent.assessor), None
        )
        if assessor is None:
            text = N_("%(assessor)s is not appointed to assess %(cohort)s.")
            places = {"assessor": sent.assessor, "cohort": reference}
            raise BadInput([Problem(text, places, column="assessor")])
        seats = {each.number: each for each in queries.get_matrix(cohort=cohort, by=by).enrolments}
        if wrong := [seat for seat in sent.called if seat not in seats]:
            raise BadInput([Problem(N_("Nobody has seat %(number)s."), {"number": wrong[0]}, column="called")])
        unit = queries.get_unit(cohort=cohort, code=sent.unit, by=by)
        called = [seats[seat] for seat in dict.fromkeys(sent.called)]
        made = actions.plan_sitting(
            cohort=cohort, unit=unit, held_on=sent.held_on, assessor=assessor, called=called, by=by, at=clock.now()
        )
        return _sitting(queries.get_sitting(key=made.pk, by=by), by)

    return Status(201, made_once(request, response, SittingOut, make))


@router.get("/sittings/{key}", response=SittingOut)
def get_sitting(request: HttpRequest, response: HttpResponse, key: UUID, read: Read) -> SittingOut:
    found = queries.get_sitting(key=key, by=request.auth)
    called = [each.enrolment_id for each in queries.called_to(sitting=found, by=request.auth)]
    note_read(request, response, read, about="/sittings", records=called)
    return tagged(_sitting(found, request.auth), response)


@router.api_operation(["DELETE"], "/sittings/{key}", response={204: None})
def cancel_sitting(request: HttpRequest, key: UUID) -> Status[None]:
    """It will not be held; the audit keeps that it was planned."""
    found = queries.get_sitting(key=key, by=request.auth)
    require_version(request, _sitting(found, request.auth))
    actions.cancel_sitting(sitting=found, by=request.auth, at=clock.now())
    return Status(204, None)


@router.get("/cohorts/{reference}/units/{unit}/release", response=ResultsReleaseOut)
def get_release(
    request: HttpRequest, response: HttpResponse, reference: Reference, unit: UnitCode
) -> ResultsReleaseOut:
    """From when the learners of a cohort see what is decided in a unit."""
    return tagged(_release(reference, unit, request.auth), response)


@router.put("/cohorts/{reference}/units/{unit}/release", response=ResultsReleaseOut)
def set_release(
    request: HttpRequest, response: HttpResponse, reference: Reference, unit: UnitCode, sent: ResultsReleaseIn
) -> ResultsReleaseOut:
    """Before that instant they see no decision of the unit, after it the final ones; said again, the later word counts."""
    by = request.auth
    require_version(request, _release(reference, unit, by))
    if sent.release_at.tzinfo is None:
        text = N_("Write the instant with its offset from universal time, like 2024-02-29T08:30:00+07:00.")
        raise BadInput([Problem(text, column="release_at")])
    cohort = training.get_cohort(reference=reference, by=by)
    found = queries.get_unit(cohort=cohort, code=unit, by=by)
    actions.set_release(cohort=cohort, unit=found, release_at=sent.release_at, by=by, at=clock.now())
    return tagged(_release(reference, unit, by), response)


def _sitting(sitting: Any, by: Any) -> SittingOut:
    return SittingOut(
        id=sitting.pk, cohort=sitting.cohort.reference, unit=sitting.unit.code, held_on=sitting.held_on,
        assessor=sitting.assessor.reference, called=[each.enrolment.number for each in queries.called_to(sitting=sitting, by=by)],
    )  # fmt: skip


def _release(reference: str, code: str, by: Any) -> ResultsReleaseOut:
    cohort = training.get_cohort(reference=reference, by=by)
    unit = queries.get_unit(cohort=cohort, code=code, by=by)
    found = queries.release_of(cohort=cohort, unit=unit, by=by)
    return ResultsReleaseOut(cohort=reference, unit=unit.code, release_at=found.release_at if found else None)
