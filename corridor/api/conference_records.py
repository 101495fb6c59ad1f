"""The agenda of a conference, and what it decided: each resolution with its owner and its day."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ResolutionDraft
from corridor.rooms.conferences.lifecycle import ResolutionStatus
from corridor.rooms.members import queries as members

from .asking import After, Code, Day, Limit, On, Page, Reference, Words, page
from .conferences import Tag
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Named, Step, Texts, member, steps, texts
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PUBLIC)


class SpeakerOut(Schema):
    name: str
    comes_from: str


class ItemOut(Schema):
    """Instants in UTC; the zone of the place stands with its conference. ``language`` is the one that is spoken."""

    id: str
    kind: str
    titles: Texts
    room: str | None
    starts_at: datetime
    ends_at: datetime
    language: str
    speakers: list[SpeakerOut]


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


@router.get("/conferences/{reference}/agenda", response=Page[ItemOut])
def read_agenda(request: HttpRequest, reference: Reference, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """In the order of time."""
    conference = queries.get_conference(reference=reference, by=request.auth)
    rows = list(queries.agenda_of(conference=conference, by=request.auth))
    place = next(
        (place for place, row in enumerate(rows, start=1) if str(row.pk) == after), 0 if not after else len(rows)
    )
    return page(rows[place:], _item, limit=limit, key=lambda each: str(each.pk))


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


def _read(reference: str, by: Any) -> ResolutionOut:
    return _resolution(queries.get_resolution(reference=reference, by=by), clock.today())


def _resolution(found: Any, on: date) -> ResolutionOut:
    return ResolutionOut(
        reference=found.reference, conference=found.conference.reference, texts=texts(found.texts.all()),
        owner=member(found.owner) if found.owner else None, resolved_on=found.resolved_on, due_on=found.due_on, status=found.status,
        late=found.is_late(on), timeline=steps(found.changes.all()),
    )  # fmt: skip


def _item(item: Any) -> ItemOut:
    return ItemOut(
        id=str(item.pk), kind=item.kind, titles=texts(item.titles.all()), room=item.hall.name if item.hall else None,
        starts_at=item.starts_at, ends_at=item.ends_at, language=item.language,
        speakers=[SpeakerOut(name=each.name, comes_from=each.comes_from) for each in item.speakers.all()],
    )  # fmt: skip
