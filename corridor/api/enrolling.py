"""Places in a cohort: given, moved on, moved to another cohort; a learner who is assessed without the hours; recruiting, and closing."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.vocabularies.sentences import sentence
from corridor.journeys.close_cohort import close_cohort, obstacles
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.members import queries as members
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import EnrolmentStep, Place, Transfer
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.queries.choices import ExitReason, ParticipantKind, StudyMode

from .asking import Day, Number, Reference, Words
from .cohorts import CohortOut, drawn
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once

TAG = "training"
router = Router()

Seat = Annotated[int, Field(ge=1, le=9999)]
UnitCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,20}$")]


class PlaceOut(Schema):
    """A seat and how far whoever has it is; nobody is named here."""

    number: int
    status: str


class RollOut(Schema):
    cohort: str
    status: str
    places: list[PlaceOut]


class PlaceIn(Schema):
    """It begins as applied on its day. Without a number the next free seat is given."""

    person: Words = Field(description="The reference of the person's record")
    number: Seat | None = None
    participant_kind: Literal["student", "teacher", "company_employee"]
    study_mode: Literal["full_time", "part_time"] = "full_time"
    applied_on: Day | None = Field(None, description="Today, where it is left out")
    sent_by: Words = Field("", description="The reference of an organisation")
    job_to_return: str = Field("", max_length=150)


class PlacesIn(Schema):
    places: list[PlaceIn] = Field(min_length=1, max_length=500)


class PlaceStepIn(Schema):
    number: Seat
    to: EnrolmentStatus
    on: Day | None = Field(None, description="Today, where it is left out")
    reason: str = Field("", max_length=300)
    exit_reason: ExitReason | None = None


class PlaceStepsIn(Schema):
    steps: list[PlaceStepIn] = Field(min_length=1, max_length=1000, description="All are taken, or none")


class LearnerTransferIn(Schema):
    to: Words = Field(description="The reference of the cohort that follows")
    on: Day
    reason: str = Field(min_length=1, max_length=300)


class LearnerTransferOut(Schema):
    """What was attended and decided stays with the old place."""

    from_cohort: str
    from_number: int
    cohort: str
    number: int


class HoursWaiverIn(Schema):
    reason: str = Field(min_length=1, max_length=300)


class HoursWaiverOut(Schema):
    cohort: str
    number: int
    unit: str
    reason: str
    waived_on: date


class ObstaclesOut(Schema):
    """What stands in the way of closing, in sentences; none: it may be closed."""

    cohort: str
    status: str
    obstacles: list[str]


class ClosingOut(Schema):
    """How many completed now, how many had before, and how many stay open because nothing shows that they took part."""

    cohort: str
    status: str
    completed: int
    completed_before: int
    without_evidence: int


@router.get("/cohorts/{reference}/roll", response=RollOut)
def get_roll(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> RollOut:
    """Every seat that this account may see, with how far its learner is."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    rows = queries.list_learners(cohort=cohort, by=request.auth)
    note_read(
        request, response, read, about=f"/cohorts/{reference}/learners", records=[row.enrolment.pk for row in rows]
    )
    return tagged(_roll(cohort, rows), response)


@router.post("/cohorts/{reference}/roll", response={201: RollOut}, openapi_extra=MAKES)
def enrol_learners(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: PlacesIn
) -> Status[RollOut]:
    """Give places in a cohort, all or none."""
    by = request.auth

    def make() -> RollOut:
        cohort = queries.get_cohort(reference=reference, by=by)
        by.require(Permission.LEARNER_ENROL, on=cohort)
        taken = {row.enrolment.number for row in queries.list_learners(cohort=cohort, by=by)}
        places = []
        for each in sent.places:
            number = each.number or max(taken, default=0) + 1
            taken.add(number)
            places.append(_place(each, cohort, number, by))
        actions.enrol_learners(places=places, by=by)
        return _read_roll(reference, by)

    return Status(201, made_once(request, response, RollOut, make))


@router.put("/cohorts/{reference}/roll", response=RollOut)
def move_enrolments(request: HttpRequest, response: HttpResponse, reference: Reference, sent: PlaceStepsIn) -> RollOut:
    """Move learners on, each on its day. If-Match names the roll as it was read."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.LEARNER_ENROL, on=cohort)
    rows = queries.list_learners(cohort=cohort, by=by)
    require_version(request, _roll(cohort, rows))
    seats = {row.enrolment.number: row.enrolment for row in rows}
    if unknown := [each.number for each in sent.steps if each.number not in seats]:
        raise BadInput([Problem(N_("Nobody has seat %(number)s."), {"number": unknown[0]}, column="steps")])
    today = clock.today()
    steps = [
        EnrolmentStep(
            enrolment=seats[each.number], to=each.to, on=each.on or today, reason=each.reason, exit_reason=each.exit_reason
        )
        for each in sent.steps
    ]  # fmt: skip
    actions.move_enrolments(steps=steps, at=clock.real_now(), by=by)
    return tagged(_read_roll(reference, by), response)


@router.post(
    "/cohorts/{reference}/learners/{number}/transfers", response={201: LearnerTransferOut}, openapi_extra=MAKES
)
def transfer_learner(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: LearnerTransferIn
) -> Status[LearnerTransferOut]:
    """Move one learner to another cohort, here or at another site."""
    by = request.auth

    def make() -> LearnerTransferOut:
        enrolment = queries.get_enrolment(cohort=reference, number=number, by=by)
        by.require(Permission.LEARNER_ENROL, on=enrolment.cohort)
        follows = {each.reference: each for each in queries.cohorts_to_move_to(enrolment=enrolment, by=by)}
        if sent.to not in follows:
            text = N_("%(to)s is no cohort to which this learner can move.")
            raise BadInput([Problem(text, {"to": sent.to}, column="to")])
        transfer = Transfer(enrolment=enrolment, to=follows[sent.to], on=sent.on, reason=sent.reason)
        made = actions.transfer_learner(transfer=transfer, by=by)
        return LearnerTransferOut(
            from_cohort=reference, from_number=number, cohort=made.cohort.reference, number=made.number
        )

    return Status(201, made_once(request, response, LearnerTransferOut, make))


@router.post(
    "/cohorts/{reference}/learners/{number}/units/{unit}/hours-waivers", response={201: HoursWaiverOut}, openapi_extra=MAKES
)  # fmt: skip
def waive_hours(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, unit: UnitCode, sent: HoursWaiverIn
) -> Status[HoursWaiverOut]:  # fmt: skip
    """Let a learner be assessed in a unit without its hours, with the reason; written again, the new reason stands."""
    by = request.auth

    def make() -> HoursWaiverOut:
        enrolment = queries.get_enrolment(cohort=reference, number=number, by=by)
        by.require(Permission.CAPABILITY_EXCEPT)
        wanted = assessment.get_unit(cohort=enrolment.cohort, code=unit, by=by)
        made = actions.waive_hours(enrolment=enrolment, unit=wanted, reason=sent.reason, on=clock.today(), by=by)
        return HoursWaiverOut(
            cohort=reference, number=number, unit=unit, reason=made.reason, waived_on=made.waived_on
        )  # fmt: skip

    return Status(201, made_once(request, response, HoursWaiverOut, make))


@router.put("/cohorts/{reference}/recruiting", response=CohortOut)
def recruit(request: HttpRequest, response: HttpResponse, reference: Reference) -> CohortOut:
    """From today the cohort takes applications. If-Match names the cohort as it was read."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    require_version(request, drawn(cohort))
    actions.recruit(cohort=cohort, on=clock.today(), by=by)
    return tagged(drawn(queries.get_cohort(reference=reference, by=by)), response)


@router.get("/cohorts/{reference}/closing", response=ObstaclesOut)
def get_obstacles(request: HttpRequest, response: HttpResponse, reference: Reference) -> ObstaclesOut:
    """What is in the way of closing the cohort, for whoever closes it."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    return tagged(_obstacles(cohort, request.auth), response)


@router.put("/cohorts/{reference}/closing", response=ClosingOut)
def close(request: HttpRequest, response: HttpResponse, reference: Reference) -> ClosingOut:
    """Close it today: it is assessed, and whoever took part has completed. If-Match names what was in the way as it was read."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    require_version(request, _obstacles(cohort, by))
    closing = close_cohort(cohort=cohort, on=clock.today(), by=by)
    made = ClosingOut(
        cohort=reference, status=closing.cohort.status, completed=closing.completed, completed_before=closing.completed_before,
        without_evidence=closing.without_evidence,
    )  # fmt: skip
    return tagged(made, response)


def _place(sent: PlaceIn, cohort: Any, number: int, by: Any) -> Place:
    return Place(
        cohort=cohort, number=number, person=queries.person_to_enrol(cohort=cohort, reference=sent.person, by=by),
        participant_kind=ParticipantKind(sent.participant_kind), study_mode=StudyMode(sent.study_mode),
        applied_on=sent.applied_on or clock.today(), job_to_return=sent.job_to_return,
        sending_organisation=members.get_organisation(reference=sent.sent_by, by=by) if sent.sent_by else None,
    )  # fmt: skip


def _read_roll(reference: str, by: Any) -> RollOut:
    cohort = queries.get_cohort(reference=reference, by=by)
    return _roll(cohort, queries.list_learners(cohort=cohort, by=by))


def _roll(cohort: Any, rows: list[queries.LearnerRow]) -> RollOut:
    return RollOut(
        cohort=cohort.reference, status=cohort.status,
        places=[PlaceOut(number=row.enrolment.number, status=row.enrolment.status) for row in rows],
    )  # fmt: skip


def _obstacles(cohort: Any, by: Any) -> ObstaclesOut:
    found = [sentence(each) for each in obstacles(cohort=cohort, by=by)]
    return ObstaclesOut(cohort=cohort.reference, status=cohort.status, obstacles=found)
