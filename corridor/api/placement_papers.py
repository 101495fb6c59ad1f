"""What belongs to a placement beside its plan: the contract as a file, the learner's logbook, and the mentor's link."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.training import actions, queries

from .asking import Day, Reference
from .etags import require_version, tagged
from .files import ANY_FILE, NothingBeside, body_of, file_answer, upload_of
from .leaving import Read, note_read
from .once import MAKES, made_once
from .placements import PlacementPageOut, read_placement

TAG = "training"
router = Router()


class LoggedDay(Schema):
    """``task`` is its place among the tasks of the placement, from 1; null for none of them."""

    on: date
    minutes: int
    text: str
    task: int | None


class LogbookOut(Schema):
    """Every day that the learner wrote down; what the mentor has confirmed (``confirmed_weeks``, by Monday) changes no more."""

    placement: str
    days: list[LoggedDay]
    confirmed_weeks: list[date]


class LoggedDayIn(Schema):
    minutes: int = Field(ge=1, le=1440)
    text: str = Field(min_length=1, max_length=500)
    task: int | None = Field(None, ge=1, le=20)


class MentorLinkOut(Schema):
    """The link that opens something now; its address is in the letter to the mentor alone."""

    placement: str
    made_at: datetime
    expires_at: datetime


@router.get("/placements/{reference}/contract", openapi_extra=ANY_FILE)
def get_contract(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> HttpResponse:
    """The contract as it was filed."""
    found = queries.get_placement(reference=reference, on=clock.today(), by=request.auth)
    document, content = queries.open_contract(reference=reference, on=clock.today(), by=request.auth)
    note_read(request, response, read, about="/placements", records=[found.placement.enrolment_id])
    answer = file_answer(document, content)
    for name, value in response.items():
        answer.setdefault(name, value)
    return answer


@router.post("/placements/{reference}/contract", response={201: PlacementPageOut}, openapi_extra=MAKES)
def file_contract(
    request: HttpRequest, response: HttpResponse, reference: Reference, contract: File[UploadedFile]
) -> Status[PlacementPageOut]:
    """File the signed contract; one that stood before is let go of."""
    by = request.auth

    def make() -> PlacementPageOut:
        placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
        by.require(Permission.LEARNER_ENROL, on=placement)
        upload = upload_of(contract, title=f"Contract of {reference}", kind="placement_contract")
        actions.file_contract(placement=placement, upload=upload, at=clock.real_now(), by=by)
        return read_placement(reference, by)

    return Status(201, made_once(request, response, PlacementPageOut, make, sent=body_of(NothingBeside(), contract)))


@router.get("/placements/{reference}/logbook", response=LogbookOut)
def get_logbook(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> LogbookOut:
    found = queries.get_placement(reference=reference, on=clock.today(), by=request.auth)
    note_read(request, response, read, about="/placements", records=[found.placement.enrolment_id])
    return tagged(_logbook(found), response)


@router.put("/placements/{reference}/logbook/{on}", response=LogbookOut)
def write_logbook(
    request: HttpRequest, response: HttpResponse, reference: Reference, on: Day, sent: LoggedDayIn
) -> LogbookOut:
    """What the learner did there on a day; written again, it is changed, until the mentor has confirmed the week."""
    by = request.auth
    found = queries.get_placement(reference=reference, on=clock.today(), by=by)
    require_version(request, _logbook(found))
    tasks = list(found.placement.tasks.all())
    if sent.task is not None and sent.task > len(tasks):
        raise BadInput([Problem(N_("The placement has no such task."), column="task")])
    actions.write_logbook(
        placement=found.placement, on=on, minutes=sent.minutes, text=sent.text, task=tasks[sent.task - 1] if sent.task else None,
        today=clock.today(), at=clock.now(), by=by,
    )  # fmt: skip
    return tagged(_logbook(queries.get_placement(reference=reference, on=clock.today(), by=by)), response)


@router.get("/placements/{reference}/mentor-link", response=MentorLinkOut)
def get_mentor_link(request: HttpRequest, response: HttpResponse, reference: Reference) -> MentorLinkOut:
    """For whoever keeps the placement; 404 where no link opens anything."""
    return tagged(_link(reference, request.auth), response)


@router.post("/placements/{reference}/mentor-link", response={201: MentorLinkOut}, openapi_extra=MAKES)
def send_mentor_link(request: HttpRequest, response: HttpResponse, reference: Reference) -> Status[MentorLinkOut]:
    """Send the mentor a link to confirm the weeks by; the one before opens nothing more."""
    by = request.auth

    def make() -> MentorLinkOut:
        placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
        actions.make_mentor_link(placement=placement, at=clock.real_now(), by=by)
        return _link(reference, by)

    return Status(201, made_once(request, response, MentorLinkOut, make))


@router.api_operation(["DELETE"], "/placements/{reference}/mentor-link", response={204: None})
def end_mentor_link(request: HttpRequest, reference: Reference) -> Status[None]:
    """The link opens nothing any more."""
    by = request.auth
    placement = queries.get_placement(reference=reference, on=clock.today(), by=by).placement
    by.require(Permission.LEARNER_ENROL, on=placement)
    require_version(request, _link(reference, by))
    actions.end_mentor_link(placement=placement, at=clock.real_now(), by=by)
    return Status(204, None)


def _logbook(found: queries.PlacementPage) -> LogbookOut:
    places = {each.pk: place for place, each in enumerate(found.placement.tasks.all(), start=1)}
    weeks = list(reversed(found.weeks))
    return LogbookOut(
        placement=found.placement.reference,
        days=[
            LoggedDay(
                on=each.done_on,
                minutes=each.minutes,
                text=each.text,
                task=places[each.task_id] if each.task_id else None,
            )
            for week in weeks
            for each in week.entries
        ],
        confirmed_weeks=[week.starts_on for week in weeks if week.word],
    )


def _link(reference: str, by: Any) -> MentorLinkOut:
    link = queries.get_placement(reference=reference, on=clock.today(), by=by).link
    if link is None:
        raise NotFound(N_("The mentor of %(placement)s has no link that opens something."), placement=reference)
    return MentorLinkOut(placement=reference, made_at=link.made_at, expires_at=link.expires_at)
