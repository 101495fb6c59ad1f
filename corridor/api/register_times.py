"""A register after its time: the rule of a programme, opening one again, a signed mark that is corrected, and the story of all that was said."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.training import actions, queries
from corridor.rooms.training.queries.choices import SigningWith, Value

from .asking import Number, Reference
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .training import MarkWord

TAG = "training"
router = Router()

Why = Annotated[str, Field(min_length=1, max_length=300)]
Days = Annotated[int, Field(ge=1, le=365)]


class RegisterRuleOut(Schema):
    """Null: never. ``locks_after_days`` counts from the signature; 0 is at once."""

    programme: str
    late_after_days: int | None
    closes_after_days: int | None
    locks_after_days: int
    sign_with: str


class RegisterRuleIn(Schema):
    late_after_days: Days | None = Field(
        None, description="From so many days after the session on it is taken with a reason"
    )
    closes_after_days: Days | None = Field(None, description="From so many days after the session on it is closed")
    locks_after_days: int = Field(
        0, ge=0, le=60, description="For so many days after the signature its trainer corrects marks"
    )
    sign_with: Literal["name", "second_factor"] = "name"


class OpeningIn(Schema):
    days: int = Field(ge=1, le=30)
    reason: Why


class OpeningOut(Schema):
    opened_by: str
    opened_at: datetime
    ends_at: datetime
    reason: str


class MarkCorrectionIn(Schema):
    seat: int = Field(ge=1, le=9999)
    mark: MarkWord
    minutes_late: int | None = Field(None, ge=1, le=600)
    remark: str = Field("", max_length=200)
    reason: Why


class SaidOut(Schema):
    """One mark that was said of a learner; where the register was taken once, none stands here."""

    number: int
    mark: str
    minutes_late: int | None
    remark: str
    origin: str
    by: str
    at: datetime
    reason: str


class StoryOut(Schema):
    """``locks_on``: from that day on only who corrects registers corrects it, unless it is opened again."""

    cohort: str
    session: int
    signed_by: str
    signed_at: datetime | None
    closes_on: date | None
    is_closed: bool
    locks_on: date | None
    is_locked: bool
    openings: list[OpeningOut]
    said: list[SaidOut]


@router.get("/programmes/{reference}/register-rule", response=RegisterRuleOut)
def get_register_rule(request: HttpRequest, response: HttpResponse, reference: Reference) -> RegisterRuleOut:
    """How registers of the programme are kept."""
    return tagged(_rule(request, reference), response)


@router.put("/programmes/{reference}/register-rule", response=RegisterRuleOut)
def set_register_rule(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: RegisterRuleIn
) -> RegisterRuleOut:
    """It counts for all registers of the programme from now on, those that are signed already too."""
    require_version(request, _rule(request, reference))
    actions.set_register_rule(
        programme=programmes.get_programme(reference=reference, by=request.auth), late_after_days=sent.late_after_days,
        closes_after_days=sent.closes_after_days, sign_with=SigningWith(sent.sign_with), locks_after_days=sent.locks_after_days,
        by=request.auth,
    )  # fmt: skip
    return tagged(_rule(request, reference), response)


@router.get("/cohorts/{reference}/sessions/{number}/register/story", response=StoryOut)
def get_register_story(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, read: Read
) -> StoryOut:
    """Who signed it, until when it is corrected by whom, and every mark of those learners of whom more than one thing was said."""
    found = queries.get_register(cohort=reference, number=number, by=request.auth)
    places = [row.enrolment_id for row in found.rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/register", records=places)
    return tagged(_story(request, found.session), response)


@router.post(
    "/cohorts/{reference}/sessions/{number}/register/openings", response={201: OpeningOut}, openapi_extra=MAKES
)
def open_register(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: OpeningIn
) -> Status[OpeningOut]:
    """Open a register again that has closed, or unlock one that is signed and locked, for its trainer, for some days."""

    def make() -> OpeningOut:
        session, at = queries.get_session(cohort=reference, number=number, by=request.auth), clock.now()
        until = at + timedelta(days=sent.days)
        made = actions.open_register(session=session, reason=sent.reason, until=until, at=at, by=request.auth)
        return _opening(made)

    return Status(201, made_once(request, response, OpeningOut, make))


@router.post(
    "/cohorts/{reference}/sessions/{number}/register/corrections", response={201: StoryOut}, openapi_extra=MAKES
)
def correct_mark(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: MarkCorrectionIn
) -> Status[StoryOut]:
    """Correct one mark of a signed register: a new one beside the old, with who, when and why."""

    def make() -> StoryOut:
        at, by = clock.now(), request.auth
        session = queries.session_to_correct(cohort=reference, number=number, at=at, by=by)
        place = queries.get_enrolment(cohort=reference, number=sent.seat, by=by)
        value = Value(sent.mark, sent.minutes_late if sent.mark == "late" else None, sent.remark)
        actions.correct_mark(session=session, enrolment=place, value=value, reason=sent.reason, at=at, by=by)
        return _story(request, session)

    return Status(201, made_once(request, response, StoryOut, make))


def _rule(request: HttpRequest, reference: str) -> RegisterRuleOut:
    programme = programmes.get_programme(reference=reference, by=request.auth)
    rule = queries.register_rule(programme=programme, by=request.auth)
    return RegisterRuleOut(
        programme=programme.reference, late_after_days=rule.late_after_days, closes_after_days=rule.closes_after_days,
        locks_after_days=rule.locks_after_days, sign_with=rule.sign_with,
    )  # fmt: skip


def _opening(opening: Any) -> OpeningOut:
    return OpeningOut(
        opened_by=opening.opened_by, opened_at=opening.opened_at, ends_at=opening.ends_at, reason=opening.reason
    )


def _story(request: HttpRequest, session: Any) -> StoryOut:
    by = request.auth
    timing = queries.timing_of(session=session, at=clock.now(), by=by)
    return StoryOut(
        cohort=session.cohort.reference, session=session.number, signed_by=session.signed_by, signed_at=session.signed_at,
        closes_on=timing.closes_on, is_closed=timing.is_closed, locks_on=timing.locks_on, is_locked=timing.is_locked,
        openings=[_opening(each) for each in timing.openings],
        said=[
            SaidOut(
                number=row.number, mark=row.value.mark, minutes_late=row.value.minutes_late, remark=row.value.remark,
                origin=row.origin, by=row.by, at=row.at, reason=row.reason,
            )
            for row in queries.story_of(session=session, by=by)
        ],
    )  # fmt: skip
