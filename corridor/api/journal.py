"""What devices kept while they were away, and what of it waits for a decision."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.foundations.journal import keeping
from corridor.foundations.journal.files import MOST_BYTES_OF_FILE
from corridor.foundations.journal.models import Event
from corridor.foundations.journal.queries import get_my_device, my_devices
from corridor.foundations.journal.reading import MOST_EVENTS, read_batch
from corridor.journeys import decide_conflict
from corridor.journeys.apply_device_events import take_events
from corridor.journeys.decide_conflict import KEEP, TAKE, Waiting
from corridor.journeys.settle_judgement import JudgementWaiting
from corridor.journeys.take_journal_file import give_journal_file, take_journal_file
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.training.agreeing import Value

from .asking import After, Limit, Page, page, rows_after
from .etags import require_version, tagged
from .files import content_of
from .once import REPEATABLE

TAG = "training"
router = Router()

JSON_FILE: dict[str, Any] = {"responses": {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}}
Key = Annotated[UUID, Field(description="Made by the device: UUID of version 7")]


class DeviceIn(Schema):
    id: Key
    name: str = Field("", max_length=80)
    public_key: str = Field(max_length=200, description="ECDSA on P-256: SubjectPublicKeyInfo (DER) in base64")


class DeviceOut(Schema):
    id: UUID
    name: str
    registered_at: datetime
    withdrawn_at: datetime | None


class FileTakenOut(Schema):
    """
    How many events the file held, how many were new, and how many were other than the first time they came; how many of its photos and films
    are there now that were not, and how many could not be taken.
    """

    held: int
    new: int
    other: int
    files: int
    files_left: int


class BatchIn(Schema):
    """``events`` as docs/rules/journal.md describes them, each signed by its device."""

    format: int
    device: UUID
    oldest: int = 1
    events: list[dict[str, Any]] = Field(max_length=MOST_EVENTS)


class BatchOut(Schema):
    """``kept`` may be marked as sent; of ``other`` the first content counts; what comes after ``last`` is sent again."""

    kept: list[UUID]
    other: list[UUID]
    last: int
    server_at: datetime


class ValueOut(Schema):
    mark: str
    minutes_late: int | None
    remark: str


class CarriedJudgementOut(Schema):
    """A decision of a learner in a unit: as it stands, or as a device brought it. ``assessor`` is a reference, or the account of the device."""

    result: str
    attempt: int
    decided_on: date
    assessor: str
    note: str


class RegisterConflictOut(Schema):
    """
    Something that could not simply be taken: what stands now, what came, who and when. About a register (``session``, ``standing``,
    ``brought``) or a decision (``unit``, ``decision_standing``, ``decision_brought``).
    """

    id: UUID
    reason: str
    cohort: str | None
    session: int | None
    seat: int | None
    unit: str | None
    decision_standing: CarriedJudgementOut | None
    decision_brought: CarriedJudgementOut | None
    standing: ValueOut | None
    standing_by: str
    brought: ValueOut | None
    brought_by: str
    received_at: datetime
    outcome: str
    decided_by: str
    decided_at: datetime | None
    decided_because: str


class ConflictDecisionIn(Schema):
    outcome: Literal["standing", "brought"]
    reason: str = Field(max_length=300)


@router.post("/journal/devices", response=DeviceOut, openapi_extra=REPEATABLE)
def register_device(request: HttpRequest, sent: DeviceIn) -> DeviceOut:
    """Take in a device of the own account; told again it is the same device."""
    made = keeping.register_device(
        key=sent.id, name=sent.name, public_key=sent.public_key, at=clock.real_now(), by=request.auth
    )
    return _device(made)


@router.get("/journal/devices", response=list[DeviceOut])
def list_devices(request: HttpRequest) -> list[DeviceOut]:
    """The own devices, with those that were taken off."""
    return [_device(each) for each in my_devices(by=request.auth)]


@router.get("/journal/devices/{device}", response=DeviceOut)
def get_device(request: HttpRequest, response: HttpResponse, device: UUID) -> DeviceOut:
    return tagged(_device(get_my_device(key=device, by=request.auth)), response)


@router.put("/journal/devices/{device}/withdrawal", response=DeviceOut)
def withdraw_device(request: HttpRequest, response: HttpResponse, device: UUID) -> DeviceOut:
    """Take an own device off. What it kept is still taken when it comes."""
    found = get_my_device(key=device, by=request.auth)
    require_version(request, _device(found))
    return tagged(_device(keeping.withdraw_device(device=found, at=clock.real_now(), by=request.auth)), response)


@router.get("/journal/file", openapi_extra=JSON_FILE)
def give_file(request: HttpRequest) -> HttpResponse:
    """The journal of the registers that the account may correct, as a file for another house."""
    answer = HttpResponse(give_journal_file(by=request.auth), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="journal-{clock.today().isoformat()}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@router.post("/journal/files", response=FileTakenOut, openapi_extra=REPEATABLE)
def take_file(request: HttpRequest, file: File[UploadedFile]) -> FileTakenOut:
    """Take in the file of a device or of another house. Sent again, nothing is taken twice."""
    if (file.size or 0) > MOST_BYTES_OF_FILE:
        text = N_("This is more than a journal holds. Save it anew, and bring it in parts.")
        raise BadInput([Problem(text, column="file")])
    taken = take_journal_file(body=content_of(file), on=clock.today(), at=clock.now(), by=request.auth)
    return FileTakenOut(
        held=taken.held, new=taken.new, other=taken.other, files=taken.files, files_left=taken.left
    )  # fmt: skip


@router.post("/journal/batches", response=BatchOut, openapi_extra=REPEATABLE)
def send_batch(request: HttpRequest, sent: BatchIn) -> BatchOut:  # noqa: ARG001 (read from the body, word for word)
    """Append events of an own device. Sent again they are the same events."""
    batch = read_batch(request.body)
    device = get_my_device(key=batch.device, by=request.auth)
    told = take_events(
        device=device, batch=batch, route=Event.Route.NETWORK, on=clock.today(), at=clock.now(), by=request.auth
    )
    return BatchOut(kept=list(told.kept), other=list(told.other), last=told.last, server_at=clock.now())


@router.get("/journal/conflicts", response=Page[RegisterConflictOut])
def list_conflicts(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """What waits to be decided, the oldest first: of registers that this account corrects, of decisions that it settles, and of its own devices."""

    def key(each: Any) -> str:
        return str(each.pk)

    found = decide_conflict.list_conflicts(by=request.auth).filter(outcome="waiting").order_by("raised_at", "id")
    rows = rows_after(list(found), after, key)
    told = {row.conflict.pk: row for row in decide_conflict.tell_conflicts(conflicts=rows[:limit], by=request.auth)}
    return page(rows, lambda each: _conflict(told[each.pk]), limit=limit, key=key)


@router.get("/journal/conflicts/{conflict}", response=RegisterConflictOut)
def get_conflict(request: HttpRequest, response: HttpResponse, conflict: UUID) -> RegisterConflictOut:
    return tagged(_told(request, conflict), response)


@router.put("/journal/conflicts/{conflict}/decision", response=RegisterConflictOut)
def decide(
    request: HttpRequest, response: HttpResponse, conflict: UUID, sent: ConflictDecisionIn
) -> RegisterConflictOut:
    """Decide what is true, with a reason. Both values stay to be read."""
    found = decide_conflict.get_conflict(key=conflict, by=request.auth)
    require_version(request, _told(request, conflict))
    decide_conflict.decide_conflicts(
        conflicts=[found],
        outcome=TAKE if sent.outcome == "brought" else KEEP,
        reason=sent.reason,
        at=clock.now(),
        by=request.auth,
    )
    return tagged(_told(request, conflict), response)


def _device(found: Any) -> DeviceOut:
    return DeviceOut(id=found.pk, name=found.name, registered_at=found.registered_at, withdrawn_at=found.withdrawn_at)


def _told(request: HttpRequest, key: UUID) -> RegisterConflictOut:
    found = decide_conflict.get_conflict(key=key, by=request.auth)
    return _conflict(decide_conflict.tell_conflicts(conflicts=[found], by=request.auth)[0])


def _conflict(row: Waiting | JudgementWaiting) -> RegisterConflictOut:
    conflict, session = row.conflict, row.session
    judged = row if isinstance(row, JudgementWaiting) else None
    cohort = judged.cohort if judged is not None else session.cohort if session is not None else None
    return RegisterConflictOut(
        id=conflict.pk,
        reason=conflict.reason,
        cohort=cohort.reference if cohort is not None else None,
        session=session.number if session else None,
        seat=row.place.number if row.place else None,
        unit=judged.unit.code if judged is not None and judged.unit is not None else None,
        decision_standing=_stands(judged) if judged is not None else None,
        decision_brought=_judged(judged) if judged is not None else None,
        standing=_value(row.standing),
        standing_by=conflict.standing_by,
        brought=_value(row.brought),
        brought_by=conflict.event.device.user.username,
        received_at=conflict.event.received_at,
        outcome=conflict.outcome,
        decided_by=conflict.decided_by,
        decided_at=conflict.decided_at,
        decided_because=conflict.decided_because,
    )


def _stands(row: JudgementWaiting) -> CarriedJudgementOut | None:
    found = row.stands
    if found is None:
        return None
    return CarriedJudgementOut(
        result=found.result, attempt=found.attempt, decided_on=found.decided_on, assessor=found.assessor.reference,
        note=found.evidence_note,
    )  # fmt: skip


def _judged(row: JudgementWaiting) -> CarriedJudgementOut | None:
    told = row.judgement
    if told is None:
        return None
    return CarriedJudgementOut(
        result=told.result,
        attempt=told.attempt,
        decided_on=told.decided_on,
        assessor=row.conflict.event.device.user.username,
        note=told.note,
    )


def _value(value: Value | None) -> ValueOut | None:
    return ValueOut(mark=value.mark, minutes_late=value.minutes_late, remark=value.remark) if value else None
