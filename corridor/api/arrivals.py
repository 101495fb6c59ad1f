"""Learners who say that they are there: the screen of a session, who has said so, and the trainer's word; and the learner's own."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.rooms.training import actions, queries
from corridor.rooms.training.arriving import STEP_SECONDS, address_of, key_of

from .asking import Number, Reference
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once

TAG = "training"
router = Router()

Seat = Annotated[int, Field(ge=1, le=9999)]


class ScreenOut(Schema):
    """
    What makes the codes, with or without a network: base64url, without padding, of the 16 bytes of ``screen``, the step as 4 bytes (the
    seconds since 1970 divided by ``step_seconds``, the most significant first), and the first 12 bytes of the HMAC-SHA-256 over these 20
    with ``key`` (hex). The address behind a code is ``address``, the code, and a slash.
    """

    screen: str
    key: str
    address: str
    step_seconds: int
    ends_at: datetime


class ArrivalOut(Schema):
    """``state`` is waiting, confirmed or not_confirmed; ``minutes_after`` the beginning."""

    number: int
    arrived_at: datetime
    minutes_after: int
    state: str


class ArrivalsOut(Schema):
    cohort: str
    session: int
    ends_at: datetime | None = Field(description="Until when codes are taken; null while none is shown")
    rows: list[ArrivalOut]


class ConfirmIn(Schema):
    seats: list[Seat] | None = Field(None, max_length=500, description="Left out: all who wait")
    is_late: bool = Field(False, description="As late, by as many minutes as they said it after the beginning")
    reason: str = Field("", max_length=300, description="Why it comes so late, where the programme asks")


class OwnArrivalIn(Schema):
    code: str = Field(min_length=1, max_length=60, description="What is behind the address that was scanned")
    phone: str = Field(
        min_length=8, max_length=100, description="The same for all that this phone ever says; kept as a fingerprint"
    )


class OwnArrivalOut(Schema):
    cohort: str
    session: int
    arrived_at: datetime
    state: str


@router.get("/cohorts/{reference}/sessions/{number}/arrivals", response=ArrivalsOut)
def list_arrivals(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, read: Read
) -> ArrivalsOut:
    """Who has said so, in the order in which they came, for whoever takes the register."""
    found = _arrivals(request, reference, number)
    places = [row.arrival.enrolment_id for row in found.rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/register", records=places)
    return tagged(_told(found), response)


@router.post("/cohorts/{reference}/sessions/{number}/arrivals/screen", response={201: ScreenOut}, openapi_extra=MAKES)
def show_screen(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number
) -> Status[ScreenOut]:
    """Begin to take codes of the session, on its day; where one is shown already, the same."""

    def make() -> ScreenOut:
        session, at = queries.get_session(cohort=reference, number=number, by=request.auth), clock.now()
        screen = actions.show_screen(session=session, at=at, by=request.auth)
        return ScreenOut(
            screen=str(screen.pk), key=key_of(screen).hex(), address=address_of("").removesuffix("/"), step_seconds=STEP_SECONDS,
            ends_at=screen.ends_at,
        )  # fmt: skip

    return Status(201, made_once(request, response, ScreenOut, make))


@router.put("/cohorts/{reference}/sessions/{number}/arrivals/end", response=ArrivalsOut)
def end_screen(request: HttpRequest, response: HttpResponse, reference: Reference, number: Number) -> ArrivalsOut:
    """Take no code any more; who has said so still waits."""
    found = _arrivals(request, reference, number)
    require_version(request, _told(found))
    actions.end_screen(session=found.session, at=clock.now(), by=request.auth)
    return tagged(_told(_arrivals(request, reference, number)), response)


@router.post(
    "/cohorts/{reference}/sessions/{number}/arrivals/confirmations", response={201: ArrivalsOut}, openapi_extra=MAKES
)
def confirm_arrivals(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: ConfirmIn
) -> Status[ArrivalsOut]:
    """Only this makes marks of them."""

    def make() -> ArrivalsOut:
        found = _arrivals(request, reference, number)
        actions.confirm_arrivals(
            session=found.session, places=_places(found, sent.seats), is_late=sent.is_late, reason=sent.reason, at=clock.now(),
            by=request.auth,
        )  # fmt: skip
        return _told(_arrivals(request, reference, number))

    return Status(201, made_once(request, response, ArrivalsOut, make))


@router.post("/me/arrivals", response={201: OwnArrivalOut}, openapi_extra=MAKES)
def arrive(request: HttpRequest, response: HttpResponse, sent: OwnArrivalIn) -> Status[OwnArrivalOut]:
    """Say that one is there, with a code that is on the screen now. It waits for the trainer."""

    def make() -> OwnArrivalOut:
        at, by = clock.now(), request.auth
        made = actions.arrive(code=sent.code, scanned_at=at, phone=sent.phone, at=at, by=by)
        states = {each.pk: state for each, state in queries.own_arrivals(on=made.session.held_on, by=by)}
        return OwnArrivalOut(
            cohort=made.session.cohort.reference, session=made.session.number, arrived_at=made.arrived_at, state=states[made.pk]
        )  # fmt: skip

    return Status(201, made_once(request, response, OwnArrivalOut, make))


def _arrivals(request: HttpRequest, reference: str, number: int) -> queries.Arrivals:
    session = queries.get_session(cohort=reference, number=number, by=request.auth)
    return queries.arrivals_of(session=session, at=clock.now(), by=request.auth)


def _places(found: queries.Arrivals, seats: list[int] | None) -> list[Any] | None:
    """A seat that has not said so is a key that nobody has, and is refused by the action."""
    if seats is None:
        return None
    by_seat = {row.number: row.arrival.enrolment_id for row in found.rows}
    return [by_seat.get(seat, seat) for seat in seats]


def _told(found: queries.Arrivals) -> ArrivalsOut:
    return ArrivalsOut(
        cohort=found.session.cohort.reference, session=found.session.number,
        ends_at=found.screen.ends_at if found.screen else None,
        rows=[
            ArrivalOut(
                number=row.number, arrived_at=row.arrival.arrived_at, minutes_after=row.minutes_after, state=row.state
            )
            for row in found.rows
        ],
    )  # fmt: skip
