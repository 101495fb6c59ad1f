"""Cohorts, their learners and sessions, and the register of one session, which its trainer takes."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.rooms.training import actions, queries
from corridor.rooms.training.queries.choices import CaptureMode, Value

from .asking import After, Limit, Number, Page, Reference, page, rows_after
from .etags import require_version, tagged
from .leaving import Read, note_read

TAG = "training"
router = Router()

Seat = Annotated[int, Field(ge=1, le=9999)]
GuestName = Annotated[str, Field(min_length=1, max_length=100)]
MarkWord = Literal["present", "late", "left_early", "absent", "excused"]


class LearnerOut(Schema):
    number: int
    own_name: str
    own_language: str
    romanised_name: str
    participant_kind: str
    sending_member: str | None
    study_mode: str
    status: str
    attended: int
    held: int


class SessionOut(Schema):
    number: int
    begins_at: datetime
    held_on: date
    minutes: int
    kind: str
    topic: str
    status: str
    signed_by: str
    present: int
    marked: int


class RegisterRowOut(Schema):
    number: int
    own_name: str
    own_language: str
    romanised_name: str
    mark: str
    minutes_late: int | None
    remark: str


class RegisterOut(Schema):
    """Everybody on the roll of that day, by seat; ``mark`` is empty until the register is taken. ``guests`` were there without a place."""

    cohort: str
    session: int
    held_on: date
    status: str
    version: int
    capture_mode: str
    rows: list[RegisterRowOut]
    guests: list[str]


class MarkDetailIn(Schema):
    minutes_late: int | None = Field(None, ge=1, le=600)
    remark: str = Field("", max_length=200)


class RegisterIn(Schema):
    marks: dict[Seat, MarkWord] = Field(max_length=500, description="A mark for everybody on the roll, by seat number")
    details: dict[Seat, MarkDetailIn] = Field(
        {}, max_length=500, description="Minutes late and a remark, where there are any"
    )
    reason: str = Field("", max_length=300, description="Why it comes so late, where the programme asks")
    capture_mode: Literal["live", "late", "paper"] = "live"
    guests: list[GuestName] | None = Field(
        None,
        max_length=50,
        description="All who were there without a place; who is left out is taken back. Without it they stay",
    )


@router.get("/cohorts/{reference}/learners", response=Page[LearnerOut])
def list_learners(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read, after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """Learners by seat, as far as this account may see them. Who leaves the own country with the answer stands in the ledger of transfers."""

    def key(row: queries.LearnerRow) -> str:
        return str(row.enrolment.number)

    cohort = queries.get_cohort(reference=reference, by=request.auth)
    rows = rows_after(queries.list_learners(cohort=cohort, by=request.auth), after, key)
    persons = [row.enrolment.person_id for row in rows[:limit]]
    note_read(request, response, read, about=f"/cohorts/{reference}/learners", persons=persons)
    return page(rows, _learner, limit=limit, key=key)


@router.get("/cohorts/{reference}/sessions", response=Page[SessionOut])
def list_sessions(request: HttpRequest, reference: Reference, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    def key(session: Any) -> str:
        return str(session.number)

    cohort = queries.get_cohort(reference=reference, by=request.auth)
    found = queries.list_sessions(cohort=cohort, by=request.auth)
    return page(rows_after(found, after, key), _session, limit=limit, key=key)


@router.get("/cohorts/{reference}/sessions/{number}/register", response=RegisterOut)
def get_register(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, read: Read
) -> RegisterOut:
    found = queries.get_register(cohort=reference, number=number, by=request.auth)
    places = [row.enrolment_id for row in found.rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/register", records=places)
    return tagged(drawn(found, request.auth), response)


@router.put("/cohorts/{reference}/sessions/{number}/register", response=RegisterOut)
def take_register(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: RegisterIn
) -> RegisterOut:
    """Write the whole register of a session. Until it is signed it may be taken again."""
    found = queries.get_register(cohort=reference, number=number, by=request.auth)
    require_version(request, drawn(found, request.auth))
    actions.take_register(
        session=found.session, marks=_values(sent), reason=sent.reason, version=found.version, capture_mode=CaptureMode(sent.capture_mode),
        at=clock.now(), guests=sent.guests, by=request.auth,
    )  # fmt: skip
    return tagged(drawn(queries.get_register(cohort=reference, number=number, by=request.auth), request.auth), response)


def _learner(row: queries.LearnerRow) -> LearnerOut:
    enrolment = row.enrolment
    sending = enrolment.sending_organisation
    return LearnerOut(
        number=enrolment.number,
        **row.name._asdict(),
        participant_kind=enrolment.participant_kind,
        sending_member=sending.reference if sending else None,
        study_mode=enrolment.study_mode,
        status=enrolment.status,
        attended=row.attended,
        held=row.held,
    )


def _session(session: Any) -> SessionOut:
    return SessionOut(
        number=session.number,
        begins_at=session.begins_at,
        held_on=session.held_on,
        minutes=session.minutes,
        kind=session.kind,
        topic=session.topic,
        status=session.status,
        signed_by=session.signed_by,
        present=session.present,
        marked=session.marked,
    )


def _values(sent: RegisterIn) -> dict[int, str | Value]:
    details = sent.details
    return {
        seat: Value(mark, details[seat].minutes_late, details[seat].remark) if seat in details else mark
        for seat, mark in sent.marks.items()
    }


def drawn(register: queries.Register, by: Any) -> RegisterOut:
    session = register.session
    return RegisterOut(
        cohort=session.cohort.reference,
        session=session.number,
        held_on=session.held_on,
        status=session.status,
        version=register.version,
        capture_mode=session.capture_mode,
        rows=[
            RegisterRowOut(
                number=each.number,
                own_name=each.own_name,
                own_language=each.own_language,
                romanised_name=each.romanised_name,
                mark=each.mark,
                minutes_late=each.minutes_late,
                remark=each.remark,
            )
            for each in register.rows
        ],
        guests=queries.guests_of(session=session, by=by),
    )
