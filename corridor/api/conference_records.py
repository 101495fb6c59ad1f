"""What a conference decided: each resolution with its owner and its day; and its minutes."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ResolutionDraft
from corridor.rooms.conferences.lifecycle import ResolutionStatus
from corridor.rooms.members import queries as members

from .asking import After, BodyText, Code, Day, Limit, On, Page, Reference, Words, page
from .conferences import Tag
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Named, Step, Texts, member, steps, texts
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PUBLIC)


class ResolutionOut(Schema):
    """Without an owner the secretariat carries it out. ``late`` follows from the calendar on the day asked for."""

    reference: str
    conference: str
    texts: Texts
    owner: Named | None
    resolved_on: date
    due_on: date
    status: str
    late: bool
    timeline: list[Step]


class ResolutionIn(Schema):
    texts: dict[Tag, Words]
    owner: Words = ""
    resolved_on: Day
    due_on: Day


class SettleIn(Schema):
    to: Literal["done", "dropped"]
    on: Day
    reason: Words = Field(min_length=1)


class MinutesOut(Schema):
    text: str
    written_on: date
    approved_on: date | None


class AllMinutesOut(Schema):
    """``minutes`` by language. Anyone reads those that a second person has approved."""

    conference: str
    minutes: dict[str, MinutesOut]


class MinutesIn(Schema):
    text: BodyText


@router.get("/resolutions", response=Page[ResolutionOut])
def list_resolutions(
    request: HttpRequest, on: On = None, conference: Code = "", status: Code = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """By number; ``status`` may also be ``late``."""
    day = on or clock.today()
    found = queries.list_resolutions(by=request.auth, on=day, conference=conference, state=status, after=after)
    return page(found, lambda each: _resolution(each, day), limit=limit, key=lambda each: each.reference)


@router.get("/resolutions/{reference}", response=ResolutionOut)
def get_resolution(request: HttpRequest, response: HttpResponse, reference: Reference) -> ResolutionOut:
    return tagged(_read(reference, request.auth), response)


@router.post("/conferences/{reference}/resolutions", response=ResolutionOut, auth=PRIVATE, openapi_extra=MAKES)
def resolve(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ResolutionIn) -> ResolutionOut:
    """Write down what was decided."""
    conference = queries.get_conference(reference=reference, by=request.auth)

    def make() -> ResolutionOut:
        owner = members.get_organisation(reference=sent.owner, by=request.auth) if sent.owner else None
        draft = ResolutionDraft(conference, sent.texts, sent.resolved_on, sent.due_on, owner)
        (made,) = actions.resolve(resolutions=[draft], by=request.auth)
        return _read(made.reference, request.auth)

    return made_once(request, response, ResolutionOut, make)


@router.post("/resolutions/{reference}/changes", response=ResolutionOut, auth=PRIVATE)
def settle_resolution(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SettleIn
) -> ResolutionOut:
    """Say that it was carried out and how, or that it is dropped and why."""
    require_version(request, _read(reference, request.auth))
    found = queries.get_resolution(reference=reference, by=request.auth)
    actions.settle_resolution(
        resolution=found, to=ResolutionStatus(sent.to), on=sent.on, by=request.auth, reason=sent.reason
    )
    return tagged(_read(reference, request.auth), response)


@router.get("/conferences/{reference}/minutes", response=AllMinutesOut)
def read_minutes(request: HttpRequest, response: HttpResponse, reference: Reference) -> AllMinutesOut:
    return tagged(_minutes(reference, request.auth), response)


@router.put("/conferences/{reference}/minutes/{language}", response=AllMinutesOut, auth=PRIVATE)
def write_minutes(
    request: HttpRequest, response: HttpResponse, reference: Reference, language: Tag, sent: MinutesIn
) -> AllMinutesOut:
    """Write the minutes in one language, or anew while nobody has approved them."""
    require_version(request, _minutes(reference, request.auth))
    conference = queries.get_conference(reference=reference, by=request.auth)
    actions.write_minutes(conference=conference, language=language, text=sent.text, on=clock.today(), by=request.auth)
    return tagged(_minutes(reference, request.auth), response)


@router.post("/conferences/{reference}/minutes/{language}/approval", response=AllMinutesOut, auth=PRIVATE)
def approve_minutes(request: HttpRequest, response: HttpResponse, reference: Reference, language: Tag) -> AllMinutesOut:
    """Stand for the minutes as the second person; from now on anyone reads them, and they stay."""
    require_version(request, _minutes(reference, request.auth))
    found = queries.get_minutes(conference=reference, language=language, by=request.auth)
    actions.approve_minutes(minutes=found, on=clock.today(), by=request.auth)
    return tagged(_minutes(reference, request.auth), response)


def _minutes(reference: str, by: Any) -> AllMinutesOut:
    conference = queries.get_conference(reference=reference, by=by)
    return AllMinutesOut(
        conference=conference.reference,
        minutes={
            each.language: MinutesOut(text=each.text, written_on=each.written_on, approved_on=each.approved_on)
            for each in queries.minutes_of(conference=conference, by=by)
        },
    )


def _read(reference: str, by: Any) -> ResolutionOut:
    return _resolution(queries.get_resolution(reference=reference, by=by), clock.today())


def _resolution(found: Any, on: date) -> ResolutionOut:
    return ResolutionOut(
        reference=found.reference, conference=found.conference.reference, texts=texts(found.texts.all()),
        owner=member(found.owner) if found.owner else None, resolved_on=found.resolved_on, due_on=found.due_on, status=found.status,
        late=found.is_late(on), timeline=steps(found.changes.all()),
    )  # fmt: skip
